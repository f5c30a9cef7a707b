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
		Name: "safelist-ascii-values",
		Standard: "A byte above 0x7F is no CORS-unsafe request-header byte, a range may begin at any number, " +
			"and the safelisted values have at most 1024 bytes together.",
		Behaviour: "Bytes above 0x7F make Accept and Content-Type unsafe, since bytes are compared as signed numbers; " +
			"so does a number that does not fit into 64 bits in Range. The values' sum is not looked at.",
		Source:   firefoxContentUtils,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.Refuses = firefoxRefuses
			r.preflight.Safelist.UnlimitedSum = true
		},
	}, {
		Name: "safelist-content-type-parser",
		Standard: "Content-Type is safelisted by the essence that parsing it as a MIME type gives, " +
			"which skips what is wrong with parameters.",
		Behaviour: "An older parser reads it, which refuses unquoted commas and most superfluous semicolons, " +
			"and takes no notice of what stands between the type and the first semicolon.",
		Source:   "netwerk/base/nsURLHelper.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.preflight.Safelist.ParseType = firefoxRequestType },
	}, {
		Name:     "authorization-under-wildcard",
		Standard: "The asterisk in Access-Control-Allow-Headers never allows Authorization, which must be listed by name.",
		Behaviour: "The asterisk allows it, with a warning on the console that this will end, because sites relied on it " +
			"(network.cors_preflight.authorization_covered_by_wildcard).",
		Source:   firefoxCORS + "; whatwg/fetch issues 1278 and 1919",
		Versions: "all",
		Ends:     "announced on 31 August 2026, without a version",
		apply:    func(r *rules) { r.preflight.WildcardCoversAuthorization = true },
	}, {
		Name: "preflight-forgets-redirects",
		Standard: "A preflight carries the origin of its request, which is \"null\" after redirects across origins, " +
			"and its answer must allow that.",
		Behaviour: "A preflight is a request of its own without the redirects before it: it carries the page's origin, " +
			"its answer must allow that one, and Sec-Fetch-Site looks at its own URL only.",
		Source:   firefoxCORS,
		Versions: "all",
		apply:    func(r *rules) { r.preflight.ForgetRedirects = true },
	}, {
		Name:     "max-age",
		Standard: "A browser may impose a limit on Access-Control-Max-Age; a value that does not parse counts as 5 seconds.",
		Behaviour: "The limit is 86400 seconds. A value that is not digits alone means not to cache, several lines included, " +
			"which count as one value joined by commas. Only an empty value counts as 5 seconds.",
		Source:   firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.MaxAgeLimit = 24 * time.Hour
			r.preflight.ParseMaxAge = firefoxMaxAge
		},
	}, {
		Name: "preflight-lists-in-turn",
		Standard: "Access-Control-Request-Headers names each header once. Both lists of the answer are parsed before either is used, and " +
			"Authorization is looked for before all other header names.",
		Behaviour: "A name that fetch() is given several times stands there as often. Of the answer one list is gone through after the " +
			"other: the method is judged before the header names are parsed, and these are looked for in alphabetical order.",
		Source:   firefoxHeaders + "; " + firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.KeepRepeats = true
			r.preflight.Checks = r.preflight.Checks.Move("allow-headers", fetch.After("method")).Remove("authorization")
		},
	}, {
		Name: "preflight-cache-token-lists",
		Standard: "The preflight cache has entries for methods and header names in which an asterisk stands for all, " +
			"GET, HEAD and POST need no entry, and a further answer changes an entry's max-age but not when it began.",
		Behaviour: "It keeps two lists of words for 100 answers, the least recently used of which goes first. An asterisk is " +
			"stored as the word that it is and covers nothing else, so that answers with asterisks are of no use to later requests. " +
			"GET and POST need no entry, not even after everything listed has expired, but HEAD does. " +
			"A further answer renews an entry from then on, unless its max-age is 0. Not modelled: without a proxy an entry is of no more use " +
			"once the host's address was looked up anew, and where the host is an address there is none at all.",
		Source:   firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.cache.Capacity = 100
			r.cache.NoWildcard = true
			r.cache.UncheckedMethods = []string{"GET", "POST"}
			r.cache.Renew = true
		},
	}, {
		Name:     "preflight-cache-by-credentials",
		Standard: "What a preflight granted to a request with credentials also covers requests without them.",
		Behaviour: "Requests with and without credentials have entries of their own. " +
			"When a request fails, both are cleared, also where it needed no preflight.",
		Source:   firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.cache.SeparateCredentials = true
			r.PreflightCacheClearedAlways = true
		},
	}, {
		Name:      "preflight-cache-key-untainted",
		Standard:  "The preflight cache is keyed by the serialised origin, \"null\" once redirects have tainted it.",
		Behaviour: "It is keyed by the origin of the page, tainted or not.",
		Source:    firefoxCORS,
		Versions:  "all",
		apply:     func(r *rules) { r.PreflightCacheIgnoresTaint = true },
	}, {
		Name:     "cache-mode-of-preflights",
		Standard: "A preflight has the cache mode \"default\", and the preflight cache is asked whatever the cache mode.",
		Behaviour: "A preflight inherits the cache mode of its request, which a header such as If-None-Match makes \"no-store\": " +
			"it carries Pragma and Cache-Control and does not ask the preflight cache.",
		Source:   firefoxCORS,
		Versions: "all",
		apply:    func(r *rules) { r.BypassPreflightCache = []fetch.CacheMode{fetch.CacheNoStore, fetch.CacheReload} },
	}, {
		Name:      "upload-listeners-name-no-method",
		Standard:  "Where a listener on an upload forces the preflight, an answer without Access-Control-Allow-Methods allows the request's method.",
		Behaviour: "Listeners change nothing about the answer: a method other than GET, HEAD and POST must be listed.",
		Source:    firefoxCORS,
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Checks = r.preflight.Checks.Remove("upload-listener") },
	}}
}

// firefoxMaxAge reads Access-Control-Max-Age as digits up to a limit.
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

// firefoxRefuses reports whether a value that the standard safelists is not
// safelisted.
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

// firefoxRequestType reads the essence out of a Content-Type that script set.
// The value has no quotation marks, which would not be safelisted.
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
	// After the first semicolon each parameter takes what follows it up to the
	// next, but a semicolon at the end is left over.
	if _, parameters, found := strings.Cut(rest, ";"); found {
		rest = ""
		if strings.HasSuffix(parameters, ";") {
			rest = ";"
		}
	}
	return essence, strings.Trim(rest, " \t") == ""
}
