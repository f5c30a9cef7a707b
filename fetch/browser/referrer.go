package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// maxReferrer is the number of bytes from which a referrer is cut down to its
// origin.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
const maxReferrer = 4096

// determineReferrer replaces a request's referrer by what its Referer header
// will say.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
func (r *rules) determineReferrer(req *fetch.Request) {
	if req.NoReferrer {
		return
	}
	// Step 3: the page, unless a URL is already given. A page with an opaque
	// origin gives nothing away.
	source := req.ReferrerURL
	if source.IsZero() {
		// WebKit: it does (sandboxed-pages-refer).
		if req.Client.Origin.IsOpaque() && !r.SandboxedPagesRefer {
			req.NoReferrer = true
			return
		}
		source = req.Client.URL
	}
	// Steps 4 and 5: the page's URL and its origin alone.
	full, ok := stripForReferrer(source)
	if !ok {
		req.NoReferrer = true
		return
	}
	originOnly := full.Root()
	// Step 6: overlong URLs are cut.
	if len(full.String()) > maxReferrer {
		full = originOnly
	}
	// Step 8: by policy.
	req.ReferrerURL, ok = r.applyReferrerPolicy(req, full, originOnly)
	req.NoReferrer = !ok
}

// referAsFirst gives a preflight the referrer of the request before any
// redirect.
func (f *fetcher) referAsFirst(p *fetch.Request) {
	if !f.page.rules().PreflightsOfFirstHop || len(f.trace.Exchanges) == 0 {
		return
	}
	// WebKit: the Referer header of the first request is at hand (preflight-metadata).
	first, ok := f.trace.Exchanges[0].Request.Header.Get("Referer")
	if u, err := origin.ParseURL(first); ok && err == nil {
		p.ReferrerURL, p.NoReferrer = u, false
	}
}

// elementReferrer is the referrer that requests have which script did not
// compose; the zero value is the standard's.
func (p *Page) elementReferrer() origin.URL {
	// Firefox: these name the document, sandboxed or not (sandboxed-elements-refer).
	if p.rules().SandboxedElementsRefer && p.client.Origin.IsOpaque() {
		return p.client.URL
	}
	return origin.URL{}
}

// policyOf returns a client's referrer policy, which is never empty.
// https://w3c.github.io/webappsec-referrer-policy/#default-referrer-policy
func policyOf(client *fetch.Client) fetch.ReferrerPolicy {
	if client.ReferrerPolicy == fetch.ReferrerPolicyEmpty {
		return fetch.ReferrerPolicyStrictOriginWhenCrossOrigin
	}
	return client.ReferrerPolicy
}

// applyReferrerPolicy picks the full URL, the origin or nothing.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
func (r *rules) applyReferrerPolicy(req *fetch.Request, full, originOnly origin.URL) (u origin.URL, ok bool) {
	target := req.CurrentURL()
	sameOrigin := full.Origin() == target.Origin()
	downgrade := full.IsPotentiallyTrustworthy() && !target.IsPotentiallyTrustworthy()
	// Chromium: only the schemes are compared (referrer-downgrade-by-scheme).
	if r.ReferrerDowngradeByScheme {
		downgrade = full.Scheme() == "https" && target.Scheme() != "https"
	}
	switch req.ReferrerPolicy {
	case fetch.ReferrerPolicyNoReferrer:
		return origin.URL{}, false
	case fetch.ReferrerPolicyOrigin:
		return originOnly, true
	case fetch.ReferrerPolicyUnsafeURL:
		return full, true
	case fetch.ReferrerPolicyStrictOrigin:
		return originOnly, !downgrade
	case fetch.ReferrerPolicyStrictOriginWhenCrossOrigin:
		if sameOrigin {
			return full, true
		}
		return originOnly, !downgrade
	case fetch.ReferrerPolicySameOrigin:
		return full, sameOrigin
	case fetch.ReferrerPolicyOriginWhenCrossOrigin:
		if sameOrigin {
			return full, true
		}
		return originOnly, true
	}
	// The one left is "no-referrer-when-downgrade".
	return full, !downgrade
}

// stripForReferrer removes what a referrer never shows; ok is false for URLs
// that are none.
// https://w3c.github.io/webappsec-referrer-policy/#strip-url
func stripForReferrer(u origin.URL) (stripped origin.URL, ok bool) {
	if u.IsLocal() {
		return origin.URL{}, false
	}
	return u.WithoutCredentials().WithFragment("", false), true
}

// setReferrerPolicyOnRedirect takes over the referrer policy of a redirect.
// https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect
func setReferrerPolicyOnRedirect(req *fetch.Request, resp *fetch.Response) {
	if policy := parseReferrerPolicy(resp.Header); policy != fetch.ReferrerPolicyEmpty {
		req.ReferrerPolicy = policy
	}
}

// parseReferrerPolicy reads the last known word of a Referrer-Policy header.
// https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header
func parseReferrerPolicy(header fetch.HeaderList) fetch.ReferrerPolicy {
	policy := fetch.ReferrerPolicyEmpty
	words, _ := header.GetDecodeSplit("Referrer-Policy")
	for _, word := range words {
		switch p := fetch.ReferrerPolicy(strings.ToLower(word)); p {
		case fetch.ReferrerPolicyNoReferrer, fetch.ReferrerPolicyNoReferrerWhenDowngrade,
			fetch.ReferrerPolicySameOrigin, fetch.ReferrerPolicyOrigin, fetch.ReferrerPolicyStrictOrigin,
			fetch.ReferrerPolicyOriginWhenCrossOrigin, fetch.ReferrerPolicyStrictOriginWhenCrossOrigin,
			fetch.ReferrerPolicyUnsafeURL:
			policy = p
		}
	}
	return policy
}
