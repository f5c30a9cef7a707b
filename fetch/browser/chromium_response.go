package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

const (
	netRequestJob = "net/url_request/url_request_job.cc"
	netParser     = "net/http/http_stream_parser.cc"
)

// chromiumResponseEntries are about redirects, referrers, cookies and what
// elements accept.
func chromiumResponseEntries() []Entry {
	return []Entry{{
		Name: "mixed-content-https-pages-only",
		Standard: "A page whose origin is potentially trustworthy, http://localhost among them, may not load from insecure URLs; " +
			"a sandboxed page is not trustworthy.",
		Behaviour: "The pages that came over https are restricted, sandboxed ones too, and no others. What fetch() refuses for its modes is refused before, " +
			"which no recording shows.",
		Source:   "third_party/blink/renderer/core/loader/mixed_content_checker.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.mixedContent.HTTPSPagesOnly = true
			r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First())
		},
	}, {
		Name:     "ports-last",
		Standard: "Bad ports and mixed content are blocked in one step, before a preflight.",
		Behaviour: "The network layer refuses a bad port when a request or its preflight is about to be sent, so that mixed content is what is " +
			"reported where it is both, and a preflight fails where one is needed.",
		Source:   netRequestJob,
		Versions: "all",
		apply:    portsLast,
	}, {
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
		Name:     "answers-refused",
		Standard: "What several lines of Location or Content-Disposition mean is left to those who read them, and 407 is a status like any other.",
		Behaviour: "The network layer refuses a response whose lines of one of these differ, whatever its status, and 407 from anyone but a proxy, " +
			"which no recording shows.",
		Source:   netParser + "; net/http/http_network_transaction.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.UniqueHeaders = []string{"Location", "Content-Disposition"}
			r.RefusedStatus = []int{407}
		},
	}, {
		Name:      "cookies-lax-by-default",
		Standard:  "A cookie without SameSite goes with requests from other sites.",
		Behaviour: "It is treated as SameSite=Lax.",
		Source:    "net/cookies/canonical_cookie.cc",
		Versions:  "since 80",
		apply:     func(r *rules) { r.cookies.LaxByDefault = true },
	}, {
		Name:      "cookies-partitioned",
		Standard:  "The attribute Partitioned is not known.",
		Behaviour: "A cookie with it is kept apart for the site of the page that got it.",
		Source:    "net/cookies/cookie_partition_key.cc",
		Versions:  "since 114",
		apply:     func(r *rules) { r.cookies.Partitioned = true },
	}, {
		Name:      "storage-access-header",
		Standard:  "Fetch Metadata has four headers.",
		Behaviour: "A fifth, Sec-Fetch-Storage-Access, tells another site whether its cookies come along; here third-party cookies are allowed.",
		Source:    netHTTPJob,
		Versions:  "since 133",
		apply:     func(r *rules) { r.StorageAccessHeader = "active" },
	}, {
		Name:      "preflight-fetch-metadata",
		Standard:  "A preflight has the Fetch Metadata headers of the request that it asks for, and none to an insecure URL.",
		Behaviour: "Sec-Fetch-Mode is set where the preflight is made, whatever its URL. Being a request of its own it has no redirects behind it: Sec-Fetch-Site is about its own URL.",
		Source:    "services/network/cors/preflight_controller.cc",
		Versions:  "all",
		apply: func(r *rules) {
			r.PreflightNamesMode = true
			r.PreflightForgetsRedirects = true
		},
	}, {
		Name:      "referrer-downgrade-by-scheme",
		Standard:  "A referrer is withheld when a potentially trustworthy page asks a URL that is not: http://localhost is trustworthy.",
		Behaviour: "It is withheld when an https page asks any http URL, http://localhost too; pages on http://localhost send it everywhere.",
		Source:    netRequestJob,
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.DowngradeByScheme = true },
	}, {
		Name:     "element-responses",
		Standard: "A script needs an ok status, a style sheet the type text/css, too; fonts, audio and video are taken with any status.",
		Behaviour: "Only a status from 400 makes a script, a style sheet or a font an error. A style sheet of another type is loaded and ignored, which is no error. " +
			"Audio and video need 200 or 206. An image of SVG's type that is no SVG is an error, whatever it is instead.",
		Source:   "third_party/blink/renderer/platform/loader/fetch/resource.cc; third_party/blink/renderer/core/css/style_sheet_contents.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagScript: chromiumScript, TagStylesheet: chromiumStylesheet, TagImg: typedImage,
				TagFont: chromiumFont, TagAudio: chromiumMedia, TagVideo: chromiumMedia,
			}
		},
	}}
}

// chromiumScript wants no error status.
func chromiumScript(resp *fetch.Response) *fetch.Failure {
	return errorStatusFailure(resp, anchorClassicScript)
}

// chromiumStylesheet wants no error status, and no type.
func chromiumStylesheet(resp *fetch.Response) *fetch.Failure {
	return errorStatusFailure(resp, anchorLinkStyle)
}

// chromiumFont wants a font without an error status.
func chromiumFont(resp *fetch.Response) *fetch.Failure {
	if f := errorStatusFailure(resp, "drafts.csswg.org/css-fonts/#font-fetching-requirements"); f != nil {
		return f
	}
	return checkFont(resp)
}

func errorStatusFailure(resp *fetch.Response, anchor string) *fetch.Failure {
	if resp.Status < 400 {
		return nil
	}
	return elementStatusFailure(resp, anchor)
}

// chromiumMedia wants media in full or in part.
func chromiumMedia(resp *fetch.Response) *fetch.Failure {
	if resp.Status != 200 && resp.Status != 206 {
		return elementStatusFailure(resp, "html.spec.whatwg.org/#concept-media-load-resource")
	}
	return checkMedia(resp)
}
