package browser

// chromiumDocumentEntries are about what a document uses again.
func chromiumDocumentEntries() []Entry {
	return []Entry{
		imagesByRequestURL(blinkMemoryCache + "; " + blinkFetcher),
		imagesReplaced(blinkFetcher, "", APIFetch, APIXHR, APIElement, APIEventSource, APIBeacon),
		{
			Name:     "media-used-again",
			Standard: "Audio and video are fetched by each element.",
			Behaviour: "What came from a server that knows ranges, by a part or by Accept-Ranges, is used again by elements with the same crossorigin attribute for " +
				"the URL that it came from, redirects followed, whatever its headers say of caching.",
			Source:   blinkMediaIndex,
			Versions: "all",
			apply: func(r *rules) {
				r.MediaInParts = true
				r.loadInto(mediaCache, TagAudio, TagVideo)
			},
		},
	}
}
