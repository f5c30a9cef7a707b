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
		Behaviour: "Client hints are safelisted as well, since the browser itself may send them: Device-Memory and DPR with a number, " +
			"Downlink likewise, Width, Viewport-Width and RTT with digits, Save-Data with \"on\", ECT with one of its four words, Intervention with any value.",
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
		Behaviour: "The asterisk allows it, with a deprecation issue, because sites relied on it. The preflight cache already " +
			"follows the standard, so that every such request is preflighted again.",
		Source:   "services/network/cors/preflight_controller.cc; whatwg/fetch issue 1278",
		Versions: "all; meant to go",
		apply:    func(r *rules) { r.preflight.WildcardCoversAuthorization = true },
	}, {
		Name:     "max-age",
		Standard: "Access-Control-Max-Age is a list header of digits; a value that does not parse counts as 5 seconds, and a browser may impose a limit.",
		Behaviour: "The joined value is read as one signed 64-bit integer: a plus sign is accepted, a negative number means not to cache, " +
			"and a number that is too large is as good as no number, so that 5 seconds remain. The limit is 7200 seconds.",
		Source:   chromiumPreflightResult,
		Versions: "limit of 600 seconds until 75; what did not parse was not cached until about 117",
		apply: func(r *rules) {
			r.preflight.ParseMaxAge = chromiumMaxAge
			r.preflight.MaxAgeLimit = 2 * time.Hour
		},
	}, {
		Name:     "preflight-cache-whole-answers",
		Standard: "The preflight cache has one entry for each method and each header name; what several preflights granted adds up.",
		Behaviour: "It keeps the last answer for an origin and a URL as a whole. An answer that does not cover a request is dropped " +
			"from the cache, and the preflight that follows takes its place. GET, HEAD and POST are covered by any answer. " +
			"An answer to a request with credentials serves requests without them, but its asterisks are only names.",
		Source:   chromiumPreflightCache,
		Versions: "all",
		apply: func(r *rules) {
			r.cache.WholeGrants = true
			r.cache.ImplicitMethods = []string{"GET", "HEAD", "POST"}
			r.cache.LiteralWildcard = true
			// Longer URLs are not worth a place.
			r.cache.MaxURL = 1023
		},
	}, {
		Name:     "preflight-cache-not-for-opaque-origins",
		Standard: "The preflight cache is keyed by the serialised origin, so that all opaque origins of a partition share what is kept under \"null\".",
		Behaviour: "A redirect that taints the origin makes a new opaque origin each time, equal to none before, and so does each fetch of a page " +
			"whose own origin is opaque: what a preflight granted to \"null\" is at most found again by redirects of the same fetch.",
		Source:   chromiumPreflightCache + "; seen in recordings",
		Versions: "all",
		apply: func(r *rules) {
			r.cache.SkipOpaqueOrigins = true
			r.OpaqueOriginNewEachFetch = true
		},
	}, {
		Name:      "preflight-cache-survives-failure",
		Standard:  "A preflighted request that ends in a network error clears what the cache holds for its origin and URL.",
		Behaviour: "Nothing is cleared.",
		Source:    chromiumCORSLoader,
		Versions:  "all",
		apply:     func(r *rules) { r.PreflightCacheSurvivesFailure = true },
	}, {
		Name: "cache-mode-of-preflights",
		Standard: "A preflight has the cache mode \"default\", and the preflight cache is asked and filled whatever the cache mode. A header such as " +
			"If-None-Match makes the mode \"no-store\".",
		Behaviour: "Such a header makes it \"no-cache\", by which Cache-Control is max-age=0. A preflight inherits this mode, \"no-store\" and \"reload\" with " +
			"the headers that go with them, and with none of the three is the preflight cache asked; with \"no-store\" it is not filled either.",
		Source:   "services/network/cors/preflight_controller.cc; " + blinkFrame,
		Versions: "all",
		apply: func(r *rules) {
			r.BypassPreflightCache = []fetch.CacheMode{fetch.CacheNoCache, fetch.CacheNoStore, fetch.CacheReload}
			r.NoStoreKeepsNoGrant = true
			r.ConditionalMode = fetch.CacheNoCache
		},
	}, {
		Name:      "upload-listeners-name-no-method",
		Standard:  "Where a listener on an upload forces the preflight, an answer without Access-Control-Allow-Methods allows the request's method.",
		Behaviour: "Listeners change nothing about the answer: a method other than GET, HEAD and POST must be listed.",
		Source:    chromiumPreflightResult,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Remove("upload-listener") },
	}, {
		Name:      "preflight-fetch-metadata",
		Standard:  "A preflight has the Fetch Metadata headers of the request that it asks for, and none to an insecure URL.",
		Behaviour: "Sec-Fetch-Mode is set where the preflight is made, whatever its URL. Being a request of its own it has no redirects behind it: Sec-Fetch-Site is about its own URL.",
		Source:    "services/network/cors/preflight_controller.cc",
		Versions:  "all",
		apply: func(r *rules) {
			r.PreflightNamesMode = true
			r.PreflightForgetsRedirects = true
		},
	}}
}

// chromiumMaxAge reads Access-Control-Max-Age as a signed integer.
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

// isDigits reports whether a value is one digit or more.
func isDigits(value string) bool {
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			return false
		}
	}
	return value != ""
}

// isDecimal reports whether a value is digits, or digits on both sides of a
// full stop.
func isDecimal(value string) bool {
	for i := range len(value) {
		if value[i] == '.' {
			return isDigits(value[:i]) && isDigits(value[i+1:])
		}
	}
	return isDigits(value)
}
