package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// webkit is what WebKit prints: the reason of a failure, and then a line that
// names the URL.
type webkit struct{}

// issues returns nothing: WebKit has no codes.
func (webkit) issues(*browser.Result) []string { return nil }

func (w webkit) lines(r *browser.Result) []Line {
	if r.Frame() != nil {
		return w.appendErrors(w.frame(r), r.ModuleErrors())
	}
	if r.API == browser.APIWebSocket {
		return w.socket(r)
	}
	var lines []Line
	for _, name := range r.DroppedHeaders {
		lines = append(lines, webkitForbiddenHeader.line(fields{{"word", latin1(name)}}))
	}
	if _, ok := r.GivenBody().(browser.Bytes); ok && r.API == browser.APIXHR && r.Outcome != browser.Threw {
		lines = append(lines, webkitArrayBuffer.line(nil))
	}
	lines = append(lines, w.upgradeNotices(r)...)
	lines = append(lines, w.charsetNotice(r)...)
	lines = append(lines, w.blockedChallenges(r)...)
	lines = append(lines, w.unknownVariable(r)...)
	lines = append(lines, w.violations(r)...)
	if isCSP(r) {
		return append(lines, w.blockedByPolicy(r)...)
	}
	if r.Failure != nil && r.Failure.Reason == fetch.ReasonSyncResponseType {
		lines = append(lines, webkitSyncType.line(nil))
	}
	if r.Failure != nil && r.Failure.Reason == fetch.ReasonSyncTimeout {
		lines = append(lines, webkitSyncTimeout.line(nil))
	}
	if r.Failure == nil || r.Outcome == browser.Threw || r.Request == nil {
		return w.appendErrors(lines, r.ModuleErrors())
	}
	if r.Sync && r.Failure.Reason == fetch.ReasonBadPort {
		return lines
	}
	if r.HasNoError() {
		return append(lines, w.mixedContent(r))
	}
	if r.Failure.Reason == fetch.ReasonSyncXHRNotAllowed {
		return append(lines, webkitSyncForbidden.line(fields{{"origin", r.Request.Origin.String()}}))
	}
	for _, fetched := range serviceFetches(r) {
		lines = append(lines, w.lines(fetched)...)
	}
	if isIntegrity(r) {
		return append(lines, w.integrity(r)...)
	}
	if r.API == browser.APIBeacon {
		return append(lines, w.beacon(r)...)
	}
	if isServed(r) {
		return append(lines, w.serviceLines(r)...)
	}
	lines = w.appendReasons(slices.Grow(lines, 2), r)
	if l, ok := w.blocked(r); ok {
		lines = append(lines, l)
	}
	return lines
}

// appendReasons appends the lines that say why a result failed.
func (w webkit) appendReasons(lines []Line, r *browser.Result) []Line {
	f := r.Failure
	switch f.Reason {
	case fetch.ReasonMixedContent:
		if len(r.Request.URLList) > 1 || r.API == browser.APIElement || r.API == browser.APIBeacon || r.Client.Worker {
			return append(lines, w.mixedContent(r))
		}
		return append(lines, w.mixedContent(r), webkitNotRequested.line(nil))
	case fetch.ReasonNoCORSRedirectMode:
		if r.IsOfServiceWorker() {
			return append(lines, webkitNoCORSRedirect.line(nil))
		}
		return append(lines, webkitNoCORSRedirect.line(nil), webkitNotRequested.line(nil))
	case fetch.ReasonBeaconTooLarge:
		if r.Client.Worker {
			return lines
		}
		return append(lines, webkitQueueFull.line(nil))
	case fetch.ReasonNetworkFailure, fetch.ReasonResponseMalformed:
		if f.Preflight {
			return append(lines, connectionEnded(r))
		}
		return lines
	}
	if l, ok := w.redirectRefused(r); ok {
		if f.Reason == fetch.ReasonSchemeNotSupported && r.Request.CurrentURL().Scheme() == "file" && r.API != browser.APIElement && !r.Client.Worker {
			return append(lines, l, webkitNotRequested.line(nil))
		}
		return append(lines, l)
	}
	if l, ok := w.unusable(r); ok {
		return append(lines, l)
	}
	l, ok := w.accessControl(r)
	// Of a preload that was made in another mode, only the URL is named.
	if !ok || r.Preload() != nil && r.Preload().Failure == nil {
		return lines
	}
	if to := redirectTarget(r); to != "" {
		l = webkitRedirection.line(fields{{"url", to}}).holding(l)
	}
	return append(lines, l)
}

// beacon returns what is said of a beacon, whose line about the URL has the
// reason in it.
func (w webkit) beacon(r *browser.Result) []Line {
	lines := w.appendReasons(nil, r)
	var why Line
	switch {
	case r.Failure.Reason == fetch.ReasonMixedContent && len(r.Request.URLList) == 1:
		why = webkitNotRequested.line(nil)
	case r.Failure.Reason == fetch.ReasonMixedContent, r.Failure.Reason == fetch.ReasonRedirectNotHTTP && isRefusedByPage(r, r.FailedExchange()):
		why = webkitRedirectNotAllowed.line(nil)
	case r.Failure.Reason == fetch.ReasonBeaconTooLarge:
		return []Line{webkitBeacon.line(fields{{"url", w.failingURL(r)}}).holding(webkitQueueFull.line(nil))}
	case r.Failure.Reason == fetch.ReasonBadPort && !r.Failure.Preflight:
		why = webkitRestrictedPort.line(nil)
	case len(lines) > 0:
		why = lines[len(lines)-1]
	case r.Failure.Reason == fetch.ReasonNetworkFailure:
		why = connectionEnded(r)
	default:
		return lines
	}
	return append(lines, webkitBeacon.line(fields{{"url", w.failingURL(r)}}).holding(why))
}

// lineOfAPI is the line that names what could not be loaded: denied by access
// control, or failed otherwise.
type lineOfAPI struct{ denied, failed webkitMessage }

// linesOfAPIs are those lines, by the API that the page used.
var linesOfAPIs = map[browser.API]lineOfAPI{
	browser.APIFetch:       {webkitFetchDenied, webkitFetchFailed},
	browser.APIXHR:         {webkitXHRDenied, webkitXHRFailed},
	browser.APIEventSource: {webkitEventSourceDenied, webkitEventSourceFailed},
}

// blocked returns the line that names what could not be loaded; elements of
// some kinds have none.
func (w webkit) blocked(r *browser.Result) (Line, bool) {
	f := r.Failure
	if r.Client.Worker {
		return Line{}, false // a worker prints the reason alone
	}
	if isSchemeFailure(r) && (r.API == browser.APIElement || r.Request.CurrentURL().Scheme() == "about" && r.Request.Mode == fetch.ModeNoCORS) {
		return Line{}, false
	}
	failed := f.Reason == fetch.ReasonModeSameOrigin && len(r.Request.URLList) == 1 || f.Reason == fetch.ReasonDataURLMalformed
	if !failed && !isAccessControl(r) {
		return Line{}, false
	}
	if m, ok := linesOfAPIs[r.API]; ok {
		at := fields{{"url", w.failingURL(r)}}
		if failed {
			return m.failed.line(at), true
		}
		return m.denied.line(at), true
	}
	if f.Reason == fetch.ReasonMixedContent && len(r.Request.URLList) == 1 {
		return Line{}, false
	}
	switch r.Tag {
	case browser.TagImg:
		u := r.Request.URL().WithoutCredentials().WithoutFragment().String()
		if failed {
			return webkitImageFailed.line(fields{{"url", u}}), true
		}
		return webkitImageDenied.line(fields{{"kind", webkitImageKind}, {"url", u}}), true
	case browser.TagScript:
		return webkitScriptDenied.line(nil), true
	case browser.TagTrack:
		return webkitTrackDenied.line(nil), true
	}
	return Line{}, false
}

// isAccessControl reports whether a result failed by what WebKit calls access
// control.
func isAccessControl(r *browser.Result) bool {
	switch r.Failure.Reason {
	case fetch.ReasonNetworkFailure, fetch.ReasonResponseMalformed, fetch.ReasonBadPort, fetch.ReasonLocalNetworkDenied:
		return r.Failure.Preflight
	case fetch.ReasonElementStatus, fetch.ReasonElementType, fetch.ReasonElementUndecodable,
		fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked, fetch.ReasonEventSourceStatus, fetch.ReasonEventSourceType,
		fetch.ReasonUnexpectedPartialContent, fetch.ReasonURLMalformed, fetch.ReasonStreamBodyUnsupported, fetch.ReasonTimeout:
		return false
	case fetch.ReasonRedirectLocationMalformed:
		// Without CORS nobody looks at it before it is loaded.
		return r.Failure.Got != "" && r.FailedExchange().Tainting == fetch.TaintingCORS
	}
	return true
}
