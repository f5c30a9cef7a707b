package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// setReferrer is step 14 of the constructor of Request: the referrer that script gives.
// https://fetch.spec.whatwg.org/#dom-request
func (e *environment) setReferrer(req *fetch.Request, init *FetchInit) *fetch.Failure {
	// Step 14.2: the empty string is not a referrer.
	if init.ReferrerEmpty {
		req.NoReferrer = true
		// Firefox, WebKit: the referrer policy is then "no-referrer" (no-referrer-is-a-policy).
		if e.rules().NoReferrerIsPolicy {
			req.ReferrerPolicy = fetch.ReferrerPolicyNoReferrer
		}
		return nil
	}
	if init.Referrer == "" {
		return nil
	}
	// Step 14.3: a URL of the page's origin; all others stand for the page.
	u, err := e.client.URL.Parse(init.Referrer)
	if err != nil {
		return thrown(anchorRequest, "14.3.2", fetch.ReasonURLMalformed, init.Referrer)
	}
	if u.HasOrigin(e.client.Origin) {
		req.ReferrerURL = u
	}
	return nil
}

// determineReferrer determines the referrer of a request, by its referrer policy or the
// one that the browser uses instead.
func (f *fetcher) determineReferrer() {
	if f.redirectsUnseen() {
		return // it stays as it is
	}
	req, r := f.req, f.rules()
	hidden := req.NoReferrer && len(req.URLList) > 1 // before the redirect
	if !r.RelaxedReferrerOnlyInSite || hidden || isSocket(req) || req.CurrentURL().IsLocal() || !policy.IsRelaxed(req.ReferrerPolicy) || f.staysInSite() {
		r.referrer.Determine(req)
		return
	}
	// Firefox: the default policy takes the place of a less strict one (referrer-policies-in-site).
	ignored := req.ReferrerPolicy
	// Of what a service worker passes on, the page has said so.
	if c, ok := f.memory.result.call.init.(serviceWorkerCall); !ok || !c.passes {
		f.trace.IgnoredReferrerPolicies = append(f.trace.IgnoredReferrerPolicies, IgnoredReferrerPolicy{
			URL: req.CurrentURL(), Policy: ignored, FromRedirect: f.policyOfRedirect,
		})
	}
	req.ReferrerPolicy = fetch.ReferrerPolicyStrictOriginWhenCrossOrigin
	r.referrer.Determine(req)
	req.ReferrerPolicy = ignored
}

// staysInSite reports whether a request goes to the site of its origin, whatever the scheme. A
// request with CORS whose origin redirects have tainted goes to no site.
func (f *fetcher) staysInSite() bool {
	req := f.req
	if req.Mode == fetch.ModeCORS && req.SerializeOrigin() == "null" {
		return false
	}
	return origin.SchemelesslySameSite(req.Origin, req.CurrentURL().Origin())
}

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
