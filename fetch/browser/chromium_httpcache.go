package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
)

const netHTTPCache = "net/http/http_cache_transaction.cc"

// chromiumHTTPCacheEntries are about the HTTP cache.
func chromiumHTTPCacheEntries() []Entry {
	return []Entry{{
		Name:     "statuses-cached",
		Standard: "A cache may store the responses of some statuses, and heuristics may say how long they last.",
		Behaviour: "Responses of every status but 401 and 407 are stored. Those with 300, 301, 308 and 410 last without an end, and those with 200, 203 and 206 a tenth of " +
			"their age. The server is only asked whether those with 200 and 206 are still good; others are requested anew.",
		Source:   "net/http/http_response_headers.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.httpCache.Heuristic, r.httpCache.Permanent = []int{200, 203, 206}, []int{300, 301, 308, 410}
			r.httpCache.AskWhenVaryDiffers = true
			r.httpCache.NotStored, r.httpCache.Validates = []int{401, 407}, func(status int) bool { return status == 200 || status == 206 }
		},
	}, {
		Name:     "freshness-read-leniently",
		Standard: "Cache-Control says how long a response lasts. An Expires that is no date in one of the forms of HTTP is a date in the past.",
		Behaviour: "max-age has to be written without quotes and spaces. Dates are read in nearly any form, also that of ISO 8601. A response whose Expires is no date lasts " +
			"as if it had none, unless the value is 0. Pragma: no-cache counts as no-cache, also beside Cache-Control. No heuristics are used with must-revalidate.",
		Source:   "net/http/http_response_headers.cc; base/time/time.cc; seen in recordings",
		Versions: "all",
		apply: func(r *rules) {
			c := &r.httpCache
			c.Syntax, c.Dates = httpcache.Syntax{Exact: true}, httpcache.Dates{Lenient: true, AnyWord: true, ISO: true}
			c.Pragma, c.BadExpiresIgnored, c.MustRevalidateIsExplicit = true, true, true
		},
	}, {
		Name:      "no-cache-reloads",
		Standard:  "A request with Cache-Control: no-cache asks the server whether a stored response is still good.",
		Behaviour: "It is sent without validators, as in the cache mode \"reload\". So is one with Pragma: no-cache. Cache-Control: no-store of a request means nothing.",
		Source:    netHTTPCache + "; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.RequestNoCacheReloads = true },
	}, {
		Name:      "put-without-body-invalidates-nothing",
		Standard:  "A successful PUT makes the stored response invalid.",
		Behaviour: "It does not if it has no body.",
		Source:    "seen in recordings",
		Versions:  "156",
		apply:     func(r *rules) { r.PutWithoutBodyKeeps = true },
	}, {
		Name:      "stored-answers-head",
		Standard:  "A stored response to GET may answer a HEAD request. Most caches of browsers do not do that.",
		Behaviour: "It does while it is fresh.",
		Source:    netHTTPCache + "; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.StoredAnswersHead = true },
	}, {
		Name:      "parts-from-cache",
		Standard:  "A stored response may answer a request for a part of it. Most caches of browsers do not do that.",
		Behaviour: "It does while it is fresh: script gets a 206 that the cache makes. A range that the response does not have gets the whole response.",
		Source:    "net/http/partial_data.cc; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.PartsFromCache = true },
	}, keepsHeaders("net/http/http_response_headers.cc; seen in recordings",
		"etag", "content-location", "content-md5", "www-authenticate", "proxy-authenticate", "x-frame-options", "x-xss-protection", "x-content-", "x-webkit-"), {
		Name:     "failed-responses-not-cached",
		Standard: "A response is stored before the CORS check, whatever comes of the check.",
		Behaviour: "A response that fails the CORS check is not stored, since its body is not read to the end. What was stored before it is removed. A redirect is stored, " +
			"and so is what <link rel=preload as=fetch> fetched. A short body is read to the end, and stored, if only its bytes tell its type: it has no type, or one " +
			"such as text/plain, and no nosniff. Responses to fetch() are not read for that.",
		Source:   netHTTPCache + "; services/network/url_loader.cc; net/base/mime_sniffer.cc; seen in recordings",
		Versions: "all",
		apply:    func(r *rules) { r.FailedResponses, r.ReadsToGuess = failedRemoved, chromiumReadsToGuess },
	}, {
		Name:      "certificate-errors-not-cached",
		Standard:  "A response is stored, however the connection was made.",
		Behaviour: "A response is not stored if the certificate of its server has an error, even one that the user has accepted.",
		Source:    netHTTPCache,
		Versions:  "all",
		apply:     func(r *rules) { r.CertificateErrorsNotCached = true },
	}, {
		Name:     "opaque-sites-not-cached",
		Standard: "The HTTP cache has a partition for each top-level site, also for an opaque one.",
		Behaviour: "Nothing is stored for a sandboxed page or frame, nor used, not even in the cache mode \"force-cache\". Scripts and style sheets stay in the " +
			"memory of the page's process.",
		Source:   "net/http/http_cache.cc; " + blinkMemoryCache,
		Versions: "all",
		apply:    func(r *rules) { r.OpaqueSitesNotCached = true },
	}, {
		Name:      "http-cache-by-frame-site",
		Standard:  "The HTTP cache has a partition for each top-level site.",
		Behaviour: "The site of the document that asks counts too, so a frame of another site and its page share nothing. Documents in frames are kept apart from all else.",
		Source:    "net/base/network_isolation_key.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.HTTPCacheByFrameSite = true },
	}, {
		Name:     "credentialless-passes-http-cache",
		Standard: "The embedder policy credentialless takes the credentials from requests without CORS. The HTTP cache is asked as usual.",
		Behaviour: "It is not asked, because it does not tell responses with credentials from those without. The responses are stored. What an element finds " +
			"in the memory of the page's process is used.",
		Source:   "services/network/url_loader.cc",
		Versions: "all",
		apply:    func(r *rules) { r.CredentiallessPassesCache = true },
	}, revalidatedUnchecked("services/network/cors/cors_url_loader.cc"), {
		Name:     "revalidated-style-sheets-stay",
		Standard: "When the request that asks whether a stored style sheet is still good fails, the element fires error.",
		Behaviour: "The element uses the style sheet that was parsed before, and fires load. The console prints the failure. A response with an error status is " +
			"no such failure.",
		Source:   "third_party/blink/renderer/core/loader/resource/css_style_sheet_resource.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.KeepsInMemory = func(f *fetcher) bool {
				reason := f.memory.result.Failure.Reason
				return f.req.Destination == fetch.DestinationStyle && f.isInMemory() && reason != fetch.ReasonNosniff && reason != fetch.ReasonElementType
			}
		},
	}}
}

// chromiumReadsToGuess reports whether Chromium reads the body of a response to the end to
// guess its type. It stops where the bytes tell the type, and after as many as it looks at.
func chromiumReadsToGuess(resp *fetch.WireResponse) bool {
	if fetch.DetermineNosniff(resp.Header) || len(resp.Body) >= chromiumSniffs {
		return false
	}
	t, ok := fetch.ExtractMIMEType(resp.Header)
	if essence := t.Essence(); ok && essence != "*/*" && essence != "unknown/unknown" && essence != "application/unknown" {
		return slices.Contains(chromiumGuessed, essence)
	}
	body := &fetch.Response{Body: resp.Body}
	known := checkSignature(body, imageSignatures, "") == nil || checkSignature(body, mediaSignatures, "") == nil || checkSignature(body, fontSignatures, "") == nil
	return !known && !beginsAsHTML(resp.Body) && !beginsAsXML(resp.Body)
}

// chromiumGuessed are types that servers often send in place of others.
var chromiumGuessed = []string{
	"text/plain", "application/octet-stream", "text/xml", "application/xml",
	"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
}
