package policy

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Referrer determines referrers, with what a browser does in its own way. The
// zero value is the standard.
// https://w3c.github.io/webappsec-referrer-policy/
type Referrer struct {
	// OpaqueOriginsRefer sends the URL of a client with an opaque origin as that of
	// any other client.
	OpaqueOriginsRefer bool
	// DowngradeByScheme compares schemes alone: http is less secure than https.
	DowngradeByScheme bool
}

// maxReferrer is the number of bytes from which a referrer is cut down to its
// origin.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
const maxReferrer = 4096

// Determine replaces a request's referrer by the value of its Referer header.
// The request has a referrer policy that is not empty.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
func (r *Referrer) Determine(req *fetch.Request) {
	if req.NoReferrer {
		return
	}
	// Step 3: the client, unless a URL is already given. A client with an opaque
	// origin has no referrer.
	source := &req.ReferrerURL
	if source.IsZero() {
		// WebKit: it has one (sandboxed-pages-refer).
		if req.Client.Origin.IsOpaque() && !r.OpaqueOriginsRefer {
			req.NoReferrer = true
			return
		}
		source = &req.Client.URL
	}
	// Step 8, which looks only at the referrer's origin: by policy.
	shown := r.shown(req, source)
	// Steps 4 and 5: the client's URL or its origin alone, neither of which a local
	// URL has.
	if req.NoReferrer = shown == showsNothing || source.IsLocal(); req.NoReferrer {
		req.ReferrerURL = origin.URL{}
		return
	}
	req.ReferrerURL = source.WithoutCredentials().WithFragment("", false)
	// Step 6: overlong URLs are cut.
	if shown == showsOrigin || len(req.ReferrerURL.String()) > maxReferrer {
		req.ReferrerURL = req.ReferrerURL.Root()
	}
}

// shows is how much of a URL a Referer header shows.
type shows uint8

const (
	showsNothing shows = iota
	showsOrigin
	showsURL
)

// shownBy says what each referrer policy shows to the same origin, to another
// one, and to another one that is a downgrade.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
var shownBy = map[fetch.ReferrerPolicy][3]shows{
	fetch.ReferrerPolicyNoReferrer:                  {showsNothing, showsNothing, showsNothing},
	fetch.ReferrerPolicyNoReferrerWhenDowngrade:     {showsURL, showsURL, showsNothing},
	fetch.ReferrerPolicySameOrigin:                  {showsURL, showsNothing, showsNothing},
	fetch.ReferrerPolicyOrigin:                      {showsOrigin, showsOrigin, showsOrigin},
	fetch.ReferrerPolicyStrictOrigin:                {showsOrigin, showsOrigin, showsNothing},
	fetch.ReferrerPolicyOriginWhenCrossOrigin:       {showsURL, showsOrigin, showsOrigin},
	fetch.ReferrerPolicyStrictOriginWhenCrossOrigin: {showsURL, showsOrigin, showsNothing},
	fetch.ReferrerPolicyUnsafeURL:                   {showsURL, showsURL, showsURL},
}

// shown says how much of a referrer the request's policy shows.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
func (r *Referrer) shown(req *fetch.Request, source *origin.URL) shows {
	target, to := &req.URLList[len(req.URLList)-1], 1
	switch {
	case source.SameOrigin(*target):
		to = 0
	case r.isDowngrade(source, target):
		to = 2
	}
	return shownBy[req.ReferrerPolicy][to]
}

func (r *Referrer) isDowngrade(from, to *origin.URL) bool {
	// Chromium: only the schemes are compared (referrer-downgrade-by-scheme).
	if r.DowngradeByScheme {
		return from.Scheme() == "https" && to.Scheme() != "https"
	}
	return from.IsPotentiallyTrustworthy() && !to.IsPotentiallyTrustworthy()
}

// ReferrerPolicyOf returns a client's referrer policy, or the default one in
// place of the empty string.
// https://w3c.github.io/webappsec-referrer-policy/#default-referrer-policy
func ReferrerPolicyOf(client *fetch.Client) fetch.ReferrerPolicy {
	if p := client.PolicyContainer.ReferrerPolicy; p != fetch.ReferrerPolicyEmpty {
		return p
	}
	return fetch.ReferrerPolicyStrictOriginWhenCrossOrigin
}

// SetReferrerPolicyOnRedirect gives a request the referrer policy of a redirect,
// where that has one.
// https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect
func SetReferrerPolicyOnRedirect(req *fetch.Request, resp *fetch.Response) {
	if policy := parseReferrerPolicy(resp.Header); policy != fetch.ReferrerPolicyEmpty {
		req.ReferrerPolicy = policy
	}
}

// parseReferrerPolicy returns the last word of a Referrer-Policy header that is
// known.
// https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header
func parseReferrerPolicy(header fetch.HeaderList) fetch.ReferrerPolicy {
	policy := fetch.ReferrerPolicyEmpty
	words, _ := header.GetDecodeSplit(HeaderReferrerPolicy)
	for _, word := range words {
		p := fetch.ReferrerPolicy(fetch.ByteLowercase(word))
		if _, known := shownBy[p]; known {
			policy = p
		}
	}
	return policy
}
