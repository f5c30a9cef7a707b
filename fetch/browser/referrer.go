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
	source := &req.ReferrerURL
	if source.IsZero() {
		// WebKit: it does (sandboxed-pages-refer).
		if req.Client.Origin.IsOpaque() && !r.SandboxedPagesRefer {
			req.NoReferrer = true
			return
		}
		source = &req.Client.URL
	}
	// Step 8, which looks only at the referrer's origin: by policy.
	shown := r.shownReferrer(req, source)
	// Steps 4 and 5: the page's URL or its origin alone, neither of which a local
	// URL has.
	if req.NoReferrer = shown == referrerNone || source.IsLocal(); req.NoReferrer {
		req.ReferrerURL = origin.URL{}
		return
	}
	req.ReferrerURL = source.WithoutCredentials().WithFragment("", false)
	// Step 6: overlong URLs are cut.
	if shown == referrerOrigin || len(req.ReferrerURL.String()) > maxReferrer {
		req.ReferrerURL = req.ReferrerURL.Root()
	}
}

// referAsFirst gives a preflight the referrer of the request before any
// redirect.
func (f *fetcher) referAsFirst(p *fetch.Request) {
	if !f.rules().PreflightsOfFirstHop || len(f.trace.Exchanges) == 0 {
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

// referrer is how much of the page's URL a Referer header shows.
type referrer uint8

const (
	referrerNone referrer = iota
	referrerOrigin
	referrerFull
)

// referrers says what each referrer policy shows to the same origin, to another
// one, and to another one that is a downgrade.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
var referrers = map[fetch.ReferrerPolicy][3]referrer{
	fetch.ReferrerPolicyNoReferrer:                  {referrerNone, referrerNone, referrerNone},
	fetch.ReferrerPolicyNoReferrerWhenDowngrade:     {referrerFull, referrerFull, referrerNone},
	fetch.ReferrerPolicySameOrigin:                  {referrerFull, referrerNone, referrerNone},
	fetch.ReferrerPolicyOrigin:                      {referrerOrigin, referrerOrigin, referrerOrigin},
	fetch.ReferrerPolicyStrictOrigin:                {referrerOrigin, referrerOrigin, referrerNone},
	fetch.ReferrerPolicyOriginWhenCrossOrigin:       {referrerFull, referrerOrigin, referrerOrigin},
	fetch.ReferrerPolicyStrictOriginWhenCrossOrigin: {referrerFull, referrerOrigin, referrerNone},
	fetch.ReferrerPolicyUnsafeURL:                   {referrerFull, referrerFull, referrerFull},
}

// shownReferrer says how much of a referrer the request's policy lets it show.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
func (r *rules) shownReferrer(req *fetch.Request, source *origin.URL) referrer {
	target, to := &req.URLList[len(req.URLList)-1], 1
	switch {
	case source.SameOrigin(*target):
		to = 0
	case r.isReferrerDowngrade(source, target):
		to = 2
	}
	return referrers[req.ReferrerPolicy][to]
}

func (r *rules) isReferrerDowngrade(from, to *origin.URL) bool {
	// Chromium: only the schemes are compared (referrer-downgrade-by-scheme).
	if r.ReferrerDowngradeByScheme {
		return from.Scheme() == "https" && to.Scheme() != "https"
	}
	return from.IsPotentiallyTrustworthy() && !to.IsPotentiallyTrustworthy()
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
		p := fetch.ReferrerPolicy(strings.ToLower(word))
		if _, known := referrers[p]; known {
			policy = p
		}
	}
	return policy
}
