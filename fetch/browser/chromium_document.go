package browser

const (
	blinkFetcher     = "third_party/blink/renderer/platform/loader/fetch/resource_fetcher.cc"
	blinkMemoryCache = "third_party/blink/renderer/platform/loader/fetch/memory_cache.cc"
	blinkMediaIndex  = "third_party/blink/renderer/platform/media/url_index.cc"
)

// chromiumDocumentEntries are about what a document uses again.
func chromiumDocumentEntries() []Entry {
	return []Entry{{
		Name: "images-by-request-url",
		Standard: "A document finds an image again that it has loaded by the URL that the element gives, with its fragment and before it is " +
			"upgraded to https, and by the crossorigin attribute.",
		Behaviour: "The URL that goes to the server counts: without a fragment, and https where the image was upgraded, of which the console is told each time.",
		Source:    blinkMemoryCache + "; " + blinkFetcher,
		Versions:  "all",
		apply:     func(r *rules) { r.ImagesByRequestURL = true },
	}, {
		Name: "images-replaced",
		Standard: "An image stays in the document's list of available images whatever else the document loads. " +
			"A browser may drop entries, such as to save memory.",
		Behaviour: "The memory cache holds one resource for each URL. Whatever else asks for it takes the image's place: fetch(), an element of another " +
			"kind or with another crossorigin attribute, a beacon, also when the answer may not be used.",
		Source:   blinkFetcher,
		Versions: "all",
		apply: func(r *rules) {
			r.ReplaceImages = []API{APIFetch, APIXHR, APIElement, APIEventSource, APIBeacon}
		},
	}, {
		Name:     "media-used-again",
		Standard: "Audio and video are fetched by each element.",
		Behaviour: "What came from a server that knows ranges, by a part or by Accept-Ranges, is used again by elements with the same crossorigin attribute for " +
			"the URL that it came from, redirects followed, whatever its headers say of caching.",
		Source:   blinkMediaIndex,
		Versions: "all",
		apply: func(r *rules) {
			r.MediaInParts = true
			r.shelve(shelfMedia, TagAudio, TagVideo)
		},
	}}
}
