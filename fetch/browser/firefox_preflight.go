package browser

import (
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

// firefoxPreflightEntries are about preflights and their cache.
func firefoxPreflightEntries() []Entry {
	return []Entry{{
		Name:     "safelist-ascii-values",
		Standard: "A byte above 0x7F is not a CORS-unsafe request-header byte. A range may begin at any number. The safelisted values have at most 1024 bytes together.",
		Behaviour: "Bytes above 0x7F make Accept and Content-Type unsafe, because bytes are compared as signed numbers. A number that does not fit into 64 bits " +
			"makes Range unsafe. The total length of the values is not checked.",
		Source:   firefoxContentUtils,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.Refuses = firefoxRefuses
			r.preflight.Safelist.UnlimitedSum = true
		},
	}, {
		Name:      "safelist-content-type-parser",
		Standard:  "Content-Type is safelisted by the essence of its MIME type. Parsing the MIME type ignores errors in parameters.",
		Behaviour: "An older parser reads it. It refuses unquoted commas and most unnecessary semicolons, and ignores everything between the type and the first semicolon.",
		Source:    "netwerk/base/nsURLHelper.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Safelist.ParseType = firefoxRequestType },
	}, {
		Name:     "authorization-under-wildcard",
		Standard: "The asterisk in Access-Control-Allow-Headers never allows Authorization, which must be listed by name.",
		Behaviour: "The asterisk allows it, because sites rely on it. A warning on the console says that this will end " +
			"(network.cors_preflight.authorization_covered_by_wildcard).",
		Source:   firefoxCORS + "; whatwg/fetch issues 1278 and 1919",
		Versions: "all",
		Ends:     "announced on 31 August 2026, without a version",
		apply:    func(r *rules) { r.preflight.WildcardCoversAuthorization = true },
	}, {
		Name:     "preflight-forgets-redirects",
		Standard: `A preflight carries the origin of its request, which is "null" after redirects across origins. Its response must allow that origin.`,
		Behaviour: "A preflight is a request without the earlier redirects. It carries the page's origin, its response must allow that origin, and " +
			"Sec-Fetch-Site is about its own URL only.",
		Source:   firefoxCORS,
		Versions: "all",
		apply:    func(r *rules) { r.preflight.ForgetRedirects = true },
	}, {
		Name:     "max-age",
		Standard: "A browser may impose a limit on Access-Control-Max-Age; a value that does not parse counts as 5 seconds.",
		Behaviour: "The limit is 86400 seconds. A value that contains anything but digits means that nothing is cached. This includes several lines, which " +
			"count as one value joined by commas. Only an empty value counts as 5 seconds.",
		Source:   firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.MaxAgeLimit = 24 * time.Hour
			r.preflight.ParseMaxAge = firefoxMaxAge
		},
	}, {
		Name: "preflight-lists-in-turn",
		Standard: "Access-Control-Request-Headers names each header once. Both lists of the response are parsed before either is used. Authorization is " +
			"checked before all other header names.",
		Behaviour: "A name that fetch() gets several times is sent several times. The lists of the response are checked one after the other: the method is " +
			"checked before the header names are parsed, and these are checked in alphabetical order.",
		Source:   firefoxHeaders + "; " + firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.KeepRepeats = true
			r.preflight.Checks = r.preflight.Checks.Move("allow-headers", fetch.After("method")).Remove("authorization")
		},
	}, {
		Name: "preflight-cache-token-lists",
		Standard: "An entry of the CORS-preflight cache may contain an asterisk, which covers everything. GET, HEAD and POST need no entry. Another response " +
			"changes the max-age of an entry, but not its start.",
		Behaviour: "The cache keeps two lists of words for 100 responses; the least recently used one is removed first. An asterisk is stored as a word and " +
			"covers nothing else, so responses with asterisks do not help later requests. GET and POST need no entry, even after all listed entries have " +
			"expired, but HEAD needs one. Another response starts an entry again, unless its max-age is 0. Not modelled: without a proxy, an entry " +
			"cannot be used after the host's address was looked up again, and a host that is an address has no entries.",
		Source:   firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.cache.Capacity = 100
			r.cache.NoWildcard = true
			r.cache.UncheckedMethods = []string{"GET", "POST"}
			r.cache.Renew = true
		},
	}, {
		Name:      "preflight-cache-by-credentials",
		Standard:  "A preflight for a request with credentials also covers requests without them.",
		Behaviour: "Requests with and without credentials have separate entries. When a request fails, both are removed, even if the request needed no preflight.",
		Source:    firefoxCORS,
		Versions:  "all",
		apply: func(r *rules) {
			r.cache.SeparateCredentials = true
			r.PreflightCacheClearedOnAnyFailure = true
		},
	}, {
		Name:      "preflight-cache-key-untainted",
		Standard:  `The key of the CORS-preflight cache contains the serialised origin, which is "null" after redirects have tainted it.`,
		Behaviour: "The key contains the origin of the page, even if redirects have tainted it.",
		Source:    firefoxCORS,
		Versions:  "all",
		apply:     func(r *rules) { r.PreflightCacheIgnoresTaint = true },
	}, {
		Name:     "cache-mode-of-preflights",
		Standard: `A preflight has the cache mode "default", and the CORS-preflight cache is read with every cache mode.`,
		Behaviour: `A preflight inherits the cache mode of its request. A header such as If-None-Match changes it to "no-store": the preflight carries Pragma ` +
			"and Cache-Control and does not read the CORS-preflight cache. XMLHttpRequest does not look at such headers.",
		Source:   firefoxCORS + "; dom/fetch/InternalRequest.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.BypassPreflightCache = []fetch.CacheMode{fetch.CacheNoStore, fetch.CacheReload}
			r.ConditionalXHRKeepsCacheMode = true
		},
	}, {
		Name:      "upload-listeners-name-no-method",
		Standard:  "When a listener on an upload causes the preflight, a response without Access-Control-Allow-Methods allows the request's method.",
		Behaviour: "The listener makes no difference: a method other than GET, HEAD and POST must be listed.",
		Source:    firefoxCORS,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Remove("upload-listener") },
	}}
}

// firefoxMaxAge parses Access-Control-Max-Age, which must consist of digits.
func firefoxMaxAge(value string) time.Duration {
	if value == "" {
		return preflight.DefaultMaxAge
	}
	n := 0
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			return 0
		}
		n = min(n*10+int(value[i]-'0'), 1<<30)
	}
	return time.Duration(n) * time.Second
}

// firefoxRefuses reports whether Firefox does not safelist a value that the
// standard safelists.
func firefoxRefuses(name, value string) bool {
	if fetch.EqualFold(name, "Range") {
		r, _ := fetch.ParseSingleRange(value)
		start, _ := r.Start()
		end, _ := r.End()
		return exceeds64Bits(start) || exceeds64Bits(end)
	}
	for i := range len(value) {
		if value[i] > 0x7f {
			return true
		}
	}
	return false
}

func exceeds64Bits(digits string) bool {
	_, err := strconv.ParseUint(digits, 10, 64)
	return digits != "" && err != nil
}

// firefoxRequestType returns the essence of a Content-Type that script set.
// The value has no quotation marks, because these are never safelisted.
func firefoxRequestType(value string) (essence string, ok bool) {
	if strings.Contains(value, ",") {
		return "", false
	}
	end := strings.IndexAny(value, " \t;")
	if end < 0 {
		end = len(value)
	}
	essence, rest := fetch.ByteLowercase(value[:end]), value[end:]
	if !strings.Contains(essence, "/") {
		return "", false
	}
	// After the first semicolon, each parameter ends at the next semicolon. A
	// semicolon at the end remains.
	if _, parameters, found := strings.Cut(rest, ";"); found {
		rest = ""
		if strings.HasSuffix(parameters, ";") {
			rest = ";"
		}
	}
	return essence, strings.Trim(rest, " \t") == ""
}
