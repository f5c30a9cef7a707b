package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// setFirstReferrer gives a preflight the referrer of the request before any
// redirect.
func (f *fetcher) setFirstReferrer(p *fetch.Request) {
	if !f.rules().PreflightsOfFirstHop || len(f.trace.Exchanges) == 0 {
		return
	}
	// WebKit: the Referer header of the first request is at hand (preflight-metadata).
	first, ok := f.trace.Exchanges[0].Request.Header.Get("Referer")
	if u, err := origin.ParseURL(first); ok && err == nil {
		p.ReferrerURL, p.NoReferrer = u, false
	}
}

// elementReferrer is the referrer of requests that script did not compose; the
// zero value is the standard's.
func (e *environment) elementReferrer() origin.URL {
	// Firefox: these name the document, sandboxed or not (sandboxed-elements-refer).
	if e.rules().SandboxedElementsRefer && e.client.Origin.IsOpaque() {
		return e.client.URL
	}
	return origin.URL{}
}
