package browser

import "github.com/corsim/corsim/fetch/httpcache"

// webkitHTTPCacheEntries are about the HTTP cache.
func webkitHTTPCacheEntries() []Entry {
	const source = "Source/WebKit/NetworkProcess/cache/NetworkCache.cpp"
	return []Entry{{
		Name:     "statuses-cached",
		Standard: "A cache may store the responses of some statuses, and heuristics may say how long they last.",
		Behaviour: "Responses with 200, 203, 204, 206, 300, 301, 404, 405, 410, 414 and 501 are stored, and those with 201, 202, 205, 302, 303, 307, 403, 406 and 415 if they say how " +
			"long they last, but none that could not be used again. Those with 301 and 410 last a year, and the others a tenth of their age. Redirects with 308 are not remembered.",
		Source:   source,
		Versions: "all",
		apply: func(r *rules) {
			r.httpCache.Stored = []int{200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501}
			r.httpCache.StoredIfExplicit = []int{201, 202, 205, 302, 303, 307, 403, 406, 415}
			r.httpCache.Heuristic, r.httpCache.Permanent = r.httpCache.Stored, []int{301, 410}
			r.httpCache.OnlyUseful, r.httpCache.Parts = true, true
		},
	}, {
		Name:     "freshness-read-leniently",
		Standard: "Cache-Control says how long a response lasts. An Expires that is no date in one of the forms of HTTP is a date in the past.",
		Behaviour: "max-age and Age may have decimals and an exponent; no-store counts whatever its argument is. Dates are read in nearly any form. A response whose Expires is no " +
			"date lasts as if it had none. must-revalidate does not stop stale-while-revalidate. Pragma: no-cache counts as no-cache, also beside Cache-Control.",
		Source:   "Source/WebCore/platform/network/CacheValidation.cpp; Source/WebCore/platform/network/ResourceResponseBase.cpp; seen in recordings",
		Versions: "all",
		apply: func(r *rules) {
			c := &r.httpCache
			c.Syntax = httpcache.Syntax{NoStoreWithArgument: true, NoCacheWithEmptyArgument: true, Decimals: true}
			c.Dates = httpcache.Dates{Lenient: true}
			c.StaleDespiteMustRevalidate = true
			c.Pragma, c.BadExpiresIgnored, c.ZeroExpiresIgnored, c.LinesJoined = true, true, true, true
		},
	}, {
		Name:      "failed-responses-not-cached",
		Standard:  "A response is stored before the CORS check, whatever comes of the check.",
		Behaviour: "A response that fails the CORS check is not stored. What was stored before it stays. A response that comes in the background, for stale-while-revalidate, is not checked.",
		Source:    source + "; Source/WebKit/NetworkProcess/cache/NetworkCacheSpeculativeLoad.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.FailedResponses = failedIgnored },
	}, {
		Name:      "ranges-cached",
		Standard:  "A stored response to a request with Range is a part, which may answer requests for bytes of it. Most caches of browsers do not store parts.",
		Behaviour: "It is stored for itself, and answers requests with the same Range.",
		Source:    "Source/WebKit/NetworkProcess/cache/NetworkCacheKey.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.RangesCached = true },
	}, {
		Name:      "other-methods-invalidate",
		Standard:  "A successful response to an unsafe method makes the stored response invalid.",
		Behaviour: "So does one with an error status, and one to HEAD, but no redirect.",
		Source:    source + "; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.OtherMethodsInvalidate = true },
	}, keepsHeaders("Source/WebCore/platform/network/CacheValidation.cpp; seen in recordings",
		"allow", "etag", "keep-alive", "last-modified", "www-authenticate", "proxy-authenticate", "x-frame-options", "x-xss-protection", "content-language", "content-location", "x-content-", "x-webkit-"), {
		Name:      "not-modified-stored",
		Standard:  "What a 304 says with Cache-Control decides whether the stored response stays in the cache.",
		Behaviour: "It stays, also if the 304 has no-store.",
		Source:    source + "; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.httpCache.StoredAfter304 = true },
	}, {
		Name:     "vary-by-cookies-of-jar",
		Standard: "With Vary: Cookie a stored response fits requests with the same Cookie header as the request that it is the response to.",
		Behaviour: "The browser compares the cookies that it has for the URL, whether or not the requests have credentials: those when a response comes, which may " +
			"have set some, and those when the next request is made. If Vary writes another name than \"Cookie\", such as \"cookie\", cookies are not compared.",
		Source:   "Source/WebCore/platform/network/CacheValidation.cpp; seen in recordings",
		Versions: "all",
		apply:    func(r *rules) { r.VaryByCookiesOfJar, r.httpCache.VaryCookieSpelled = true, true },
	}, revalidatedUnchecked("Source/WebCore/loader/SubresourceLoader.cpp; Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp"), {
		Name:      "http-cache-of-all-sites",
		Standard:  "The HTTP cache has a partition for each top-level site.",
		Behaviour: "All sites share the HTTP cache.",
		Source:    "seen in recordings",
		Port:      "WebKitGTK",
		Versions:  "all",
		apply:     func(r *rules) { r.HTTPCacheShared = true },
	}, {
		Name:      "redirects-pass-cache",
		Standard:  "The HTTP cache is asked for the URL that a redirect leads to.",
		Behaviour: "It is not, if the redirect came from a server: the network process follows it by itself. After a redirect from the cache it is.",
		Source:    "Source/WebKit/NetworkProcess/NetworkResourceLoader.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.RedirectsPassCache = true },
	}, {
		Name:      "only-if-cached-asks-server",
		Standard:  "In the cache mode \"only-if-cached\" a request fails if nothing is stored.",
		Behaviour: "The request goes to the server then.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.OnlyIfCachedAsksServer = true },
	}}
}
