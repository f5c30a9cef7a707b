package browser

// webkitHTTPCacheEntries are about the HTTP cache.
func webkitHTTPCacheEntries() []Entry {
	const source = "Source/WebKit/NetworkProcess/cache/NetworkCache.cpp"
	return []Entry{{
		Name:     "statuses-cached",
		Standard: "A cache may store the responses of some statuses, and heuristics may say how long they last.",
		Behaviour: "Responses with 200, 203, 204, 300, 301, 404, 405, 410, 414 and 501 are stored, and those with 201, 202, 205, 302, 307, 403, 406 and 415 if they say how " +
			"long they last, but none that could not be used again. Those with 301 and 410 last a year, and the others a tenth of their age. Redirects with 308 are not remembered.",
		Source:   source,
		Versions: "all",
		apply: func(r *rules) {
			r.httpCache.Stored = []int{200, 203, 204, 300, 301, 404, 405, 410, 414, 501}
			r.httpCache.StoredIfExplicit = []int{201, 202, 205, 302, 307, 403, 406, 415}
			r.httpCache.Heuristic, r.httpCache.Permanent = r.httpCache.Stored, []int{301, 410}
			r.httpCache.OnlyUseful = true
		},
	}, {
		Name:      "failed-responses-not-cached",
		Standard:  "A response is stored before the CORS check, whatever comes of the check.",
		Behaviour: "A response that fails the CORS check is not stored. What was stored before it stays.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.FailedResponses = failedIgnored },
	}, revalidatedUnchecked("Source/WebCore/loader/SubresourceLoader.cpp; Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp"), {
		Name:      "http-cache-of-all-sites",
		Standard:  "The HTTP cache has a partition for each top-level site.",
		Behaviour: "All sites share the HTTP cache.",
		Source:    "Only seen in recordings",
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
		Source:    "Only seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.OnlyIfCachedAsksServer = true },
	}}
}
