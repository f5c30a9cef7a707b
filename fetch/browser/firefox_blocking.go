package browser

import (
	"github.com/corsim/corsim/fetch"
)

// firefoxBlockingEntries are about what Firefox blocks before it sends
// anything.
func firefoxBlockingEntries() []Entry {
	return []Entry{{
		Name:     "mixed-content-https-pages-only",
		Standard: "A page whose origin is potentially trustworthy, such as http://localhost, may not load from insecure URLs.",
		Behaviour: "Only pages that were loaded over https are restricted, and only for http URLs. What a mode does not allow is refused before that; bad ports " +
			"are refused after it.",
		Source:   firefoxMixed + "; dom/security/nsContentSecurityManager.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.mixedContent.HTTPSPagesOnly = true
			r.mixedContent.HTTPOnly = true
			r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First())
			portsLast(r)
		},
	}, keepaliveLimitFirst("It is measured first of all, so the console names nothing else that blocks the request.", "dom/fetch/Fetch.cpp", fetch.First()), {
		Name:      "mixed-content-upgrades-stay-foreign",
		Standard:  "An image that is upgraded from http to https may then have the page's own origin, and CORS does not apply.",
		Behaviour: "The http URL decides: it has another origin than an https page. The request uses CORS if the element does; otherwise its response is opaque.",
		Source:    firefoxMixed + "; dom/security/nsContentSecurityManager.cpp",
		Versions:  "since 127, which began to upgrade images",
		apply:     func(r *rules) { r.UpgradesStayCrossOrigin = true },
	}, {
		Name:      "mixed-tracks-allowed",
		Standard:  "A text track over http is mixed content, which an https page may not load.",
		Behaviour: "It is loaded as it is, and the console warns. Only the text tracks of other origins with crossorigin, and redirects, come so far.",
		Source:    firefoxMixed,
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.mixedContent.TracksExempt = true },
	}, trackModesFirst("dom/security/nsContentSecurityManager.cpp", fetch.First())}
}
