package browser

// chromiumDocumentEntries are about the resources that a document uses again.
func chromiumDocumentEntries() []Entry {
	return []Entry{
		imagesByRequestURL(blinkMemoryCache + "; " + blinkFetcher),
		imagesReplaced(blinkFetcher, "", APIFetch, APIXHR, APIElement, APIEventSource, APIBeacon),
		{
			Name:     "media-used-again",
			Standard: "Each element fetches its own audio or video.",
			Behaviour: "A resource from a server that supports ranges (it sent a part, or Accept-Ranges) is used again for its final URL, by elements with the same " +
				"crossorigin attribute, whatever its headers say about caching.",
			Source:   blinkMediaIndex,
			Versions: "all",
			apply: func(r *rules) {
				r.MediaNeedsRanges = true
				r.loadInto(mediaCache, TagAudio, TagVideo)
			},
		},
		importsShareRequests(blinkMemoryCache),
		preloadsByDestination(),
		{
			Name:      "insecure-workers-embed",
			Standard:  "A document or worker that is no secure context has no embedder policy.",
			Behaviour: "A dedicated worker has the embedder policy of its script also in an http page, which has none itself.",
			Source:    "third_party/blink/renderer/core/workers/dedicated_worker.cc; content/browser/worker_host/dedicated_worker_host.cc; seen in recordings",
			Versions:  "all",
			apply:     func(r *rules) { r.InsecureWorkersEmbed = true },
		},
		foreignObjectsTaint("third_party/blink/renderer/core/svg/graphics/svg_image.cc"),
		{
			Name:      "module-graph-goes-on",
			Standard:  moduleGraphEnds,
			Behaviour: "A module that cannot be parsed does not end the loading of the others. One that cannot be fetched does.",
			Source:    "third_party/blink/renderer/core/loader/modulescript/module_tree_linker.cc",
			Versions:  "all",
			apply:     func(r *rules) { r.BrokenModulesEndNothing = true },
		},
	}
}
