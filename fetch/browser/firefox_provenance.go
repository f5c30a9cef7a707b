package browser

import (
	"github.com/corsim/corsim/origin"
)

// firefoxProvenanceEntries are about the headers that say where a request
// comes from.
func firefoxProvenanceEntries() []Entry {
	return []Entry{{
		Name:      "referrer-downgrade-by-scheme",
		Standard:  "The referrer is not sent when a potentially trustworthy page requests a URL that is not potentially trustworthy. http://localhost is trustworthy.",
		Behaviour: "The referrer is not sent when an https page requests any http URL, including http://localhost. Pages on http://localhost send it to every URL.",
		Source:    "dom/security/ReferrerInfo.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.DowngradeByScheme = true },
	}, {
		Name:      "sandboxed-elements-refer",
		Standard:  "A page with an opaque origin has no referrer.",
		Behaviour: "fetch() and XMLHttpRequest send none. Elements, EventSource and beacons send the document's URL.",
		Source:    "dom/security/ReferrerInfo.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.SandboxedElementsSendReferrer = true },
	}, {
		Name:      "tracks-do-not-refer",
		Standard:  "The request for a text track has a Referer like any other request.",
		Behaviour: "It has none, whatever the policies say.",
		Source:    "dom/html/HTMLTrackElement.cpp",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.TracksWithoutReferrer = true },
	}, {
		Name:     "referrer-policies-in-site",
		Standard: "A document, an element, a request and a redirect may set any referrer policy.",
		Behaviour: "For a request to another site the policies unsafe-url, no-referrer-when-downgrade and origin-when-cross-origin count as " +
			"strict-origin-when-cross-origin, and the console says so. With CORS, a request whose origin redirects have tainted goes to another site.",
		Source:   "dom/security/ReferrerInfo.cpp",
		Versions: "since 93",
		apply:    func(r *rules) { r.RelaxedReferrerOnlyInSite = true },
	}, {
		Name:      "no-referrer-is-a-policy",
		Standard:  "A request to which script gives the empty string as the referrer sends none. Its referrer policy, which may hide the Origin header of a POST without CORS, stays.",
		Behaviour: "Its referrer policy is \"no-referrer\", so a POST without CORS sends the origin \"null\".",
		Source:    "dom/fetch/FetchDriver.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.NoReferrerIsPolicy = true },
	}, {
		Name:     "fetch-site",
		Standard: "Sec-Fetch-Site compares the schemes, the registrable domains and, for same-origin, the ports of the page with those of each URL of the request.",
		Behaviour: `"same-site" needs the same registrable domain for all URLs, an https page, and https before each redirect. The scheme of the URL itself ` +
			"does not count. A page on a loopback host needs no https, so http://localhost and https://localhost are same-site.",
		Source:   "dom/security/SecFetch.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.FetchSite = firefoxFetchSite },
	}, {
		Name:     "storage-access-header",
		Standard: "There are four Fetch Metadata headers.",
		Behaviour: "A fifth header, Sec-Fetch-Storage-Access, tells another site that its own cookies are not sent. Preflights of such requests carry it as well. " +
			"It is not sent after redirects across origins, by workers, and by fetch() with keepalive. If a frame of another site asks the site of the page, the header says inactive, and Origin is sent too.",
		Source:   "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions: "since 147",
		apply: func(r *rules) {
			r.StorageAccessHeader = "none"
			r.StorageAccessOnPreflight, r.StorageAccessInactive = true, true
			r.StorageAccessOnlyUntainted, r.StorageAccessNeedsDocument = true, true
		},
	}, {
		Name:     "imports-site-of-style-sheet",
		Standard: "Sec-Fetch-Site says how the server of a request is related to the page's origin, also for what a style sheet imports.",
		Behaviour: "For an @import rule it says how the server is related to the origin of the style sheet: an import from the style sheet's own server is " +
			"\"same-origin\", although the page has another origin.",
		Source:   "layout/style/Loader.cpp; dom/security/SecFetch.cpp; seen in recordings",
		Versions: "all",
		apply:    func(r *rules) { r.ImportsSiteOfStyleSheet = true },
	}}
}

// firefoxFetchSite returns the value of Sec-Fetch-Site.
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
