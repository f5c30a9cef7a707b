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
		Standard: "A safelisted Range is the unit in small letters, an equals sign and two positions, which may have any number of digits.",
		Behaviour: "The unit may be in capitals. The positions must fit an unsigned 64-bit integer; a plus sign, and line feeds and the like, are skipped " +
			"before them.",
		Source:   webkitParsers,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.ReadRange = webkitRange
			r.preflight.Safelist.RangeLimit = "18446744073709551616"
		},
	}, {
		Name:      "authorization-under-wildcard",
		Standard:  "The asterisk in Access-Control-Allow-Headers never allows Authorization, which must be listed by name.",
		Behaviour: "Without credentials the asterisk allows every header, Authorization among them, also from the preflight cache.",
		Source:    webkitPreflightCache,
		Versions:  "all",
		apply: func(r *rules) {
			r.preflight.WildcardCoversAuthorization = true
			r.cache.WildcardCoversAuthorization = true
		},
	}, {
		Name:      "upload-listeners-name-no-method",
		Standard:  "An answer without Access-Control-Allow-Methods allows the method of a request with an upload listener.",
		Behaviour: "It allows GET, HEAD and POST, as it does without one.",
		Source:    webkitPreflightCache,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Remove("upload-listener") },
	}, {
		Name:     "max-age",
		Standard: "Access-Control-Max-Age is a list header of digits; a value that does not parse counts as 5 seconds, and a browser may impose a limit.",
		Behaviour: "The joined value is read as one signed 64-bit integer: a sign is accepted, a negative number has expired at once, " +
			"and a number that is too large is as good as no number, so that 5 seconds remain. The limit is 600 seconds.",
		Source:   webkitPreflightCache,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.ParseMaxAge = webkitMaxAge
			r.preflight.MaxAgeLimit = 10 * time.Minute
		},
	}, {
		Name:     "preflight-cache-whole-answers",
		Standard: "The preflight cache has one entry for each method and each header name; what several preflights granted adds up.",
		Behaviour: "It keeps the last answer for an origin and a URL as a whole. An answer that does not cover a request is dropped " +
			"from the cache, and the preflight that follows takes its place. GET, HEAD and POST are covered by any answer. " +
			"An answer to a request with credentials serves requests without them, asterisks included. An origin that a redirect has tainted is a new one each time.",
		Source:   webkitPreflightCache,
		Versions: "all",
		apply: func(r *rules) {
			r.cache.WholeGrants = true
			r.cache.ImplicitMethods = []string{"GET", "HEAD", "POST"}
			r.cache.AnonymousWildcard = true
			// Nothing bounds the number of answers.
			r.cache.Capacity = math.MaxInt
			r.TaintedOriginNewEachFetch = true
		},
	}, {
		Name:      "preflight-names-in-order",
		Standard:  "Authorization is looked for first among the header names that an answer allows; the order of the others is open.",
		Behaviour: "The names that WebKit knows come first, then all others, each in the order in which script set them. It decides which one the message names.",
		Source:    webkitHeaderMap,
		Versions:  "all",
		apply: func(r *rules) {
			r.preflight.Checks = r.preflight.Checks.Remove("authorization")
			r.preflight.KnownNames = webkitHeaderNames
		},
	}, {
		Name:      "preflight-cache-before-the-check",
		Standard:  "What a preflight grants is kept when it allows the request.",
		Behaviour: "It is kept before the method and the headers are looked at, so that also an answer which forbids the request replaces the one before.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Move("keep-grant", fetch.Before("method")) },
	}, {
		Name:      "preflight-status-first",
		Standard:  "The answer to a preflight must pass the CORS check and have an ok status, in this order.",
		Behaviour: "The status comes first, which changes the message and not the outcome.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Move("status", fetch.First()) },
	}, {
		Name:      "preflight-cache-survives-failure",
		Standard:  "A preflighted request that ends in a network error clears what the cache holds for its origin and URL.",
		Behaviour: "Nothing is cleared.",
		Source:    webkitLoadChecker,
		Versions:  "all",
		apply:     func(r *rules) { r.PreflightCacheSurvivesFailure = true },
	}, {
		Name:     "preflight-again-after-redirects",
		Standard: "After a redirect a request is looked at anew: its method and the headers that are left decide on a preflight and are asked for.",
		Behaviour: "Once a request was preflighted it is again after each redirect, and every preflight after a redirect asks for the headers that " +
			"script gave, also for those that the redirect has removed.",
		Source:   webkitLoadChecker,
		Versions: "all",
		apply:    func(r *rules) { r.PreflightAgainAfterRedirects = true },
	}, {
		Name:     "preflight-metadata",
		Standard: "A preflight has the Referer and the Sec-Fetch-* headers of the request that it asks for.",
		Behaviour: "It is made by the network process: Referer is that of the request before any redirect, Sec-Fetch-* are sent if that request had them, and " +
			"Sec-Fetch-Site compares the preflight's own URL with an origin that a tainting redirect has made a new one.",
		Source:   webkitAccessControl,
		Versions: "all",
		apply: func(r *rules) {
			r.PreflightsOfFirstHop = true
			r.PreflightForgetsRedirects = true
		},
	}}
}

// webkitRange returns a Range header without what WebKit skips in it. What has
// tabs or spaces it does not read at all.
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

// webkitNumber returns a number without white space around it and the plus sign
// before it.
func webkitNumber(s string) string {
	return strings.TrimPrefix(strings.Trim(s, "\n\v\f\r"), "+")
}

// webkitMaxAge reads Access-Control-Max-Age as a signed integer.
func webkitMaxAge(value string) time.Duration {
	n, err := strconv.ParseInt(strings.Trim(value, "\t\n\v\f\r "), 10, 64)
	if err != nil {
		return preflight.DefaultMaxAge
	}
	return time.Duration(min(max(n, 0), 1<<31)) * time.Second
}

// webkitHeaderNames are the names that WebKit has a number for, of those that
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
