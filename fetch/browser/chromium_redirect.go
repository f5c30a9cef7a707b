package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

// chromiumRedirectEntries are about redirects.
func chromiumRedirectEntries() []Entry {
	return []Entry{{
		Name: "redirect-needs-location",
		Standard: "A redirect status is a redirect also without Location, for redirect mode error; an empty Location leads to the same URL, " +
			"and two lines of it are a failure.",
		Behaviour: "Without a value of Location a response is no redirect. Lines that say the same count as one.",
		Source:    "net/http/http_response_headers.cc",
		Versions:  "all",
		apply: func(r *rules) {
			r.RedirectNeedsLocation = true
			r.preflight.RedirectNeedsLocation = true
		},
	}, {
		Name: "order-of-redirect-checks",
		Standard: "The CORS check comes before the redirect: of a preflight too, whose redirect is then only a status that is not ok. " +
			"In redirect mode error nothing else about a redirect is looked at.",
		Behaviour: "The network layer reads Location first. One that names no URL is an error, also in redirect modes error and manual; " +
			"any redirect of a preflight is refused as such. Redirect mode error comes last, in the renderer: a user name in Location " +
			"or the twenty-first redirect is what is reported.",
		Source:   netRequestJob + "; services/network/cors/preflight_controller.cc; " + chromiumCORSLoader,
		Versions: "all",
		apply: func(r *rules) {
			r.onAnswer = r.onAnswer.Insert(locationFirst, fetch.Before("cors"))
			r.preflight.Checks = r.preflight.Checks.Insert(preflight.Check{Name: "redirect", Run: r.refusePreflightRedirect}, fetch.First())
			r.onRedirect = r.onRedirect.Move("redirect-mode", fetch.Last()).Insert(modeBeforeScheme, fetch.First())
		},
	}, {
		Name:     "hints-for-own-origin",
		Standard: "A redirect to another origin takes Authorization away and nothing else.",
		Behaviour: "A redirect that does not lead to the page's own origin takes client hints away, also those that script has set: by default " +
			"the permissions policy grants them to no other.",
		Source:   "third_party/blink/renderer/core/loader/base_fetch_context.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.HintsOfOwnOrigin = []string{"device-memory", "dpr", "width", "viewport-width", "rtt", "downlink", "ect"}
		},
	}}
}
