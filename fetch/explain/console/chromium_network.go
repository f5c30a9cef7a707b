package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// refusedByPage returns the line about a request that fetch() itself does not
// make, or that a redirect led to.
func refusedByPage(r *browser.Result) (Line, bool) {
	u := r.Request.CurrentURL().String()
	if len(r.Request.URLList) > 1 || isTrack(r) {
		return chromiumUnsafeAttempt.line(fields{{"url", u}, {"page", r.Client.URL.String()}}), r.Failure.Reason == fetch.ReasonModeSameOrigin
	}
	isFetch := r.API == browser.APIFetch
	switch r.Failure.Reason {
	case fetch.ReasonModeSameOrigin:
		return chromiumSameOriginMode.line(fields{{"url", u}, {"origin", r.Client.Origin.String()}}), isFetch
	case fetch.ReasonNoCORSRedirectMode:
		return chromiumNoCORSRedirect.line(fields{{"url", u}}), isFetch
	}
	return chromiumURLScheme.line(fields{{"url", u}, {"word", r.Request.CurrentURL().Scheme()}}), isFetch
}

// displayIsolated are the schemes that only pages of the same scheme may show.
var displayIsolated = []string{"chrome", "chrome-untrusted", "chrome-search", "chrome-error", "devtools", "view-source"}

// isLocalResource reports whether the page's process refused a URL that web pages
// may not load: a file, a page of the browser itself, or a blob of another origin.
// fetch() refuses all but files in words of its own.
func isLocalResource(r *browser.Result) bool {
	switch r.Failure.Reason {
	case fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL:
	default:
		return false
	}
	u := r.Request.CurrentURL()
	switch {
	case len(r.Request.URLList) > 1:
		return false
	case u.Scheme() == "file":
		return true
	case r.API == browser.APIFetch:
		return false
	case u.Scheme() == "blob":
		return !u.HasOrigin(r.Client.Origin)
	}
	return slices.Contains(displayIsolated, u.Scheme())
}

// localURL is how the message shows such a URL: Chromium gives those of its own
// pages a path.
func localURL(r *browser.Result) string {
	u := r.Request.CurrentURL()
	if u.Path() == "" && slices.Contains(displayIsolated, u.Scheme()) {
		return u.String() + "/"
	}
	return u.String()
}

// blockedCode returns why the browser itself blocked a request or a response.
func blockedCode(r *browser.Result) (string, bool) {
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent:
		return "mixed-content", true
	case fetch.ReasonCSP, fetch.ReasonCSPRedirect:
		return "csp", !blockedByCall(r) && !blockedByPath(r)
	case fetch.ReasonURLCredentials:
		return "origin", true
	case fetch.ReasonModeSameOrigin:
		return "origin", len(r.Request.URLList) > 1 || isTrack(r)
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

// netErrors are the network errors that are behind reasons.
var netErrors = map[fetch.Reason]chromiumMessage{
	fetch.ReasonNetworkFailure:            chromiumEmptyResponse,
	fetch.ReasonBadPort:                   chromiumUnsafePort,
	fetch.ReasonRedirectLimit:             chromiumTooManyRedirects,
	fetch.ReasonRedirectLocationMalformed: chromiumInvalidRedirect,
	fetch.ReasonRedirectError:             chromiumFailed,
	fetch.ReasonRedirectStreamBody:        chromiumInvalidArgument,
	fetch.ReasonStreamBodyUnsupported:     chromiumNoHTTP2,
	fetch.ReasonDataURLMalformed:          chromiumInvalidURL,
	fetch.ReasonBlobURL:                   chromiumFileNotFound,
	fetch.ReasonOnlyIfCached:              chromiumCacheMiss,
	fetch.ReasonResponseMalformed:         chromiumInvalidResponse,
	fetch.ReasonOpaqueBlocked:             chromiumOpaqueBlocked,
}

// malformedErrors are the network errors of malformed answers, by the header that
// is malformed.
var malformedErrors = map[string]chromiumMessage{
	fetch.HeaderLocation:  chromiumTwoLocations,
	"Content-Disposition": chromiumTwoDispositions,
	"Proxy-Authenticate":  chromiumProxyAuthentication,
	"Content-Encoding":    chromiumUndecodable,
	"Content-Length":      chromiumLengthMismatch,
	"Transfer-Encoding":   chromiumIncompleteChunks,
}

// connectionErrors are the network errors of connections that failed, where it is
// known how.
var connectionErrors = map[fetch.ConnectionFault]chromiumMessage{
	fetch.FaultRefused: chromiumRefused, fetch.FaultReset: chromiumReset, fetch.FaultName: chromiumNameNotResolved,
	fetch.FaultUnreachable: chromiumUnreachable, fetch.FaultNotTLS: chromiumTLS, fetch.FaultTLSVersion: chromiumTLSVersion,
	fetch.FaultSelfSigned: chromiumAuthority, fetch.FaultAuthority: chromiumAuthority, fetch.FaultHostName: chromiumHostName,
	fetch.FaultExpired: chromiumDate, fetch.FaultNotYetValid: chromiumDate,
}

// netErrorOf returns the network error behind a failure.
func netErrorOf(r *browser.Result) (m chromiumMessage, ok bool) {
	f := r.Failure
	switch {
	case (f.Reason == fetch.ReasonRedirectNotHTTP || f.Reason == fetch.ReasonRedirectError) && isUnsafeRedirect(r):
		return chromiumUnsafeRedirect, true
	case f.Reason == fetch.ReasonRedirectNotHTTP, f.Reason == fetch.ReasonSchemeNotSupported && r.API != browser.APIFetch:
		return chromiumUnknownScheme, true
	case f.Reason == fetch.ReasonTimeout && r.Sync:
		return chromiumTimedOut, true
	case f.Reason == fetch.ReasonNetworkFailure:
		if m, ok = connectionErrors[faultOf(r)]; ok {
			return m, true
		}
	case f.Reason == fetch.ReasonResponseMalformed:
		if m, ok = malformedErrors[f.Header]; ok {
			return m, true
		}
	}
	m, ok = netErrors[f.Reason]
	return m, ok
}

// unsafeSchemes are those to which Chromium follows no redirect.
var unsafeSchemes = []string{"about", "blob", "data", "file", "filesystem"}

// isUnsafeRedirect reports whether a redirect that failed led to one of them.
func isUnsafeRedirect(r *browser.Result) bool {
	u, err := r.Request.CurrentURL().Parse(r.Failure.Got)
	return err == nil && slices.Contains(unsafeSchemes, u.Scheme())
}
