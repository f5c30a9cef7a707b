package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

// chromiumRedirectEntries are about redirects.
func chromiumRedirectEntries() []Entry {
	return []Entry{{
		Name: "redirect-needs-location",
		Standard: `A response with a redirect status is a redirect even without Location, for redirect mode "error". An empty Location leads to the same URL. ` +
			"Two Location lines are a failure.",
		Behaviour: "A response without a Location value is not a redirect. Equal lines count as one.",
		Source:    "net/http/http_response_headers.cc",
		Versions:  "all",
		apply: func(r *rules) {
			r.RedirectNeedsLocation = true
			r.preflight.RedirectNeedsLocation = true
		},
	}, {
		Name: "order-of-redirect-checks",
		Standard: "The CORS check comes before the redirect. The same holds for a preflight: its redirect is only a status that is not ok. In redirect mode " +
			`"error" nothing else about a redirect is checked.`,
		Behaviour: `The network layer reads Location first. If it is not a URL, that is an error, also in the redirect modes "error" and "manual". Every ` +
			`redirect of a preflight is refused as a redirect. Redirect mode "error" is checked last, in the renderer: a user name in Location or the ` +
			"twenty-first redirect is reported instead.",
		Source:   netRequestJob + "; services/network/cors/preflight_controller.cc; " + chromiumCORSLoader,
		Versions: "all",
		apply: func(r *rules) {
			r.onAnswer = r.onAnswer.Insert(locationBeforeCORS, fetch.Before("cors"))
			r.preflight.Checks = r.preflight.Checks.Insert(preflight.Check{Name: "redirect", Run: r.refusePreflightRedirect}, fetch.First())
			r.onRedirect = r.onRedirect.Move("redirect-mode", fetch.Last()).Insert(modeBeforeScheme, fetch.First())
		},
	}, {
		Name:     "hints-for-own-origin",
		Standard: "A redirect to another origin removes only Authorization.",
		Behaviour: "A redirect that does not lead to the page's own origin also removes client hints, even those that script has set. By default the " +
			"permissions policy allows them for no other origin.",
		Source:   "third_party/blink/renderer/core/loader/base_fetch_context.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.HintsOnlyToOwnOrigin = []string{"device-memory", "dpr", "width", "viewport-width", "rtt", "downlink", "ect"}
		},
	}}
}
