package console

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// corsError is one of Chromium's CORS errors.
type corsError struct {
	code string // its name in the source, without the leading k
	// parameter is the value that it is about.
	parameter string
	text      string
	// failedPreflight says that the message begins with the preflight.
	failedPreflight bool
}

// The hints that follow a message.
const (
	hintValidValue      = " Have the server send the header with a valid value."
	hintWithCredentials = " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."
)

// corsSchemes are the schemes to which CORS applies in a desktop build.
const corsSchemes = "chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app"

// corsErrorOf returns the CORS error that a result's failure is to Chromium.
func corsErrorOf(r *browser.Result) (corsError, bool) {
	f := r.Failure
	e, ok := accessError(r)
	if ok && f.Preflight {
		e.code, e.failedPreflight = "Preflight"+e.code, true
		return e, true
	}
	if ok {
		return e, true
	}
	switch f.Reason {
	case fetch.ReasonPreflightStatus:
		return corsError{code: "PreflightInvalidStatus", text: "It does not have HTTP ok status.", failedPreflight: true}, true
	case fetch.ReasonPreflightRedirect:
		return corsError{code: "PreflightDisallowedRedirect", text: "Redirect is not allowed for a preflight request.", failedPreflight: true}, true
	case fetch.ReasonAllowMethodsMalformed:
		return unparsable("InvalidAllowMethodsPreflightResponse", fetch.HeaderAllowMethods), true
	case fetch.ReasonAllowHeadersMalformed:
		return unparsable("InvalidAllowHeadersPreflightResponse", fetch.HeaderAllowHeaders), true
	case fetch.ReasonMethodNotAllowed:
		return corsError{
			code: "MethodDisallowedByPreflightResponse", parameter: f.Got,
			text: "Method " + f.Got + " is not allowed by Access-Control-Allow-Methods in preflight response.",
		}, true
	case fetch.ReasonHeaderNotAllowed:
		return corsError{
			code: "HeaderDisallowedByPreflightResponse", parameter: f.Got,
			text: "Request header field " + f.Got + " is not allowed by Access-Control-Allow-Headers in preflight response.",
		}, true
	}
	return loaderError(r)
}

// isURLWithSpaces reports whether a value would be a URL if it had no escaped
// spaces in it, which Chromium allows in a host.
func isURLWithSpaces(value string) bool {
	scheme, rest, ok := strings.Cut(value, "://")
	_, err := origin.ParseURL(scheme + "://" + strings.ReplaceAll(rest, "%20", "x"))
	return ok && err == nil
}

// accessError returns the errors of the CORS check.
func accessError(r *browser.Result) (corsError, bool) {
	f := r.Failure
	validValue, withCredentials := "", ""
	switch r.API {
	case browser.APIFetch:
		validValue = hintValidValue
	case browser.APIXHR:
		withCredentials = hintWithCredentials
	}
	got, reason := escaped(f.Got), f.Reason
	if reason == fetch.ReasonAllowOriginInvalid && isURLWithSpaces(f.Got) {
		reason = fetch.ReasonAllowOriginMismatch
	}
	switch reason {
	case fetch.ReasonAllowOriginMissing:
		return corsError{
			code: "MissingAllowOriginHeader",
			text: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
		}, true
	case fetch.ReasonAllowOriginMultiple:
		return corsError{
			code: "MultipleAllowOriginValues", parameter: f.Got,
			text: "The 'Access-Control-Allow-Origin' header contains multiple values '" + got + "', but only one is allowed." + validValue,
		}, true
	case fetch.ReasonAllowOriginInvalid:
		return corsError{
			code: "InvalidAllowOriginValue", parameter: f.Got,
			text: "The 'Access-Control-Allow-Origin' header contains the invalid value '" + got + "'." + validValue,
		}, true
	case fetch.ReasonAllowOriginMismatch:
		return corsError{
			code: "AllowOriginMismatch", parameter: f.Got,
			text: "The 'Access-Control-Allow-Origin' header has a value '" + got + "' that is not equal to the supplied origin." + validValue,
		}, true
	case fetch.ReasonAllowOriginWildcard:
		return corsError{
			code: "WildcardOriginNotAllowed",
			text: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' " +
				"when the request's credentials mode is 'include'." + withCredentials,
		}, true
	case fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		return corsError{
			code: "InvalidAllowCredentials", parameter: f.Got,
			text: "The value of the 'Access-Control-Allow-Credentials' header in the response is '" + got +
				"' which must be 'true' when the request's credentials mode is 'include'." + withCredentials,
		}, true
	}
	return corsError{}, false
}

func unparsable(code, header string) corsError {
	return corsError{code: code, text: "Cannot parse " + header + " response header field in preflight response."}
}

// loaderError returns the errors that are about URLs and modes.
func loaderError(r *browser.Result) (corsError, bool) {
	f := r.Failure
	switch {
	case f.Reason == fetch.ReasonRedirectCredentials:
		// The location is never filled in.
		return corsError{
			code: "RedirectContainsCredentials",
			text: "Redirect location '' contains a username and password, which is disallowed for cross-origin requests.",
		}, true
	case f.Reason == fetch.ReasonRedirectNotHTTP && r.Request.Mode == fetch.ModeCORS && !isUnsafeRedirect(r),
		f.Reason == fetch.ReasonSchemeNotHTTP && r.API != browser.APIFetch:
		return corsError{
			code: "CorsDisabledScheme",
			text: "Cross origin requests are only supported for protocol schemes: " + corsSchemes + ".",
		}, true
	case f.Reason == fetch.ReasonModeSameOrigin && r.API != browser.APIFetch:
		return corsError{code: "DisallowedByMode", text: "Cross origin requests are not allowed by request mode."}, true
	}
	return corsError{}, false
}

// issue is how an error is filed. A value that is no UTF-8 gets lost.
func (e corsError) issue() string {
	if e.parameter == "" || !utf8.ValidString(e.parameter) {
		return e.code
	}
	return e.code + ": " + e.parameter
}

// message is the line on the console.
func (e corsError) message(r *browser.Result) string {
	last, first := lastURL(r), r.Request.URL().String()
	var b strings.Builder
	fmt.Fprintf(&b, "Access to %s at '%s' ", requestKind(r), last)
	if last != first {
		fmt.Fprintf(&b, "(redirected from '%s') ", first)
	}
	fmt.Fprintf(&b, "from origin '%s' has been blocked by CORS policy: ", r.Client.Origin)
	if e.failedPreflight {
		b.WriteString("Response to preflight request doesn't pass access control check: ")
	}
	b.WriteString(e.text)
	return b.String()
}

// lastURL is the URL that an error is about: that of the last request, or of
// the one that a redirect of it would have led to.
func lastURL(r *browser.Result) string {
	if r.Failure.Reason == fetch.ReasonRedirectNotHTTP {
		return r.Failure.Got
	}
	return r.Request.CurrentURL().String()
}

// requestKind is what a message calls a request.
func requestKind(r *browser.Result) string {
	switch r.API {
	case browser.APIFetch:
		return "fetch"
	case browser.APIXHR:
		return "XMLHttpRequest"
	case browser.APIElement:
		return map[browser.Tag]string{
			browser.TagImg: "image", browser.TagScript: "script", browser.TagModule: "script",
			browser.TagStylesheet: "CSS stylesheet", browser.TagFont: "font",
			browser.TagAudio: "audio", browser.TagVideo: "video",
		}[r.Tag]
	}
	return "resource"
}
