package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// chromium is what Chromium says.
type chromium struct{}

// lines returns what the page printed before it sent anything, then why the
// call failed.
func (c chromium) lines(r *browser.Result) []string {
	var lines []string
	for _, name := range r.DroppedHeaders {
		lines = append(lines, `Refused to set unsafe header "`+latin1(name)+`"`)
	}
	if notice, ok := upgradeNotice(r); ok {
		lines = append(lines, notice)
	}
	if notice, ok := upgradedMediaNotice(r); ok {
		lines = append(lines, notice)
	}
	if r.Failure != nil {
		if line, ok := c.failureLine(r); ok {
			lines = append(lines, line)
		}
	}
	return lines
}

// failureLine returns the message about a result's failure; many have none.
func (c chromium) failureLine(r *browser.Result) (string, bool) {
	f := r.Failure
	if r.Outcome == browser.Threw || r.Outcome == browser.Refused {
		return "", false
	}
	if e, ok := corsErrorOf(r); ok {
		return e.message(r), true
	}
	switch f.Reason {
	case fetch.ReasonMixedContent:
		return mixedContentBlocked(r), true
	case fetch.ReasonModeSameOrigin, fetch.ReasonNoCORSRedirectMode, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported:
		return refusedByPage(r)
	case fetch.ReasonCORP:
		return "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE." + corpCode(f), true
	case fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked, fetch.ReasonElementType:
		// Nothing is said where the status is to blame.
		if r.Tag == browser.TagModule && statusIsToBlame(r) {
			return "", false
		}
		return wrongType(r)
	case fetch.ReasonElementUndecodable:
		if r.Tag == browser.TagFont {
			return "Failed to decode downloaded font: " + r.Request.URL().String(), true
		}
	case fetch.ReasonEventSourceType:
		return `EventSource's response has a MIME type ("` + essence(f.Got) + `") that is not "text/event-stream". Aborting the connection.`, true
	}
	return "", false
}

// upgradeNotice returns the notice that an image, audio or video was tried over
// https, or left on http because https is not to be had where it comes from.
func upgradeNotice(r *browser.Result) (string, bool) {
	if from := r.Trace.UpgradedFrom; from != nil {
		if r.Earlier() != nil && isMedia(r) {
			return "", false // what is not requested is not upgraded
		}
		return mixedContent(r, "element", *from) + " This request was automatically upgraded to HTTPS, " +
			"For more information see https://blog.chromium.org/2019/10/no-more-mixed-messages-about-https.html", true
	}
	if r.API != browser.APIElement || r.Request == nil || r.Client.URL.Scheme() != "https" {
		return "", false
	}
	u := r.Request.URL()
	upgradable := r.Tag == browser.TagImg || isMedia(r)
	if !upgradable || u.Scheme() != "http" {
		return "", false
	}
	why := "it is a local network request"
	if u.HasIPAddress() {
		why = "its URL's host is an IP address"
	}
	return mixedContent(r, "element", u) + " This request was not upgraded to HTTPS because " + why + ".", true
}

// upgradedMediaNotice returns the notice that audio or video was loaded over https
// in place of the http URL that the element has.
func upgradedMediaNotice(r *browser.Result) (string, bool) {
	if !isMedia(r) || r.Trace.UpgradedFrom == nil || r.Failure != nil || len(r.Request.URLList) > 1 {
		return "", false
	}
	kind := mixedContentKind(r)
	if t, ok := fetch.ExtractMIMEType(r.Response.Unfiltered().Header); ok && strings.HasPrefix(t.Essence(), "audio/") {
		kind = "audio file" // whatever the element
	}
	return mixedContent(r, kind, *r.Trace.UpgradedFrom) + " This content should also be served over HTTPS.", true
}

// mixedContentBlocked returns the message about a request that was not made.
func mixedContentBlocked(r *browser.Result) string {
	u := r.Request.CurrentURL()
	return mixedContent(r, mixedContentKind(r), u) + " This request has been blocked; the content must be served over HTTPS."
}

func mixedContent(r *browser.Result, kind string, u origin.URL) string {
	return "Mixed Content: The page at '" + r.Client.URL.String() + "' was loaded over HTTPS, but requested an insecure " +
		kind + " '" + u.String() + "'."
}

// mixedContentKind is what a message about mixed content calls a request.
func mixedContentKind(r *browser.Result) string {
	switch r.API {
	case browser.APIXHR:
		return "XMLHttpRequest endpoint"
	case browser.APIEventSource:
		return "EventSource endpoint"
	case browser.APIBeacon:
		return "Beacon endpoint"
	case browser.APIElement:
		return map[browser.Tag]string{
			browser.TagImg: "image", browser.TagScript: "script", browser.TagModule: "script",
			browser.TagStylesheet: "stylesheet", browser.TagFont: "font",
			browser.TagAudio: "audio file", browser.TagVideo: "video",
		}[r.Tag]
	}
	return "resource"
}

// refusedByPage returns the message about a request that fetch() itself does
// not make, or that a redirect led to.
func refusedByPage(r *browser.Result) (string, bool) {
	u := r.Request.CurrentURL().String()
	if len(r.Request.URLList) > 1 {
		return "Unsafe attempt to load URL " + u + " from frame with URL " + r.Client.URL.String() +
			". Domains, protocols and ports must match.\n", r.Failure.Reason == fetch.ReasonModeSameOrigin
	}
	why := ""
	switch r.Failure.Reason {
	case fetch.ReasonModeSameOrigin:
		why = `Request mode is "same-origin" but the URL's origin is not same as the request origin ` + r.Client.Origin.String() + "."
	case fetch.ReasonNoCORSRedirectMode:
		why = `Request mode is "no-cors" but the redirect mode is not "follow".`
	default:
		why = `URL scheme "` + r.Request.CurrentURL().Scheme() + `" is not supported.`
	}
	return "Fetch API cannot load " + u + ". " + why, r.API == browser.APIFetch
}

// wrongType returns the message about a response whose type an element does not
// take.
func wrongType(r *browser.Result) (string, bool) {
	got := essence(r.Failure.Got)
	u := r.Request.CurrentURL().String()
	switch r.Tag {
	case browser.TagModule:
		return `Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of "` +
			got + `". Strict MIME type checking is enforced for module scripts per HTML spec.`, true
	case browser.TagScript:
		why := "is not executable"
		if forbidsGuessing(r) {
			why += ", and strict MIME type checking is enabled"
		}
		return "Refused to execute script from '" + u + "' because its MIME type ('" + got + "') " + why + ".", true
	case browser.TagStylesheet:
		return "Refused to apply style from '" + u + "' because its MIME type ('" + got +
			"') is not a supported stylesheet MIME type, and strict MIME checking is enabled.", true
	}
	return "", false
}

// issues returns the names of CORS errors with what they are about, and the
// network errors and blocking reasons beside them.
func (chromium) issues(r *browser.Result) []string {
	f := r.Failure
	if f == nil || r.Outcome == browser.Threw || r.Outcome == browser.Refused {
		return nil
	}
	if e, ok := corsErrorOf(r); ok {
		if e.code == "PreflightDisallowedRedirect" {
			return []string{"net::ERR_INVALID_REDIRECT", e.issue()}
		}
		return []string{e.issue()}
	}
	if code, ok := blockedCode(r); ok {
		return []string{"blocked: " + code}
	}
	code, ok := netError(r)
	switch {
	case !ok:
		return nil
	case f.Preflight:
		// The preflight fails, and with it the request.
		return []string{code, code}
	}
	return []string{code}
}

// blockedCode returns why the browser itself blocked a request or a response.
func blockedCode(r *browser.Result) (string, bool) {
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent:
		return "mixed-content", true
	case fetch.ReasonURLCredentials:
		return "origin", true
	case fetch.ReasonModeSameOrigin:
		return "origin", len(r.Request.URLList) > 1
	case fetch.ReasonCORP:
		switch corpCode(r.Failure) {
		case "NotSameSite":
			return "corp-not-same-site", true
		case "NotSameOrigin":
			return "corp-not-same-origin", true
		}
		return "corp-not-same-origin-after-defaulted-to-same-origin-by-coep", true
	}
	return "", false
}

// corpCode is how Chromium calls the failure of a cross-origin resource policy
// check.
func corpCode(f *fetch.Failure) string {
	switch f.Got {
	case "same-site":
		return "NotSameSite"
	case "same-origin":
		return "NotSameOrigin"
	}
	return "NotSameOriginAfterDefaultedToSameOriginByCoep"
}

// netErrors are the network errors that stand behind reasons.
var netErrors = map[fetch.Reason]string{
	fetch.ReasonNetworkFailure:            "net::ERR_EMPTY_RESPONSE",
	fetch.ReasonBadPort:                   "net::ERR_UNSAFE_PORT",
	fetch.ReasonRedirectLimit:             "net::ERR_TOO_MANY_REDIRECTS",
	fetch.ReasonRedirectLocationMalformed: "net::ERR_INVALID_REDIRECT",
	fetch.ReasonRedirectError:             "net::ERR_FAILED",
	fetch.ReasonRedirectStreamBody:        "net::ERR_INVALID_ARGUMENT",
	fetch.ReasonDataURLMalformed:          "net::ERR_INVALID_URL",
	fetch.ReasonBlobURL:                   "net::ERR_FILE_NOT_FOUND",
	fetch.ReasonOnlyIfCached:              "net::ERR_CACHE_MISS",
	fetch.ReasonResponseMalformed:         "net::ERR_INVALID_HTTP_RESPONSE",
	fetch.ReasonOpaqueBlocked:             "net::ERR_BLOCKED_BY_ORB",
}

// netError returns the network error behind a failure.
func netError(r *browser.Result) (string, bool) {
	f := r.Failure
	switch {
	case f.Reason == fetch.ReasonRedirectNotHTTP, f.Reason == fetch.ReasonRedirectError && isUnsafeRedirect(r):
		if isUnsafeRedirect(r) {
			return "net::ERR_UNSAFE_REDIRECT", true
		}
		return "net::ERR_UNKNOWN_URL_SCHEME", true
	case f.Reason == fetch.ReasonResponseMalformed && f.Header == fetch.HeaderLocation:
		return "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION", true
	case f.Reason == fetch.ReasonResponseMalformed && f.Header == "Content-Disposition":
		return "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION", true
	case f.Reason == fetch.ReasonResponseMalformed && f.Header == "Proxy-Authenticate":
		return "net::ERR_UNEXPECTED_PROXY_AUTH", true
	}
	code, ok := netErrors[f.Reason]
	return code, ok
}

// unsafeSchemes are those to which Chromium follows no redirect.
var unsafeSchemes = []string{"about", "blob", "data", "file", "filesystem"}

// isUnsafeRedirect reports whether a redirect that failed led to one of them.
func isUnsafeRedirect(r *browser.Result) bool {
	u, err := r.Request.CurrentURL().Parse(r.Failure.Got)
	return err == nil && slices.Contains(unsafeSchemes, u.Scheme())
}
