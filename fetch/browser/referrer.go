package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// setReferrerOfFirstRequest gives a preflight the referrer of the request
// before any redirect.
func (f *fetcher) setReferrerOfFirstRequest(p *fetch.Request) {
	if !f.rules().PreflightMetadataOfFirstRequest || len(f.trace.Exchanges) == 0 {
		return
	}
	// WebKit: the network process uses the Referer header of the first request (preflight-metadata).
	first, ok := f.trace.Exchanges[0].Request.Header.Get("Referer")
	if u, err := origin.ParseURL(first); ok && err == nil {
		p.ReferrerURL, p.NoReferrer = u, false
	}
}

// elementReferrer returns the referrer of requests that neither fetch() nor
// XMLHttpRequest makes; the zero value is the standard's.
func (e *environment) elementReferrer() origin.URL {
	// Firefox: they send the document's URL even if it is sandboxed (sandboxed-elements-refer).
	if e.rules().SandboxedElementsSendReferrer && e.client.Origin.IsOpaque() {
		return e.client.URL
	}
	return origin.URL{}
}
