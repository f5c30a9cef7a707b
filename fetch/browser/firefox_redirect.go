package browser

import (
	"github.com/corsim/corsim/fetch"
)

// firefoxRedirectEntries are about redirects.
func firefoxRedirectEntries() []Entry {
	return []Entry{{
		Name:     "redirect-from-page-headers",
		Standard: "What a redirect takes from a request's headers is gone for all redirects that follow.",
		Behaviour: "Each redirect starts from the page's headers and takes away what it alone would take. " +
			"So Content-Type comes back when a redirect that made the request a GET is followed by one with status 307. " +
			"A request that needed a preflight for its headers gets one at each further hop, even where none of them is left. " +
			"A beacon's type does not come back, but once it needed a preflight, those of all further hops ask for it.",
		Source:   "dom/fetch/FetchDriver.cpp; " + firefoxCORS,
		Versions: "all",
		apply:    func(r *rules) { r.RedirectsStartAnew = true },
	}, {
		Name:      "location-before-cors",
		Standard:  "The CORS check comes before the redirect, so that a Location that names no URL does not matter where it fails.",
		Behaviour: "The network layer reads the Location of a redirect that it is to follow first, of a preflight's redirect too. The outcome is the same, the message is another.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.onAnswer = r.onAnswer.Insert(followedLocationFirst, fetch.Before("cors")) },
	}}
}
