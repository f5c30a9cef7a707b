package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// chromium is what Chromium prints.
type chromium struct{}

// lines returns what the page printed before it sent anything, then why the
// call failed.
func (c chromium) lines(r *browser.Result) []Line {
	if r.Frame() != nil {
		return c.frame(r)
	}
	if r.API == browser.APIWebSocket {
		return c.socket(r)
	}
	var lines []Line
	for _, name := range r.DroppedHeaders {
		lines = append(lines, chromiumForbiddenHeader.line(fields{{"word", latin1(name)}}))
	}
	if word := r.UnknownResponseType(); word != "" {
		lines = append(lines, chromiumUnknownType.line(fields{{"value", word}}))
	}
	lines = append(lines, integrityNotices(r)...)
	if l, ok := upgradeNotice(r); ok {
		lines = append(lines, l)
	}
	if l, ok := upgradedMediaNotice(r); ok {
		lines = append(lines, l)
	}
	if m, ok := preloadMismatches[r.PreloadMismatch()]; ok {
		lines = append(lines, m.line(fields{{"url", r.Request.URL().WithoutFragment().String()}}))
	}
	lines = append(lines, insecureNotices(r)...)
	lines = append(lines, c.violations(r)...)
	if r.API == browser.APIWorker && r.Failure == nil {
		// The worker reads its policies, and so does the process that loads its script.
		notices := chromiumCSPReader.notices(r.Client.PolicyContainer.CSP)
		lines = append(append(lines, notices...), notices...)
	}
	for _, fetched := range serviceFetches(r) {
		lines = append(lines, c.lines(fetched)...)
	}
	if r.Failure != nil {
		if l, ok := c.failure(r); ok {
			lines = append(lines, l)
		}
		lines = append(lines, integrityLines(r)...)
		if l, ok := fontParsingError(r); ok {
			lines = append(lines, l)
		}
	}
	return lines
}

// failure returns the line about a result's failure; many have none.
func (c chromium) failure(r *browser.Result) (Line, bool) {
	f := r.Failure
	if r.Outcome == browser.Threw || r.Request == nil {
		return Line{}, false
	}
	if isServed(r) {
		return c.service(r), true
	}
	if isLocalResource(r) {
		return chromiumLocalResource.line(fields{{"url", localURL(r)}}), true
	}
	if e, ok := corsErrorOf(r); ok {
		return e.line(r), true
	}
	switch f.Reason {
	case fetch.ReasonMixedContent:
		return mixedContent(chromiumMixedBlocked, r, mixedContentKind(r), blockedURL(r)), true
	case fetch.ReasonCSP, fetch.ReasonCSPRedirect:
		if blockedByPath(r) {
			return chromiumLoadFailed.line(nil).holding(chromiumBlockedByCSP.line(nil)), true
		}
		return chromiumCSPFetch.line(fields{{"url", r.Request.URL().String()}}), r.API == browser.APIFetch && !isOfRedirect(r)
	case fetch.ReasonModeSameOrigin, fetch.ReasonNoCORSRedirectMode, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported:
		return refusedByPage(r)
	case fetch.ReasonCORP:
		// Nothing is said in a worker.
		return chromiumLoadFailed.line(nil).holding(chromiumCORP.line(fields{{"word", corpCode(f)}})), !r.Client.Worker
	case fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked, fetch.ReasonElementType:
		// Nothing is said where the status is to blame.
		if r.Tag == browser.TagModule && statusIsToBlame(r) {
			return Line{}, false
		}
		return wrongType(r)
	case fetch.ReasonElementUndecodable:
		if r.Tag == browser.TagFont {
			return chromiumFontUndecodable.line(fields{{"url", r.Request.URL().String()}}), true
		}
	case fetch.ReasonSyncXHRNotAllowed:
		return chromiumSyncForbidden.line(nil), true
	case fetch.ReasonEventSourceType:
		return chromiumEventStreamType.line(fields{{"value", typeRead(r)}}), true
	}
	return Line{}, false
}

// issues returns the names of CORS errors with what they are about, and the
// network errors and blocking reasons beside them.
func (c chromium) issues(r *browser.Result) []string {
	if r.Frame() != nil {
		return c.frameIssues(r)
	}
	if r.API == browser.APIWebSocket {
		return nil
	}
	var codes []string
	for _, fetched := range serviceFetches(r) {
		codes = append(codes, c.issues(fetched)...)
	}
	return append(codes, c.ownIssues(r)...)
}

// ownIssues returns the codes of the request itself.
func (c chromium) ownIssues(r *browser.Result) []string {
	f := r.Failure
	if r.Response != nil && r.Response.BodyFailure != nil {
		return []string{malformedErrors[r.Response.BodyFailure.Header].text()}
	}
	if f == nil || r.Outcome == browser.Threw || r.Request == nil {
		return nil
	}
	if isServed(r) {
		return []string{chromiumFailed.text()}
	}
	if isLocalResource(r) {
		return []string{"blocked: other"}
	}
	if e, ok := corsErrorOf(r); ok {
		if e.message == chromiumPreflightRedirect {
			return []string{chromiumInvalidRedirect.text(), e.issue(r)}
		}
		if e.twice {
			return []string{e.issue(r), e.issue(r)}
		}
		return []string{e.issue(r)}
	}
	if code, ok := blockedCode(r); ok {
		return []string{"blocked: " + code}
	}
	m, ok := netErrorOf(r)
	switch {
	case !ok:
		return nil
	case f.Preflight:
		// The preflight fails, and with it the request.
		return []string{m.text(), m.text()}
	}
	return []string{m.text()}
}
