package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// startingPoint is what a request was before redirects changed it.
type startingPoint struct {
	method string
	header fetch.HeaderList
	// unsafe reports whether the headers alone would need a preflight.
	unsafe bool
}

// startingPoint takes down the request as the page made it.
func (f *fetcher) startingPoint() startingPoint {
	if !f.page.rules().RedirectsStartAnew {
		return startingPoint{}
	}
	header := f.req.Header.Clone()
	return startingPoint{
		method: f.req.Method, header: header,
		unsafe: f.req.UnsafeRequest && len(f.page.rules().preflight.Safelist.UnsafeCauses(header)) > 0,
	}
}

// startAnew gives a redirected request the page's headers again. What goes
// with a body is left out by this redirect's status and the method of the page,
// and not by what earlier redirects have done; the headers that a preflight asks
// for go by the method as it stands.
func (f *fetcher) startAnew(status int, to origin.URL) {
	if !f.page.rules().RedirectsStartAnew {
		return
	}
	req := f.req
	req.Header = f.start.header.Clone()
	if dropsBody(f.start.method, status) {
		req.Header.DeleteFunc(fetch.IsRequestBodyHeaderName)
	}
	req.PreflightHeader = f.start.header.Clone()
	if dropsBody(req.Method, status) {
		req.PreflightHeader.DeleteFunc(fetch.IsRequestBodyHeaderName)
	}
	if req.CurrentURL().Origin() != to.Origin() {
		req.PreflightHeader.DeleteFunc(fetch.IsCORSNonWildcardRequestHeaderName)
	}
	req.PreflightAgain = f.start.unsafe || len(f.decision.Causes) > 0
}

// dropsBody reports whether a redirect turns a method into GET.
func dropsBody(method string, status int) bool {
	switch status {
	case 301, 302:
		return method == "POST"
	case 303:
		return method != "HEAD" && method != "GET"
	}
	return false
}
