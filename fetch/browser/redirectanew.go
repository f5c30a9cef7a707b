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
	if r := f.rules(); !r.RedirectsStartAnew && !r.PreflightAgainAfterRedirects && !r.HeadersAgainAfterRedirects {
		return startingPoint{}
	}
	header := f.req.Header.Clone()
	return startingPoint{
		method: f.req.Method, header: header,
		unsafe: f.req.UnsafeRequest && len(f.rules().preflight.Safelist.UnsafeCauses(header)) > 0,
	}
}

// startAnew gives a redirected request the page's headers again. What goes
// with a body is left out by this redirect's status and the method of the page,
// and not by what earlier redirects have done; the headers that a preflight asks
// for go by the method as it stands.
func (f *fetcher) startAnew(status int, to origin.URL) {
	if !f.rules().RedirectsStartAnew {
		return
	}
	req := f.req
	if f.api == APIBeacon {
		// Firefox: the network layer has no page's headers of a beacon, only the names that a preflight asked for.
		if f.preflighted {
			req.PreflightHeader = f.start.header
		}
		return
	}
	req.Header = f.start.header.Clone()
	if dropsBody(f.start.method, status) {
		req.Header.DeleteFunc(fetch.IsRequestBodyHeaderName)
	}
	req.PreflightHeader = f.start.header.Clone()
	if dropsBody(req.Method, status) {
		req.PreflightHeader.DeleteFunc(fetch.IsRequestBodyHeaderName)
	}
	if !req.CurrentURL().SameOrigin(to) {
		req.PreflightHeader.DeleteFunc(fetch.IsCORSNonWildcardRequestHeaderName)
	}
	req.PreflightAgain = f.start.unsafe || len(f.decision.Causes) > 0
}

// askAgain makes the preflights after a redirect those of the request as the
// page made it, and gives the request itself its headers again where CORS is in
// play. Authorization stays away for good.
func (f *fetcher) askAgain(status int, to origin.URL) {
	req, r := f.req, f.rules()
	if r.PreflightAgainAfterRedirects {
		// WebKit: once preflighted, always preflighted (preflight-again-after-redirects).
		req.PreflightHeader, req.PreflightAgain = f.start.header, f.preflighted
	}
	underCORS := req.Mode == fetch.ModeCORS && (req.Tainting == fetch.TaintingCORS || !to.HasOrigin(req.Origin))
	if !r.HeadersAgainAfterRedirects {
		return
	}
	if !underCORS {
		f.typeAgain(status, to)
		return
	}
	// WebKit: the network process copies the headers that it got first (headers-again-after-redirects).
	authorized := req.Header.Contains("Authorization")
	req.Header = f.start.header.Clone()
	if !authorized {
		req.Header.DeleteFunc(fetch.IsCORSNonWildcardRequestHeaderName)
	}
}

// typeAgain gives a request outside CORS its Content-Type again that an earlier
// redirect has taken away.
func (f *fetcher) typeAgain(status int, to origin.URL) {
	// WebKit: a request keeps its type apart from its headers (headers-again-after-redirects).
	req := f.req
	value, typed := f.start.header.Get("Content-Type")
	keepsBody := status == 307 || status == 308
	if typed && keepsBody && !f.typeGone && !req.Header.Contains("Content-Type") {
		req.Header.Append("Content-Type", value)
	}
	// The page's process looks at what leaves the page's origin; beacons it does not follow.
	isOwn := func(u origin.URL) bool { return u.HasOrigin(req.Origin) }
	leaves := isOwn(req.CurrentURL()) && req.RedirectTaint() == fetch.TaintSameOrigin && !isOwn(to)
	if f.api != APIBeacon && leaves && dropsBody(req.Method, status) {
		f.typeGone = true
	}
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
