package browser

import "github.com/corsim/corsim/fetch"

// firefoxHTTPCacheEntries are about the HTTP cache.
func firefoxHTTPCacheEntries() []Entry {
	return []Entry{{
		Name:     "statuses-cached",
		Standard: "A cache may store the responses of some statuses, and heuristics may say how long they last.",
		Behaviour: "Responses with 200, 203, 204, 300, 301, 302, 307, 308 and 410 are stored. Those with 300 and 410 last without an end, and the others a tenth of " +
			"their age. A redirect with 301 or 308 that does not say how long it lasts is not remembered.",
		Source:   "netwerk/protocol/http/nsHttpResponseHead.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.httpCache.Stored = []int{200, 203, 204, 300, 301, 302, 307, 308, 410}
			r.httpCache.Heuristic, r.httpCache.Permanent = []int{200, 203, 204, 301, 302, 307, 308}, []int{300, 410}
			r.httpCache.AskWhenVaryDiffers = true
		},
	}, {
		Name:      "immutable-not-validated",
		Standard:  "In the cache mode \"no-cache\" the server is asked whether a stored response is still good.",
		Behaviour: "It is not asked if the response says immutable and is still fresh.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.httpCache.ImmutableNotAsked = true },
	}, {
		Name:     "refused-responses-of-elements",
		Standard: "A stored response whose CORS check failed is used for every later request.",
		Behaviour: "What an element, or a preload for one, was refused is used by later elements, and not by fetch() and XMLHttpRequest, which ask the server again. " +
			"What fetch() itself was refused is used.",
		Source:   "seen in recordings",
		Versions: "153 ESR",
		apply:    func(r *rules) { r.RefusedOnlyForElements = true },
	}, {
		Name:      "http-cache-by-credentials",
		Standard:  "A stored response is used for requests with and without credentials.",
		Behaviour: "Requests without credentials have responses of their own. A style sheet or an image that is still fresh is used from memory, though.",
		Source:    "netwerk/base/LoadContextInfo.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.HTTPCacheByCredentials = true },
	}, {
		Name:      "revalidated-images-stay",
		Standard:  "When a server answers that a stored image is still good, but the image may not be used any more, the element fires error.",
		Behaviour: "The element uses the image in memory, and fires load. The console prints the failure.",
		Source:    "image/imgLoader.cpp",
		Versions:  "all",
		apply: func(r *rules) {
			r.KeepsInMemory = func(f *fetcher) bool { return f.req.Destination == fetch.DestinationImage && f.isRevalidated() }
		},
	}}
}
