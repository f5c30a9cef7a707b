package policy

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Referrer determines referrers, with what a browser does in its own way. The
// zero value is the standard.
// https://w3c.github.io/webappsec-referrer-policy/
type Referrer struct {
	// OpaqueOriginsRefer sends the URL of a client with an opaque origin like
	// that of any other client.
	OpaqueOriginsRefer bool
	// DowngradeByScheme compares only schemes: http is less secure than https.
	DowngradeByScheme bool
}

// maxReferrer is the maximum length in bytes of a referrer; a longer one is
// reduced to its origin.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
const maxReferrer = 4096

// Determine replaces a request's referrer by the value of its Referer header.
// The request's referrer policy must not be empty.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
func (r *Referrer) Determine(req *fetch.Request) {
	if req.NoReferrer {
		return
	}
	// Step 3: the client's URL, unless the request has a referrer URL. A client
	// with an opaque origin has no referrer.
	source := &req.ReferrerURL
	if source.IsZero() {
		// WebKit: such a client has a referrer (sandboxed-pages-refer).
		if req.Client.Origin.IsOpaque() && !r.OpaqueOriginsRefer {
			req.NoReferrer = true
			return
		}
		source = &req.Client.URL
	}
	// Step 8, which depends only on the referrer's origin: the referrer policy.
	part := r.partFor(req, source)
	// Steps 4 and 5: the referrer URL or only its origin. A local URL has
	// neither.
	if req.NoReferrer = part == partNothing || source.IsLocal(); req.NoReferrer {
		req.ReferrerURL = origin.URL{}
		return
	}
	req.ReferrerURL = source.WithoutCredentials()
	if part == partOrigin {
		req.ReferrerURL = req.ReferrerURL.Root()
		return
	}
	req.ReferrerURL = req.ReferrerURL.WithoutFragment()
	// Step 6: a long URL is reduced to its origin.
	if len(req.ReferrerURL.String()) > maxReferrer {
		req.ReferrerURL, req.ReferrerShortened = req.ReferrerURL.Root(), true
	}
}

// referrerPart is the part of a URL that a Referer header contains.
type referrerPart uint8

const (
	partNothing referrerPart = iota
	partOrigin
	partURL
)

// referrerParts are the parts that go to the same origin, to another origin, and to another
// origin that is a downgrade.
type referrerParts [3]referrerPart

// partsByPolicy holds the parts for each referrer policy. The default is the first one,
// because it is looked for most.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
var partsByPolicy = [...]struct {
	policy fetch.ReferrerPolicy
	parts  referrerParts
}{
	{fetch.ReferrerPolicyStrictOriginWhenCrossOrigin, referrerParts{partURL, partOrigin, partNothing}},
	{fetch.ReferrerPolicyNoReferrer, referrerParts{partNothing, partNothing, partNothing}},
	{fetch.ReferrerPolicyNoReferrerWhenDowngrade, referrerParts{partURL, partURL, partNothing}},
	{fetch.ReferrerPolicySameOrigin, referrerParts{partURL, partNothing, partNothing}},
	{fetch.ReferrerPolicyOrigin, referrerParts{partOrigin, partOrigin, partOrigin}},
	{fetch.ReferrerPolicyStrictOrigin, referrerParts{partOrigin, partOrigin, partNothing}},
	{fetch.ReferrerPolicyOriginWhenCrossOrigin, referrerParts{partURL, partOrigin, partOrigin}},
	{fetch.ReferrerPolicyUnsafeURL, referrerParts{partURL, partURL, partURL}},
}

// partsOf returns the parts for a referrer policy; nil for an unknown one.
func partsOf(p fetch.ReferrerPolicy) *referrerParts {
	for i := range partsByPolicy {
		if partsByPolicy[i].policy == p {
			return &partsByPolicy[i].parts
		}
	}
	return nil
}

// partFor returns the part of a referrer that the request's policy allows.
// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
func (r *Referrer) partFor(req *fetch.Request, source *origin.URL) referrerPart {
	target, to := &req.URLList[len(req.URLList)-1], 1
	switch {
	case source.SameOrigin(*target):
		to = 0
	case r.isDowngrade(source, target):
		to = 2
	}
	if parts := partsOf(req.ReferrerPolicy); parts != nil {
		return parts[to]
	}
	return partNothing
}

func (r *Referrer) isDowngrade(from, to *origin.URL) bool {
	// Chromium: only the schemes are compared (referrer-downgrade-by-scheme).
	if r.DowngradeByScheme {
		return from.Scheme() == "https" && to.Scheme() != "https"
	}
	return !to.IsPotentiallyTrustworthy() && from.IsPotentiallyTrustworthy()
}

// ReferrerPolicyOf returns a client's referrer policy. The default policy
// replaces the empty string.
// https://w3c.github.io/webappsec-referrer-policy/#default-referrer-policy
func ReferrerPolicyOf(client *fetch.Client) fetch.ReferrerPolicy {
	if p := client.PolicyContainer.ReferrerPolicy; p != fetch.ReferrerPolicyEmpty {
		return p
	}
	return fetch.ReferrerPolicyStrictOriginWhenCrossOrigin
}

// IsRelaxed reports whether a referrer policy is less strict than the default.
func IsRelaxed(p fetch.ReferrerPolicy) bool {
	switch p {
	case fetch.ReferrerPolicyUnsafeURL, fetch.ReferrerPolicyNoReferrerWhenDowngrade, fetch.ReferrerPolicyOriginWhenCrossOrigin:
		return true
	}
	return false
}

// SetReferrerPolicyOnRedirect sets a request's referrer policy to that of a
// redirect, if the redirect has one. It reports whether
// the redirect has a policy, or the word "never" of an older draft, which sets none.
// https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect
func SetReferrerPolicyOnRedirect(req *fetch.Request, resp *fetch.Response) bool {
	if policy := parseReferrerPolicy(resp.Header); policy != fetch.ReferrerPolicyEmpty {
		req.ReferrerPolicy = policy
		return true
	}
	value, _ := resp.Header.Get(HeaderReferrerPolicy)
	return fetch.EqualFold(value, "never")
}

// ReferrerPolicyOfResponse returns the referrer policy that a response has; the
// empty string if it has none.
// https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header
func ReferrerPolicyOfResponse(resp *fetch.Response) fetch.ReferrerPolicy {
	return parseReferrerPolicy(resp.Header)
}

// parseReferrerPolicy returns the last known policy of a Referrer-Policy
// header.
// https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header
func parseReferrerPolicy(header fetch.HeaderList) fetch.ReferrerPolicy {
	policy := fetch.ReferrerPolicyEmpty
	words, _ := header.GetDecodeSplit(HeaderReferrerPolicy)
	for _, word := range words {
		p := fetch.ReferrerPolicy(fetch.ByteLowercase(word))
		if partsOf(p) != nil {
			policy = p
		}
	}
	return policy
}
