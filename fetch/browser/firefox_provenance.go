package browser

import (
	"github.com/corsim/corsim/origin"
)

// firefoxProvenanceEntries are about what a request says about where it comes from.
func firefoxProvenanceEntries() []Entry {
	return []Entry{{
		Name:      "referrer-downgrade-by-scheme",
		Standard:  "A referrer is withheld when a potentially trustworthy page asks a URL that is not: http://localhost is trustworthy.",
		Behaviour: "It is withheld when an https page asks any http URL, http://localhost too; pages on http://localhost send it everywhere.",
		Source:    "dom/security/ReferrerInfo.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.DowngradeByScheme = true },
	}, {
		Name:      "sandboxed-elements-refer",
		Standard:  "A page with an opaque origin has no referrer.",
		Behaviour: "So it is for fetch() and XMLHttpRequest. Elements, EventSource and beacons name the document's URL.",
		Source:    "dom/security/ReferrerInfo.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.SandboxedElementsRefer = true },
	}, {
		Name:     "fetch-site",
		Standard: "Sec-Fetch-Site compares schemes, registrable domains and, for same-origin, ports of the page with each URL of the request.",
		Behaviour: "\"same-site\" needs the same registrable domain everywhere, an https page, and https before each redirect. " +
			"The scheme of the URL itself does not count, and a loopback page needs no https, so that http://localhost is same site with https://localhost.",
		Source:   "dom/security/SecFetch.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.FetchSite = firefoxFetchSite },
	}, {
		Name:     "storage-access-header",
		Standard: "Fetch Metadata has four headers.",
		Behaviour: "A fifth, Sec-Fetch-Storage-Access, tells another site that its own cookies do not come along, " +
			"with the preflights of such requests too, but not once redirects have led across origins.",
		Source:   "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions: "since 147",
		apply: func(r *rules) {
			r.StorageAccessHeader = "none"
			r.StorageAccessOnPreflight = true
			r.StorageAccessUntainted = true
		},
	}}
}

// firefoxFetchSite is the value of Sec-Fetch-Site.
func firefoxFetchSite(from origin.Origin, urls []origin.URL) string {
	sameOrigin, sameSite := true, from.Scheme() == "https" || from.IsPotentiallyTrustworthy()
	for i, u := range urls {
		o := u.Origin()
		sameOrigin = sameOrigin && from == o
		sameSite = sameSite && origin.SchemelesslySameSite(from, o) && (i == len(urls)-1 || o.Scheme() == "https")
	}
	switch {
	case sameOrigin:
		return "same-origin"
	case sameSite:
		return "same-site"
	}
	return "cross-site"
}
