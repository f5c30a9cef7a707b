package browser

import (
	"github.com/corsim/corsim/fetch"
)

// firefoxRedirectEntries are about redirects.
func firefoxRedirectEntries() []Entry {
	return []Entry{{
		Name:     "redirect-from-page-headers",
		Standard: "Headers that a redirect removes stay removed in all following redirects.",
		Behaviour: "Each redirect starts from the page's headers and removes only what this redirect removes. Content-Type therefore comes back when a redirect " +
			"that changed the method to GET is followed by a redirect with status 307. If a request needed a preflight because of its headers, each " +
			"further redirect needs one, even if none of these headers is left. The type that an XMLHttpRequest takes from its body does not come back, nor does a beacon's type, but if one of them once " +
			"needed a preflight, the preflights of all further redirects ask for it.",
		Source:   "dom/fetch/FetchDriver.cpp; dom/xhr/XMLHttpRequestMainThread.cpp; " + firefoxCORS,
		Versions: "all",
		apply:    func(r *rules) { r.RestoreHeadersOnRedirect = true },
	}, {
		Name:      "location-before-cors",
		Standard:  "The CORS check comes before the redirect. If it fails, an invalid Location does not matter.",
		Behaviour: "The network layer first reads the Location of a redirect that it follows, also for a preflight. The outcome is the same, but the message is different.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.onAnswer = r.onAnswer.Insert(followedLocationBeforeCORS, fetch.Before("cors")) },
	}, {
		Name:      "redirect-policies-before-cors",
		Standard:  "The CORS check of a redirect, and that of a user name or password in its URL, come before the page's policies and mixed content are checked for that URL.",
		Behaviour: "The policies and mixed content come first. The outcome is the same, but the console names them.",
		Source:    "netwerk/base/nsAsyncRedirectVerifyHelper.cpp; " + firefoxCORS,
		Versions:  "all",
		apply: func(r *rules) {
			r.onAnswer = r.onAnswer.Change("cors", unlessPageBlocks)
			r.onRedirect = r.onRedirect.Change("credentials", unlessPageBlocks).Change("credentials-under-cors", unlessPageBlocks)
		},
	}}
}
