package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
)

// firefoxHTTPCacheEntries are about the HTTP cache.
func firefoxHTTPCacheEntries() []Entry {
	return []Entry{{
		Name:     "statuses-cached",
		Standard: "A cache may store the responses of some statuses, and heuristics may say how long they last.",
		Behaviour: "Responses of every status are stored, 206 included, but no redirects without Location. Those with 200, 203, 204, 206 and 410, and redirects, can be " +
			"used without asking; the server is asked whether the others are still good, unless they are errors. Those with 300 and 410 last without an end, and the " +
			"others a tenth of their age, except 302, 303 and 307. A redirect with 301 or 308 that does not say how long it lasts is not remembered.",
		Source:   "netwerk/protocol/http/nsHttpResponseHead.cpp; seen in recordings",
		Versions: "all",
		apply: func(r *rules) {
			c := &r.httpCache
			c.Parts, c.RedirectsNeedLocation, c.Usable = true, true, []int{200, 203, 204, 206, 300, 301, 302, 303, 307, 308, 410}
			c.Heuristic, c.Permanent = []int{200, 203, 204, 206, 301, 308}, []int{300, 410}
			c.Validates = func(status int) bool { return status < 400 }
			c.AskWhenVaryDiffers = true
		},
	}, {
		Name:     "freshness-read-leniently",
		Standard: "Cache-Control says how long a response lasts. An Expires that is no date in one of the forms of HTTP is a date in the past.",
		Behaviour: "Cache-Control is read word by word: an argument of no-cache and no-store is ignored, of several max-age the last one counts, and what is not expected " +
			"ends the header. Dates are read in nearly any form. The digits at the beginning of Age count. Pragma: no-cache counts as no-cache, also beside Cache-Control.",
		Source:   "netwerk/base/CacheControlParser.cpp; netwerk/protocol/http/nsHttpResponseHead.cpp; seen in recordings",
		Versions: "all",
		apply: func(r *rules) {
			c := &r.httpCache
			c.Syntax, c.Dates = httpcache.Syntax{Tokens: true}, httpcache.Dates{Lenient: true, AnyWord: true}
			c.Pragma, c.AgePrefix = true, true
		},
	}, {
		Name:      "request-no-store-passes-cache",
		Standard:  "The response to a request with Cache-Control: no-store is not stored. A stored response may be used.",
		Behaviour: "The HTTP cache is not asked either, as in the cache mode \"no-store\". Pragma of a request means nothing.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.RequestNoStorePasses, r.RequestPragmaIgnored = true, true },
	}, {
		Name:      "all-bytes-are-no-part",
		Standard:  "A request for a part of a resource is not one for the whole of it.",
		Behaviour: "A request with Range: bytes=0- is cached like one without. Its 206 answers later requests without Range.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.AllBytesCached = true },
	}, {
		Name:      "http-cache-by-initiator",
		Standard:  "A stored response is used for elements and for calls of script alike.",
		Behaviour: "Elements have responses of their own if the URL is of another site: fetch() asks the server although an image of the same URL is stored, and the other way round.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.HTTPCacheByInitiator = true },
	}, keepsHeaders("netwerk/protocol/http/nsHttpResponseHead.cpp; seen in recordings", "etag", "content-location", "content-md5", "proxy-authenticate"), {
		Name:      "immutable-not-validated",
		Standard:  "In the cache mode \"no-cache\" the server is asked whether a stored response is still good.",
		Behaviour: "It is not asked if the response says immutable and is still fresh.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.httpCache.ImmutableNotAsked = true },
	}, {
		Name:     "http-cache-by-credentials",
		Standard: "A stored response is used for requests with and without credentials.",
		Behaviour: "Requests without credentials have responses of their own. A style sheet or an image that is still fresh is used from memory, though. POST, PUT and other " +
			"unsafe methods make only the responses to requests with credentials invalid.",
		Source:   "netwerk/base/LoadContextInfo.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.HTTPCacheByCredentials = true },
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
