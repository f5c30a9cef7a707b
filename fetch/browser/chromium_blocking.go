package browser

import (
	"github.com/corsim/corsim/fetch"
)

// chromiumBlockingEntries are about what Chromium blocks before it sends
// anything.
func chromiumBlockingEntries() []Entry {
	return []Entry{{
		Name:     "url-credentials-blocked",
		Standard: "Only fetch(), and redirects with CORS, refuse a URL with a user name or password.",
		Behaviour: "Subresources from such URLs are blocked, also after redirects, unless the page itself came from the same origin with the same " +
			"user name. XMLHttpRequest and WebSockets may use such URLs. Elements that use CORS remove the user name and continue; audio and video do so " +
			"only from sandboxed pages.",
		Source:   blinkFrame,
		Versions: "since 59",
		apply: func(r *rules) {
			r.CORSElementsDropURLCredentials = true
			r.beforeSending = r.beforeSending.Insert(check{name: "url-credentials", run: checkURLCredentials}, fetch.Before("bad-port"))
		},
	}, {
		Name:     "mixed-content-https-pages-only",
		Standard: "A page whose origin is potentially trustworthy, such as http://localhost, may not load from insecure URLs. A sandboxed page is not trustworthy.",
		Behaviour: "Only pages that were loaded over https are restricted, including sandboxed pages. What fetch() refuses because of its mode is refused " +
			"before that; no recording shows this.",
		Source:   "third_party/blink/renderer/core/loader/mixed_content_checker.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.mixedContent.HTTPSPagesOnly = true
			r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First())
		},
	}, trackModesFirst("third_party/blink/renderer/core/loader/base_fetch_context.cc", fetch.After("csp-upgrade")), {
		Name:     "mixed-content-upgrades-redirects",
		Standard: "A redirect of an image, audio or video to localhost or to an IP address is not upgraded to https.",
		Behaviour: "It is, unless the request began with such an http URL: the page's process looks at the host of the first URL, and the network layer upgrades what " +
			"redirects lead to.",
		Source:   "third_party/blink/renderer/core/loader/mixed_content_checker.cc; net/url_request/redirect_info.cc",
		Versions: "all",
		apply:    func(r *rules) { r.mixedContent.UpgradeRedirects = true },
	}, {
		Name:     "other-schemes-not-supported",
		Standard: "A URL whose scheme is neither https nor local is mixed content, such as app://host and localhost:8080. about:blank has an empty response.",
		Behaviour: "Only http URLs are mixed content. A URL with another scheme fails because its scheme is not supported. So does about:blank in fetch() with " +
			`mode "no-cors"; the recordings show it in mode "cors". All but about:blank changes the message and not the outcome.`,
		Source:   "third_party/blink/renderer/core/loader/mixed_content_checker.cc; third_party/blink/renderer/core/fetch/fetch_manager.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.mixedContent.HTTPOnly = true
			r.FetchRefusesAboutBlank = true
		},
	}, {
		Name:     "hsts-redirects",
		Standard: "If the browser knows that a host wants https, it replaces the scheme of an http URL before the request is sent. Script does not notice.",
		Behaviour: "The network layer answers with a redirect to the https URL (307 Internal Redirect), which allows the page's origin. So Origin becomes null, " +
			"Response.redirected is true, redirect mode error fails, and a preflight fails, because a preflight must not be redirected. The flag " +
			"HstsTopLevelNavigationsOnly, with which requests of pages are sent over http, is off in the version that was recorded; no recording shows it.",
		Source:   "net/url_request/url_request_redirect_job.cc; net/url_request/redirect_util.cc",
		Versions: "all",
		apply:    func(r *rules) { r.HSTS = hstsRedirects },
	}, {
		Name:     "ports-last",
		Standard: "Bad ports and mixed content are blocked in one step, before a preflight.",
		Behaviour: "The network layer refuses a bad port just before it sends a request or its preflight. If both apply, mixed content is reported. If a " +
			"preflight is needed, the preflight fails.",
		Source:   netRequestJob,
		Versions: "all",
		apply:    portsLast,
	}, keepaliveLimitFirst("It is measured after the policies and mixed content, and before the port. There is no preflight.",
		"third_party/blink/renderer/core/fetch/fetch_manager.cc", fetch.Before("bad-port"))}
}
