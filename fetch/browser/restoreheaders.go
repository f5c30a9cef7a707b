package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// originalRequest is what a profile needs of the request before any redirect.
type originalRequest struct {
	method string
	header fetch.HeaderList
	// hasUnsafeHeaders reports whether the headers alone need a preflight.
	hasUnsafeHeaders bool
}

// recordOriginal returns the request as the API made it, before the first redirect changes
// it; nil if no rule needs it.
func (f *fetcher) recordOriginal() *originalRequest {
	if r := f.rules(); !r.RestoreHeadersOnRedirect && !r.PreflightAfterEachRedirect && !r.RestoreHeadersWithCORS {
		return nil
	}
	header := f.req.Header.Clone()
	return &originalRequest{
		method: f.req.Method, header: header,
		hasUnsafeHeaders: f.req.UnsafeRequest && len(f.rules().preflight.Safelist.UnsafeCauses(header)) > 0,
	}
}

// restoreHeaders gives a redirected request the headers that script set. It
// removes what this redirect alone removes from the original request. The next
// preflight asks for the headers that this redirect leaves with the request's
// current method.
func (f *fetcher) restoreHeaders(status int, to origin.URL) {
	if !f.rules().RestoreHeadersOnRedirect {
		return
	}
	req := f.req
	if f.api == APIBeacon {
		// Firefox: a beacon's type is not restored, but preflights still ask for it (redirect-from-page-headers).
		if f.preflighted {
			f.redirected = &fetch.Redirected{Header: f.original.header}
		}
		return
	}
	typed := req.Header.Contains("Content-Type")
	req.Header = f.original.header.Clone()
	if becomesGET(f.original.method, status) {
		req.Header.DeleteFunc(fetch.IsRequestBodyHeaderName)
	}
	ofBody := f.hasTypeOfBody()
	if ofBody && !typed {
		req.Header.Delete("Content-Type")
	}
	f.redirected = &fetch.Redirected{Header: f.original.header.Clone()}
	if becomesGET(req.Method, status) && !ofBody {
		f.redirected.Header.DeleteFunc(fetch.IsRequestBodyHeaderName)
	}
	if !req.CurrentURL().SameOrigin(to) {
		f.redirected.Header.DeleteFunc(fetch.IsCORSNonWildcardRequestHeaderName)
	}
	f.redirected.Preflighted = f.original.hasUnsafeHeaders || len(f.decision.Causes) > 0
}

// hasTypeOfBody reports whether the type of an XMLHttpRequest is that of its body, because
// script has set none.
func (f *fetcher) hasTypeOfBody() bool {
	init, ok := f.memory.result.call.init.(*XHRInit)
	return ok && !init.Header.Contains("Content-Type")
}

// repeatPreflight makes a request need a preflight after a redirect if it
// needed one before. The preflight asks for the headers that script set.
func (f *fetcher) repeatPreflight() {
	if f.rules().PreflightAfterEachRedirect {
		f.redirected = &fetch.Redirected{Header: f.original.header, Preflighted: f.preflighted}
	}
}

// restoreHeadersWithCORS gives a redirected request that uses CORS the headers
// that script set. Authorization stays removed.
func (f *fetcher) restoreHeadersWithCORS(status int, to origin.URL) {
	req := f.req
	if !f.rules().RestoreHeadersWithCORS {
		return
	}
	usesCORS := req.Mode == fetch.ModeCORS && (req.Tainting == fetch.TaintingCORS || !to.HasOrigin(req.Origin))
	if !usesCORS {
		f.restoreContentType(status, to)
		return
	}
	// WebKit: the network process copies the headers that it got at first (headers-again-after-redirects).
	authorized := req.Header.Contains("Authorization")
	req.Header = f.original.header.Clone()
	if !authorized {
		req.Header.DeleteFunc(fetch.IsCORSNonWildcardRequestHeaderName)
	}
}

// restoreContentType gives a request without CORS the Content-Type that an
// earlier redirect has removed.
func (f *fetcher) restoreContentType(status int, to origin.URL) {
	// WebKit: a request stores its type separately from its headers (headers-again-after-redirects).
	req := f.req
	value, typed := f.original.header.Get("Content-Type")
	keepsBody := status == 307 || status == 308
	if typed && keepsBody && !f.contentTypeLost && !req.Header.Contains("Content-Type") {
		req.Header.Append("Content-Type", value)
	}
	// The page's process removes the type when a request leaves the page's origin. It does not follow beacons.
	isOwn := func(u origin.URL) bool { return u.HasOrigin(req.Origin) }
	leaves := isOwn(req.CurrentURL()) && req.RedirectTaint() == fetch.TaintSameOrigin && !isOwn(to)
	if f.api != APIBeacon && leaves && becomesGET(req.Method, status) {
		f.contentTypeLost = true
	}
}

// becomesGET reports whether a redirect with a status changes a method to GET.
func becomesGET(method string, status int) bool {
	switch status {
	case 301, 302:
		return method == "POST"
	case 303:
		return method != "HEAD" && method != "GET"
	}
	return false
}
