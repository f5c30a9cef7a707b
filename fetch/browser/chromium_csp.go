package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// What the standard says of differences that several engines have.
const (
	cspOrderStandard  = "Policies that are only reported are checked first, then those that are enforced."
	cspSocketStandard = "The schemes ws and wss in a source also match http and https URLs."
)

// cspSocketSchemes is the entry of engines in which sources for WebSockets match nothing
// else.
func cspSocketSchemes(source string) Entry {
	return Entry{
		Name: "csp-socket-schemes", Standard: cspSocketStandard, Behaviour: "They match only the URLs of WebSockets.",
		Source: source, Versions: "all", apply: func(r *rules) { r.csp.SocketSchemesAreTheirOwn = true },
	}
}

// Files of Chromium's source about content security policies.
const (
	chromiumCSPSource = "services/network/public/cpp/content_security_policy/csp_source.cc"
	blinkFetchManager = "third_party/blink/renderer/core/fetch/fetch_manager.cc"
)

// chromiumCSPEntries are about content security policies.
func chromiumCSPEntries() []Entry {
	return []Entry{cspSocketSchemes(chromiumCSPSource), cspPathsDecodedWhole(chromiumCSPSource + "; seen in recordings"), {
		Name:     "csp-upgrade-together",
		Standard: "A source for http also matches https URLs, and port 80 of a source also stands for 443, each by itself.",
		Behaviour: "Both are upgraded together, or neither: http://a.test:8080 does not match https://a.test:8080, and a.test:80 on a page over https does not match " +
			"https://a.test.",
		Source:   chromiumCSPSource + "; seen in recordings",
		Versions: "all",
		apply:    func(r *rules) { r.csp.UpgradeTogether = true },
	}, {
		Name:     "csp-of-calls",
		Standard: "A request is upgraded to https by upgrade-insecure-requests before the other directives are checked, once for each URL.",
		Behaviour: "fetch(), sendBeacon(), audio, video and text tracks check their URL themselves before it is upgraded, against all policies in the order of the headers. " +
			"The loader then checks again, so what is only reported is reported twice.",
		Source:   blinkFetchManager + "; third_party/blink/renderer/modules/beacon/navigator_beacon.cc; third_party/blink/renderer/core/html/track/html_track_element.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Insert(cspOfCalls("csp-of-calls", func(f *fetcher) bool { return f.api == APIFetch || isMedia(f.req.Destination) || isBeaconOrTrack(f) }), fetch.First())
		},
	}, {
		Name:      "csp-before-mixed-content",
		Standard:  "A request is checked for mixed content, and then against the policies.",
		Behaviour: "The policies come first. If both block a request, the console names the policy.",
		Source:    "third_party/blink/renderer/core/loader/base_fetch_context.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.beforeSending = r.beforeSending.Move("csp", fetch.Before("mixed-content")) },
	}, {
		Name:     "csp-paths-after-redirects",
		Standard: "After a redirect, the paths of sources are not compared.",
		Behaviour: "They are, for fetch() with keepalive and for beacons: a second check in the browser's own process does not know of the redirect. The console " +
			"does not name the policy.",
		Source:   "content/browser/loader/keep_alive_url_loader.cc",
		Versions: "all",
		apply:    func(r *rules) { r.beforeSending = r.beforeSending.Insert(cspPaths, fetch.After("csp")) },
	}, {
		Name:      "form-action-after-redirects",
		Standard:  "The directive form-action is about the URL to which a form is sent. Redirects after that are not checked.",
		Behaviour: "They are. The frame stays as it was and fires nothing.",
		Source:    "content/browser/renderer_host/navigation_request.cc",
		Versions:  "all",
		apply: func(r *rules) {
			r.FormActionInFetch = true
			r.beforeSending = r.beforeSending.Insert(formActionInFetch("form-action-report", policy.CSPReported), fetch.After("csp-report")).
				Insert(formActionInFetch("form-action", policy.CSPEnforced), fetch.After("csp"))
			r.fireOnRefusal(FrameSilent, []API{APIForm}, fetch.ReasonFormAction)
		},
	}, {
		Name:      "frames-reported-again",
		Standard:  "What a policy that is only reported does not allow of a frame is reported when the frame is requested.",
		Behaviour: "It is reported once more when the document has arrived.",
		Source:    "content/browser/renderer_host/navigation_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.onDocument = r.onDocument.Insert(frameReportedAgain, fetch.First()) },
	}, {
		Name:      "upgraded-frames-do-not-refer",
		Standard:  "The referrer is determined after upgrade-insecure-requests has changed the URL to https.",
		Behaviour: "That of a frame is determined before. From an https page the http URL is a downgrade, so by default no Referer is sent.",
		Source:    "third_party/blink/renderer/core/loader/frame_loader.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.UpgradedFramesWithoutReferrer = true },
	}, {
		Name:      "csp-upgrades-hidden",
		Standard:  "The response to a request that upgrade-insecure-requests upgraded has the https URL.",
		Behaviour: "To fetch() it has the http URL that script asked for.",
		Source:    blinkFetchManager,
		Versions:  "all",
		apply:     func(r *rules) { r.UpgradesHideFromFetch = true },
	}}
}
