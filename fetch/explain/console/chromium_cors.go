package console

import (
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// corsError is one of Chromium's CORS errors.
type corsError struct {
	message chromiumMessage
	values  fields
	options []string
	// parameter is the value that it is about.
	parameter string
	// failedPreflight says that the line begins with the preflight.
	failedPreflight bool
	// twice says that the error is filed for the preflight and for the request.
	twice bool
}

// preflightErrors are the errors that only preflights have, by reason.
var preflightErrors = map[fetch.Reason]corsError{
	fetch.ReasonPreflightStatus:       {message: chromiumPreflightStatus, failedPreflight: true},
	fetch.ReasonPreflightRedirect:     {message: chromiumPreflightRedirect, failedPreflight: true},
	fetch.ReasonAllowMethodsMalformed: {message: chromiumMethodsMalformed},
	fetch.ReasonAllowHeadersMalformed: {message: chromiumHeadersMalformed},
}

// corsErrorOf returns the CORS error that a result's failure is to Chromium.
func corsErrorOf(r *browser.Result) (corsError, bool) {
	f := r.Failure
	if e, ok := accessError(r); ok {
		e.failedPreflight = f.Preflight
		return e, true
	}
	if e, ok := preflightErrors[f.Reason]; ok {
		return e, true
	}
	if e, ok := localNetworkError(r); ok {
		return e, true
	}
	switch f.Reason {
	case fetch.ReasonMethodNotAllowed:
		return corsError{message: chromiumMethodNotListed, values: fields{{"word", f.Got}}, parameter: f.Got}, true
	case fetch.ReasonHeaderNotAllowed:
		return corsError{message: chromiumHeaderNotListed, values: fields{{"word", f.Got}}, parameter: f.Got}, true
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

// accessErrors are the errors of the CORS check, by reason.
var accessErrors = map[fetch.Reason]chromiumMessage{
	fetch.ReasonAllowOriginMissing:      chromiumNoAllowOrigin,
	fetch.ReasonAllowOriginMultiple:     chromiumSeveralAllowOrigins,
	fetch.ReasonAllowOriginInvalid:      chromiumInvalidAllowOrigin,
	fetch.ReasonAllowOriginMismatch:     chromiumOtherAllowOrigin,
	fetch.ReasonAllowOriginWildcard:     chromiumWildcard,
	fetch.ReasonAllowCredentialsMissing: chromiumNoCredentials,
	fetch.ReasonAllowCredentialsNotTrue: chromiumNoCredentials,
}

// accessError returns the errors of the CORS check.
func accessError(r *browser.Result) (corsError, bool) {
	f := r.Failure
	m, ok := accessErrors[f.Reason]
	if !ok {
		return corsError{}, false
	}
	if m == chromiumInvalidAllowOrigin && isURLWithSpaces(f.Got) {
		m = chromiumOtherAllowOrigin
	}
	e := corsError{message: m, values: fields{{"value", escaped(f.Got)}}, parameter: f.Got}
	switch {
	case m == chromiumNoAllowOrigin:
		return corsError{message: m}, true
	case m == chromiumWildcard:
		e.values, e.parameter = nil, ""
		e.addHint(r, browser.APIXHR, chromiumXHRHint)
	case m == chromiumNoCredentials:
		e.addHint(r, browser.APIXHR, chromiumXHRHint)
	default:
		e.addHint(r, browser.APIFetch, chromiumValueHint)
	}
	return e, true
}

// addHint adds what is said to the callers of one API.
func (e *corsError) addHint(r *browser.Result, api browser.API, hint string) {
	if r.API == api {
		e.options = []string{hint}
	}
}

// loaderError returns the errors that are about URLs and modes.
func loaderError(r *browser.Result) (corsError, bool) {
	f := r.Failure
	switch {
	case f.Reason == fetch.ReasonRedirectCredentials:
		// The location is never filled in.
		return corsError{message: chromiumRedirectCredentials, values: fields{{"value", ""}}}, true
	case f.Reason == fetch.ReasonRedirectNotHTTP && r.Request.Mode == fetch.ModeCORS && !isUnsafeRedirect(r),
		f.Reason == fetch.ReasonSchemeNotHTTP && r.API != browser.APIFetch:
		return corsError{message: chromiumScheme, values: fields{{"line", chromiumSchemes}}}, true
	case f.Reason == fetch.ReasonModeSameOrigin && r.API != browser.APIFetch && !isTrack(r):
		return corsError{message: chromiumMode}, true
	}
	return corsError{}, false
}

// issue is how an error is filed. A value that is not UTF-8 gets lost.
func (e corsError) issue(r *browser.Result) string {
	l := e.line(r)
	l.describe()
	if e.parameter == "" || !utf8.ValidString(e.parameter) {
		return l.Code
	}
	return l.Code + ": " + e.parameter
}

// line is the line on the console.
func (e corsError) line(r *browser.Result) Line {
	l := e.message.line(e.values, e.options...)
	if e.failedPreflight {
		l = chromiumPreflight.line(nil).holding(l)
	}
	last, first, asker := lastURL(r), r.Request.URL().String(), r.Client.Origin.String()
	if last != first {
		return chromiumBlockedRedirected.line(fields{{"kind", requestKind(r)}, {"url", last}, {"from", first}, {"origin", asker}}).holding(l)
	}
	return chromiumBlocked.line(fields{{"kind", requestKind(r)}, {"url", last}, {"origin", asker}}).holding(l)
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
		return chromiumKinds[kindOf(r)]
	}
	return "resource"
}
