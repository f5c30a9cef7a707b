package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

func (m chromiumServiceMessage) line(values fields) Line {
	return lineOf(&chromiumServiceMessages[m], values)
}
func (m firefoxServiceMessage) line(values fields) Line {
	return lineOf(&firefoxServiceMessages[m], values)
}
func (m webkitServiceMessage) line(values fields) Line {
	return lineOf(&webkitServiceMessages[m], values)
}

// serviceFetches returns the results of what the service worker of a page fetched to respond.
func serviceFetches(r *browser.Result) []*browser.Result {
	var out []*browser.Result
	for _, answer := range r.ServiceWorker() {
		if answer.Fetch != nil {
			out = append(out, answer.Fetch)
		}
	}
	return out
}

// servedLast returns what the service worker did last; ok is false where it did not respond.
func servedLast(r *browser.Result) (answer browser.ServiceWorkerAnswer, ok bool) {
	answers := r.ServiceWorker()
	if len(answers) == 0 {
		return answer, false
	}
	return answers[len(answers)-1], true
}

// answeringURL returns the URL of the response that failed: what a service worker fetched has one
// of its own.
func answeringURL(r *browser.Result) origin.URL {
	if answer, ok := servedLast(r); ok && answer.Fetch != nil && isServed(r) {
		return answer.Fetch.Request.CurrentURL()
	}
	return r.FailedExchange().URL
}

// serviceRefusals are the messages about responses that a request does not get, by what
// the failure says of them.
type serviceRefusals[T any] struct{ opaque, cors, opaqueRedirect, redirected T }

func (s serviceRefusals[T]) of(got string) T {
	switch got {
	case fetch.ResponseOpaque.String():
		return s.opaque
	case fetch.ResponseCORS.String():
		return s.cors
	case fetch.ResponseOpaqueRedirect.String():
		return s.opaqueRedirect
	}
	return s.redirected
}

var (
	chromiumServiceRefusals = serviceRefusals[chromiumServiceMessage]{chromiumServiceOpaque, chromiumServiceCORS, chromiumServiceOpaqueRedirect, chromiumServiceRedirected}
	firefoxServiceRefusals  = serviceRefusals[firefoxServiceMessage]{firefoxServiceOpaque, firefoxServiceCORS, firefoxServiceOpaqueRedirect, firefoxServiceRedirected}
	webkitServiceRefusals   = serviceRefusals[webkitServiceMessage]{webkitServiceOpaque, webkitServiceCORS, webkitServiceOpaqueRedirect, webkitServiceRedirected}
	webkitServiceThrown     = serviceRefusals[webkitServiceMessage]{webkitServiceOpaqueThrown, webkitServiceCORSThrown, webkitServiceOpaqueRedirectThrown, webkitServiceRedirectedThrown}
)

// isServed reports whether a result failed because of the response of a service worker.
func isServed(r *browser.Result) bool {
	if r.Failure == nil {
		return false
	}
	if r.Failure.Reason == fetch.ReasonMixedContent {
		return false // that of a redirect, which has words of its own
	}
	x := r.FailedExchange()
	return x != nil && x.FromServiceWorker && x.Failure == r.Failure
}

// service returns what Chromium says of the response of a service worker that the page did not
// get.
func (chromium) service(r *browser.Result) Line {
	answer, _ := servedLast(r)
	at := fields{{"url", answer.URL.String()}}
	switch {
	case r.Failure.Reason == fetch.ReasonCORP:
		return chromiumServicePolicy.line(at)
	case r.Failure.Reason == fetch.ReasonServiceWorkerResponse:
		return chromiumServiceRefusals.of(r.Failure.Got).line(at)
	case answer.Do == browser.ServiceWorkerFails:
		return chromiumServiceError.line(at)
	}
	return chromiumServiceRejected.line(at)
}

// serviceRedirects returns what Firefox says of each redirect that a service worker makes: it
// looks for a URL that the response does not have.
func (firefox) serviceRedirects(r *browser.Result) []Line {
	var lines []Line
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.FromServiceWorker && x.Location != nil && (r.Failure == nil || r.Failure.Reason != fetch.ReasonModeSameOrigin) {
			lines = append(lines, firefoxServiceNoURL.line(nil))
		}
	}
	return lines
}

// service returns what Firefox says of the response of a service worker that the page did not
// get.
func (firefox) service(r *browser.Result) Line {
	answer, _ := servedLast(r)
	at := fields{{"url", answer.URL.String()}}
	switch {
	case r.Failure.Reason == fetch.ReasonCORP:
		if answer.Fetch == nil {
			return firefoxServiceNoURL.line(nil)
		}
		return firefoxServiceUnexpected.line(fields{{"url", answeringURL(r).String()}})
	case r.Failure.Reason == fetch.ReasonServiceWorkerResponse && r.Failure.Got == fetch.ResponseOpaque.String():
		return firefoxServiceOpaque.line(append(at, Field{"word", r.Request.Mode.String()}))
	case r.Failure.Reason == fetch.ReasonServiceWorkerResponse && r.Failure.Got == fetch.ResponseCORS.String():
		return firefoxServiceCORS.line(append(at, Field{"page", answer.Fetch.Request.CurrentURL().String()}))
	case r.Failure.Reason == fetch.ReasonServiceWorkerResponse:
		return firefoxServiceRefusals.of(r.Failure.Got).line(at)
	case answer.Do == browser.ServiceWorkerFails:
		return firefoxServiceError.line(at)
	}
	return firefoxServiceRejected.line(at)
}

// afterService returns what Firefox says then.
func (f firefox) afterService(r *browser.Result) []Line {
	if r.Failure.Reason != fetch.ReasonCORP {
		return f.didNotSucceed(r)
	}
	if isFetchedElsewhere(r) {
		return nil
	}
	return []Line{firefoxCORP.line(fields{{"url", answeringURL(r).String()}, {"line", firefoxCORPPage}})}
}

// service returns what WebKit says of it, and what fetch() throws.
func (webkit) service(r *browser.Result) (line, thrown Line) {
	answer, _ := servedLast(r)
	switch {
	case r.Failure.Reason == fetch.ReasonServiceWorkerResponse:
		return webkitServiceRefusals.of(r.Failure.Got).line(nil), webkitServiceThrown.of(r.Failure.Got).line(nil)
	case answer.Do == browser.ServiceWorkerFails:
		return webkitServiceError.line(nil), webkitServiceErrorThrown.line(nil)
	}
	return webkitServiceRejected.line(nil), webkitServiceRejectedThrown.line(nil)
}

// serviceLines returns what WebKit prints of the response of a service worker that the page did
// not get: why, and a line with the URL.
func (w webkit) serviceLines(r *browser.Result) []Line {
	isElement := r.API == browser.APIElement
	if !isServiceReason(r.Failure.Reason) {
		// An element says it twice.
		lines := w.appendReasons(nil, r)
		if isElement {
			lines = append(append(lines, webkitServiceElement.line(fields{{"url", r.Request.URL().String()}})), lines...)
		}
		if l, ok := w.blocked(r); ok {
			lines = append(lines, l)
		}
		return lines
	}
	why, _ := w.service(r)
	answer, _ := servedLast(r)
	m, named := linesOfAPIs[r.API]
	at := fields{{"url", answer.URL.String()}}
	switch {
	case r.Client.Worker:
		return []Line{why}
	case answer.Do == browser.ServiceWorkerFails && isElement:
		return []Line{why, webkitServiceElementUnnamed.line(nil)}
	case answer.Do == browser.ServiceWorkerFails:
		return []Line{why}
	case r.Failure.Reason == fetch.ReasonServiceWorkerResponse:
		at[0].Value = answer.Fetch.Request.CurrentURL().String()
		if named {
			return []Line{why, m.denied.line(at)}
		}
	}
	if named {
		return []Line{why, m.failed.line(at)}
	}
	if isElement {
		return []Line{why, webkitServiceElement.line(at)}
	}
	return []Line{why}
}

// isServiceReason reports whether a reason is one of service workers alone.
func isServiceReason(reason fetch.Reason) bool {
	return reason == fetch.ReasonServiceWorkerError || reason == fetch.ReasonServiceWorkerResponse
}
