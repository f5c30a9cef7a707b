package browser

import (
	"slices"
	"strconv"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

// chromiumPreflightEntries are about preflights and their cache.
func chromiumPreflightEntries() []Entry {
	return []Entry{{
		Name:     "client-hints-safelisted",
		Standard: "Five header names are safelisted: Accept, Accept-Language, Content-Language, Content-Type and Range.",
		Behaviour: "Client hints are safelisted as well, because the browser itself may send them: Device-Memory, DPR and Downlink with a number; Width, " +
			`Viewport-Width and RTT with digits; Save-Data with "on"; ECT with one of its four words; Intervention with any value.`,
		Source:   chromiumCORS,
		Versions: "all",
		apply:    func(r *rules) { r.preflight.Safelist.Extra = chromiumSafelist },
	}, {
		Name:      "range-of-63-bits",
		Standard:  "The positions of a safelisted Range may have any number of digits.",
		Behaviour: "They must be less than the largest signed 64-bit integer.",
		Source:    "net/http/http_util.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Safelist.RangeLimit = "9223372036854775807" },
	}, {
		Name:     "authorization-under-wildcard",
		Standard: "The asterisk in Access-Control-Allow-Headers never allows Authorization, which must be listed by name.",
		Behaviour: "The asterisk allows it, with a deprecation issue, because sites rely on it. The CORS-preflight cache already follows the standard, so every " +
			"such request needs a new preflight.",
		Source:   "services/network/cors/preflight_controller.cc; whatwg/fetch issue 1278",
		Versions: "all; planned to end",
		apply:    func(r *rules) { r.preflight.WildcardCoversAuthorization = true },
	}, {
		Name:     "max-age",
		Standard: "Access-Control-Max-Age is a list header of digits; a value that does not parse counts as 5 seconds, and a browser may impose a limit.",
		Behaviour: "The joined value is parsed as one signed 64-bit integer. A plus sign is accepted. A negative number means that nothing is cached. A number " +
			"that is too large counts as no number, so 5 seconds apply. The limit is 7200 seconds.",
		Source:   chromiumPreflightResult,
		Versions: "the limit was 600 seconds until 75; a value that did not parse was not cached until about 117",
		apply: func(r *rules) {
			r.preflight.ParseMaxAge = chromiumMaxAge
			r.preflight.MaxAgeLimit = 2 * time.Hour
		},
	}, {
		Name:     "preflight-cache-whole-answers",
		Standard: "The CORS-preflight cache has one entry for each method and each header name. What several preflights allow adds up.",
		Behaviour: "The cache keeps the last response for an origin and a URL as a whole. A response that does not cover a request is removed from the cache, " +
			"and the next preflight replaces it. Every response covers GET, HEAD and POST. A response to a request with credentials also covers requests " +
			"without them, but its asterisks are only names.",
		Source:   chromiumPreflightCache,
		Versions: "all",
		apply: func(r *rules) {
			r.cache.WholeGrants = true
			r.cache.ImplicitMethods = []string{"GET", "HEAD", "POST"}
			r.cache.LiteralWildcard = true
			// The cache ignores longer URLs.
			r.cache.MaxURL = 1023
		},
	}, {
		Name:     "preflight-cache-not-for-opaque-origins",
		Standard: `The key of the CORS-preflight cache contains the serialised origin, so all opaque origins of a partition share the entries of "null".`,
		Behaviour: "In each fetch, a redirect that taints the origin makes a new opaque origin, which is not equal to any earlier one. So does each fetch of a " +
			`page whose own origin is opaque. Only redirects of the same fetch can use what a preflight allowed for "null".`,
		Source:   chromiumPreflightCache + "; seen in recordings",
		Versions: "all",
		apply: func(r *rules) {
			r.cache.SkipOpaqueOrigins = true
			r.OpaqueOriginNewEachFetch = true
		},
	}, {
		Name:      "preflight-cache-survives-failure",
		Standard:  "When a preflighted request ends in a network error, the cache entries for its origin and URL are removed.",
		Behaviour: "No entry is removed.",
		Source:    chromiumCORSLoader,
		Versions:  "all",
		apply:     func(r *rules) { r.PreflightCacheSurvivesFailure = true },
	}, {
		Name: "cache-mode-of-preflights",
		Standard: `A preflight has the cache mode "default", and the CORS-preflight cache is read and filled with every cache mode. A header such as ` +
			`If-None-Match changes the mode to "no-store".`,
		Behaviour: `Such a header changes the mode to "no-cache", so Cache-Control is max-age=0. A preflight inherits this mode, and "no-store" and "reload" ` +
			`with their headers. With these three modes the CORS-preflight cache is not read; with "no-store" it is not filled either.`,
		Source:   "services/network/cors/preflight_controller.cc; " + blinkFrame,
		Versions: "all",
		apply: func(r *rules) {
			r.BypassPreflightCache = []fetch.CacheMode{fetch.CacheNoCache, fetch.CacheNoStore, fetch.CacheReload}
			r.NoStoreStoresNoGrant = true
			r.ConditionalCacheMode = fetch.CacheNoCache
		},
	}, {
		Name:      "upload-listeners-name-no-method",
		Standard:  "When a listener on an upload causes the preflight, a response without Access-Control-Allow-Methods allows the request's method.",
		Behaviour: "The listener makes no difference: a method other than GET, HEAD and POST must be listed.",
		Source:    chromiumPreflightResult,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Remove("upload-listener") },
	}, {
		Name:     "preflight-fetch-metadata",
		Standard: "A preflight has the Fetch Metadata headers of its request, and none if its URL is insecure.",
		Behaviour: "Sec-Fetch-Mode is set when the preflight is made, whatever its URL is. The preflight is a request without redirects, so Sec-Fetch-Site is " +
			"about its own URL only.",
		Source:   "services/network/cors/preflight_controller.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.PreflightAlwaysSendsMode = true
			r.PreflightSiteOfOwnURL = true
		},
	}}
}

// chromiumMaxAge parses Access-Control-Max-Age as a signed integer.
func chromiumMaxAge(value string) time.Duration {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return preflight.DefaultMaxAge
	}
	return time.Duration(min(max(n, 0), 1<<31)) * time.Second
}

var chromiumSafelist = []fetch.SafelistEntry{
	{Name: "device-memory", Allows: isDecimal}, {Name: "dpr", Allows: isDecimal},
	{Name: "width", Allows: isDigits}, {Name: "viewport-width", Allows: isDigits},
	{Name: "save-data", Allows: func(value string) bool { return fetch.EqualFold(value, "on") }},
	{Name: "rtt", Allows: isDigits}, {Name: "downlink", Allows: isDecimal},
	{Name: "ect", Allows: func(value string) bool { return slices.Contains(effectiveConnectionTypes, value) }},
	{Name: "intervention"},
}

// effectiveConnectionTypes are the values of the client hint ECT.
var effectiveConnectionTypes = []string{"slow-2g", "2g", "3g", "4g"}

// isDigits reports whether a value consists of one or more digits.
func isDigits(value string) bool {
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			return false
		}
	}
	return value != ""
}

// isDecimal reports whether a value consists of digits, or of digits on both
// sides of a full stop.
func isDecimal(value string) bool {
	for i := range len(value) {
		if value[i] == '.' {
			return isDigits(value[:i]) && isDigits(value[i+1:])
		}
	}
	return isDigits(value)
}
