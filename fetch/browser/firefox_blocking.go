package browser

import (
	"github.com/corsim/corsim/fetch"
)

// firefoxBlockingEntries are about what is blocked before anything is sent.
func firefoxBlockingEntries() []Entry {
	return []Entry{{
		Name:      "mixed-content-https-pages-only",
		Standard:  "A page whose origin is potentially trustworthy, http://localhost among them, may not load from insecure URLs.",
		Behaviour: "Only pages that came over https are restricted, and only from http URLs; what a mode does not allow at all is refused before, bad ports after.",
		Source:    firefoxMixed + "; dom/security/nsContentSecurityManager.cpp",
		Versions:  "all",
		apply: func(r *rules) {
			r.mixedContent.HTTPSPagesOnly = true
			r.mixedContent.HTTPOnly = true
			r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First())
			portsLast(r)
		},
	}, {
		Name:      "mixed-content-upgrades-stay-foreign",
		Standard:  "An image that is asked for over https in place of http may belong to the page's own origin, and is then no matter of CORS.",
		Behaviour: "The http URL decides: it belongs to another origin than an https page, so that the request uses CORS where the element asks for that, and its response is opaque where not.",
		Source:    firefoxMixed + "; dom/security/nsContentSecurityManager.cpp",
		Versions:  "since 127, when images came to be upgraded",
		apply:     func(r *rules) { r.UpgradesStayForeign = true },
	}}
}
