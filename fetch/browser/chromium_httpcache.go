package browser

const netHTTPCache = "net/http/http_cache_transaction.cc"

// chromiumHTTPCacheEntries are about the HTTP cache.
func chromiumHTTPCacheEntries() []Entry {
	return []Entry{{
		Name:      "statuses-cached",
		Standard:  "A cache may store the responses of some statuses, and heuristics may say how long they last.",
		Behaviour: "Responses of every status are stored. Those with 300, 301, 308 and 410 last without an end, and those with 200, 203 and 206 a tenth of their age.",
		Source:    "net/http/http_response_headers.cc",
		Versions:  "all",
		apply: func(r *rules) {
			r.httpCache.Heuristic, r.httpCache.Permanent = []int{200, 203, 206}, []int{300, 301, 308, 410}
			r.httpCache.AskWhenVaryDiffers = true
		},
	}, {
		Name:     "failed-responses-not-cached",
		Standard: "A response is stored before the CORS check, whatever comes of the check.",
		Behaviour: "A response that fails the CORS check is not stored, since its body is not read to the end. What was stored before it is removed. A redirect is stored, " +
			"and so is what <link rel=preload as=fetch> fetched.",
		Source:   netHTTPCache,
		Versions: "all",
		apply:    func(r *rules) { r.FailedResponses = failedRemoved },
	}, {
		Name:      "certificate-errors-not-cached",
		Standard:  "A response is stored, however the connection was made.",
		Behaviour: "A response is not stored if the certificate of its server has an error, even one that the user has accepted.",
		Source:    netHTTPCache,
		Versions:  "all",
		apply:     func(r *rules) { r.CertificateErrorsNotCached = true },
	}}
}
