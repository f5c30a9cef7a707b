package policy_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// requestFrom returns a page's request whose URL list has the given URLs.
func requestFrom(page string, d fetch.Destination, urls ...string) *fetch.Request {
	u := origin.MustParseURL(page)
	req := &fetch.Request{
		Method: "GET", Origin: u.Origin(), Destination: d, ReferrerPolicy: fetch.ReferrerPolicyUnsafeURL,
		Client: &fetch.Client{URL: u, Origin: u.Origin(), TopLevelOrigin: u.Origin()},
	}
	for _, s := range urls {
		req.URLList = append(req.URLList, origin.MustParseURL(s))
	}
	return req
}

func TestMixedContent(t *testing.T) {
	const https, http, local, dotted = "https://page.example/", "http://cdn.example/", "http://localhost/", "http://localhost./"
	image, script := fetch.DestinationImage, fetch.DestinationScript
	for name, c := range map[string]struct {
		check    policy.MixedContent
		req      *fetch.Request
		blocks   bool
		upgrades bool
	}{
		"script":                  {req: requestFrom(https, script, http), blocks: true},
		"image":                   {req: requestFrom(https, image, http), blocks: true, upgrades: true},
		"image-at-an-address":     {req: requestFrom(https, image, "http://10.0.0.1/"), blocks: true},
		"secure":                  {req: requestFrom(https, script, "https://cdn.example/")},
		"localhost":               {req: requestFrom(https, script, local)},
		"other-scheme":            {req: requestFrom(https, script, "ftp://cdn.example/"), blocks: true},
		"insecure-page":           {req: requestFrom("http://page.example/", script, http)},
		"local-page":              {req: requestFrom(local, script, http), blocks: true},
		"https-pages-only":        {check: policy.MixedContent{HTTPSPagesOnly: true}, req: requestFrom(local, script, http)},
		"http-only":               {check: policy.MixedContent{HTTPOnly: true}, req: requestFrom(https, script, "ftp://cdn.example/")},
		"on-localhost":            {check: policy.MixedContent{OnLocalhost: true}, req: requestFrom(https, script, local), blocks: true},
		"on-localhost-image":      {check: policy.MixedContent{OnLocalhost: true}, req: requestFrom(https, image, local)},
		"on-localhost-redirected": {check: policy.MixedContent{OnLocalhost: true}, req: requestFrom(https, image, https, local), blocks: true},
		"dotted":                  {req: requestFrom(https, script, dotted)},
		"dotted-is-remote":        {check: policy.MixedContent{DottedHostsAreRemote: true}, req: requestFrom(https, image, dotted), blocks: true, upgrades: true},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.check.ShouldBlockFetch(c.req), c.blocks)
			assert.Equal(t, c.check.ShouldBlockResponse(c.req, &fetch.Response{URLList: c.req.URLList}), c.blocks)
			assert.Equal(t, c.check.Upgrades(c.req), c.upgrades)
		})
	}
}

func TestReferrer(t *testing.T) {
	const page = "https://user@page.example/dir?q#part"
	sandboxed := requestFrom(page, fetch.DestinationNone, "https://api.example/")
	sandboxed.Client.Origin = origin.NewOpaque()
	for name, c := range map[string]struct {
		referrer policy.Referrer
		req      *fetch.Request
		policy   fetch.ReferrerPolicy
		want     string // "" means no referrer
	}{
		"whole":                 {req: requestFrom(page, "", "https://api.example/"), policy: fetch.ReferrerPolicyUnsafeURL, want: "https://page.example/dir?q"},
		"cut":                   {req: requestFrom(page, "", "https://api.example/"), policy: fetch.ReferrerPolicyOrigin, want: "https://page.example/"},
		"none":                  {req: requestFrom(page, "", "https://api.example/"), policy: fetch.ReferrerPolicySameOrigin},
		"downgrade":             {req: requestFrom(page, "", "http://api.example/"), policy: fetch.ReferrerPolicyStrictOrigin},
		"localhost":             {req: requestFrom(page, "", "http://localhost/"), policy: fetch.ReferrerPolicyStrictOrigin, want: "https://page.example/"},
		"localhost-by-scheme":   {referrer: policy.Referrer{DowngradeByScheme: true}, req: requestFrom(page, "", "http://localhost/"), policy: fetch.ReferrerPolicyStrictOrigin},
		"opaque-origin":         {req: sandboxed, policy: fetch.ReferrerPolicyUnsafeURL},
		"opaque-origins-refer":  {referrer: policy.Referrer{OpaqueOriginsRefer: true}, req: sandboxed, policy: fetch.ReferrerPolicyUnsafeURL, want: "https://page.example/dir?q"},
		"local-url-has-nothing": {req: requestFrom("about:blank", "", "https://api.example/"), policy: fetch.ReferrerPolicyUnsafeURL},
	} {
		t.Run(name, func(t *testing.T) {
			req := *c.req
			req.ReferrerPolicy = c.policy
			c.referrer.Determine(&req)
			assert.Equal(t, req.NoReferrer, c.want == "")
			if c.want != "" {
				assert.Equal(t, req.ReferrerURL.String(), c.want)
			}
		})
	}
}
