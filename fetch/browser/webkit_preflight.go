package browser

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

// webkitPreflightEntries are about preflights and their cache.
func webkitPreflightEntries() []Entry {
	return []Entry{{
		Name:     "range-of-64-bits",
		Standard: "A safelisted Range has the unit in lower case, an equals sign, and two positions with any number of digits.",
		Behaviour: "The unit may be in upper case. The positions must fit into an unsigned 64-bit integer. A plus sign, line feeds and similar characters " +
			"before them are skipped.",
		Source:   webkitParsers,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.ReadRange = webkitRange
			r.preflight.Safelist.RangeLimit = "18446744073709551616"
		},
	}, {
		Name:      "authorization-under-wildcard",
		Standard:  "The asterisk in Access-Control-Allow-Headers never allows Authorization, which must be listed by name.",
		Behaviour: "Without credentials the asterisk allows every header, including Authorization. The same holds for the CORS-preflight cache.",
		Source:    webkitPreflightCache,
		Versions:  "all",
		apply: func(r *rules) {
			r.preflight.WildcardCoversAuthorization = true
			r.cache.WildcardCoversAuthorization = true
		},
	}, {
		Name:      "upload-listeners-name-no-method",
		Standard:  "When a listener on an upload causes the preflight, a response without Access-Control-Allow-Methods allows the request's method.",
		Behaviour: "The response allows GET, HEAD and POST, as it does without a listener.",
		Source:    webkitPreflightCache,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Remove("upload-listener") },
	}, {
		Name:     "max-age",
		Standard: "Access-Control-Max-Age is a list header of digits; a value that does not parse counts as 5 seconds, and a browser may impose a limit.",
		Behaviour: "The joined value is parsed as one signed 64-bit integer. A sign is accepted. A negative number expires at once. A number that is too large " +
			"counts as no number, so 5 seconds apply. The limit is 600 seconds.",
		Source:   webkitPreflightCache,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.ParseMaxAge = webkitMaxAge
			r.preflight.MaxAgeLimit = 10 * time.Minute
		},
	}, {
		Name:     "preflight-cache-whole-answers",
		Standard: "The CORS-preflight cache has one entry for each method and each header name. What several preflights allow adds up.",
		Behaviour: "The cache keeps the last response for an origin and a URL as a whole. A response that does not cover a request is removed from the cache, " +
			"and the next preflight replaces it. Every response covers GET, HEAD and POST. A response to a request with credentials also covers requests " +
			"without them, including its asterisks. In each fetch, a redirect that taints the origin makes a new origin.",
		Source:   webkitPreflightCache,
		Versions: "all",
		apply: func(r *rules) {
			r.cache.WholeGrants = true
			r.cache.ImplicitMethods = []string{"GET", "HEAD", "POST"}
			r.cache.AnonymousWildcard = true
			// The number of responses has no limit.
			r.cache.Capacity = math.MaxInt
			r.TaintedOriginNewEachFetch = true
		},
	}, {
		Name:     "preflight-names-in-order",
		Standard: "Authorization is checked first among the header names that a response allows. The order of the others is not defined.",
		Behaviour: "The names that WebKit knows are checked first, then all others, each group in the order in which script set them. The order decides which " +
			"header the message names.",
		Source:   webkitHeaderMap,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Checks = r.preflight.Checks.Remove("authorization")
			r.preflight.KnownNames = webkitHeaderNames
		},
	}, {
		Name:      "preflight-cache-before-the-check",
		Standard:  "What a preflight allows is stored if it allows the request.",
		Behaviour: "It is stored before the method and the headers are checked. A response that does not allow the request therefore also replaces the earlier one.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Move("keep-grant", fetch.Before("method")) },
	}, {
		Name:      "preflight-status-first",
		Standard:  "The response to a preflight must pass the CORS check and have an ok status, in this order.",
		Behaviour: "The status is checked first. This changes the message and not the outcome.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Move("status", fetch.First()) },
	}, {
		Name:      "preflight-cache-survives-failure",
		Standard:  "When a preflighted request ends in a network error, the cache entries for its origin and URL are removed.",
		Behaviour: "No entry is removed.",
		Source:    webkitLoadChecker,
		Versions:  "all",
		apply:     func(r *rules) { r.PreflightCacheSurvivesFailure = true },
	}, {
		Name:     "preflight-again-after-redirects",
		Standard: "After a redirect, the request's method and its remaining headers decide whether it needs a preflight.",
		Behaviour: "Once a request was preflighted, it needs a preflight after each redirect. Every preflight after a redirect asks for the headers that script " +
			"set, including those that the redirect has removed.",
		Source:   webkitLoadChecker,
		Versions: "all",
		apply:    func(r *rules) { r.PreflightAfterEachRedirect = true },
	}, {
		Name:     "preflight-metadata",
		Standard: "A preflight has the Referer and the Sec-Fetch-* headers of its request.",
		Behaviour: "The network process makes the preflight. Referer is that of the request before any redirect. Sec-Fetch-* are sent if the request had them. " +
			"Sec-Fetch-Site compares the preflight's own URL with the origin, which is a new one after a redirect that taints it.",
		Source:   webkitAccessControl,
		Versions: "all",
		apply: func(r *rules) {
			r.PreflightMetadataOfFirstRequest = true
			r.PreflightSiteOfOwnURL = true
		},
	}}
}

// webkitRange returns a Range header without the characters that WebKit skips.
// WebKit does not parse a value with tabs or spaces; it stays unchanged.
func webkitRange(value string) string {
	unit, rest, isRange := strings.Cut(value, "=")
	first, last, hasLast := strings.Cut(rest, "-")
	if !isRange || !hasLast || !fetch.EqualFold(unit, "bytes") || strings.ContainsAny(value, "\t ") {
		return value
	}
	start, end := webkitNumber(first), webkitNumber(last)
	if start == "" || end == "" && last != "" {
		return value
	}
	return "bytes=" + start + "-" + end
}

// webkitNumber returns a number without line feeds and similar characters
// around it, and without a plus sign before it.
func webkitNumber(s string) string {
	return strings.TrimPrefix(strings.Trim(s, "\n\v\f\r"), "+")
}

// webkitMaxAge parses Access-Control-Max-Age as a signed integer.
func webkitMaxAge(value string) time.Duration {
	n, err := strconv.ParseInt(strings.Trim(value, "\t\n\v\f\r "), 10, 64)
	if err != nil {
		return preflight.DefaultMaxAge
	}
	return time.Duration(min(max(n, 0), 1<<31)) * time.Second
}

// webkitHeaderNames are the header names in WebKit's table of known names that
// script may set.
var webkitHeaderNames = []string{
	"Accept", "Accept-Language", "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers",
	"Access-Control-Allow-Methods", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
	"Age", "Authorization", "Cache-Control", "Clear-Site-Data", "Content-Disposition", "Content-Encoding", "Content-Language",
	"Content-Location", "Content-Range", "Content-Security-Policy", "Content-Security-Policy-Report-Only", "Content-Type",
	"Cross-Origin-Embedder-Policy", "Cross-Origin-Embedder-Policy-Report-Only", "Cross-Origin-Opener-Policy",
	"Cross-Origin-Opener-Policy-Report-Only", "Cross-Origin-Resource-Policy", "Default-Style", "ETag", "Expires", "If-Match",
	"If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Last-Event-ID", "Last-Modified", "Link", "Location",
	"Ping-From", "Ping-To", "Pragma", "Purpose", "Range", "Referrer-Policy", "Refresh", "Report-To", "Reporting-Endpoints",
	"Server", "Server-Timing", "Service-Worker", "Service-Worker-Allowed", "Service-Worker-Navigation-Preload", "SourceMap",
	"Strict-Transport-Security", "Timing-Allow-Origin", "Upgrade-Insecure-Requests", "User-Agent", "Vary", "X-Content-Type-Options",
	"X-DNS-Prefetch-Control", "X-Frame-Options", "X-SourceMap", "X-XSS-Protection", "Icy-MetaInt", "Icy-Metadata",
}
