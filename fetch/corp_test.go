package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

func TestCORPCheck(t *testing.T) {
	const (
		page = "https://www.myapp.com/"
		site = "https://static.myapp.com/x.png"
		far  = "https://cdn.example/x.png"
	)
	tests := []struct {
		name        string
		origin      string // "" is an opaque origin
		url         string // of the response
		list        fetch.HeaderList
		embedder    fetch.EmbedderPolicy
		credentials bool
		blocked     bool
		got         string
	}{
		{name: "absent", origin: page, url: far},
		{name: "cross-origin", origin: page, url: far, list: list("Cross-Origin-Resource-Policy: cross-origin")},
		{name: "same-origin", origin: page, url: page, list: list("cross-origin-resource-POLICY: same-origin")},
		{name: "same-origin-at-another-port", origin: page, url: "https://www.myapp.com:444/", list: list("Cross-Origin-Resource-Policy: same-origin"),
			blocked: true, got: "same-origin"},
		{name: "same-origin-across-origins", origin: page, url: site, list: list("Cross-Origin-Resource-Policy: same-origin"),
			blocked: true, got: "same-origin"},
		{name: "same-site-on-the-site", origin: page, url: site, list: list("Cross-Origin-Resource-Policy: same-site")},
		{name: "same-site-across-sites", origin: page, url: far, list: list("Cross-Origin-Resource-Policy: same-site"),
			blocked: true, got: "same-site"},
		{name: "same-site-below-a-public-suffix", origin: "https://a.github.io/", url: "https://b.github.io/", list: list("Cross-Origin-Resource-Policy: same-site"),
			blocked: true, got: "same-site"},
		{name: "same-site-from-http-to-https", origin: "http://www.myapp.com/", url: site, list: list("Cross-Origin-Resource-Policy: same-site"),
			blocked: true, got: "same-site"},
		{name: "same-site-from-https-to-http", origin: page, url: "http://static.myapp.com/", list: list("Cross-Origin-Resource-Policy: same-site")},
		{name: "same-site-from-http-to-http", origin: "http://www.myapp.com/", url: "http://static.myapp.com/", list: list("Cross-Origin-Resource-Policy: same-site")},
		{name: "same-site-at-another-port", origin: page, url: "https://static.myapp.com:444/", list: list("Cross-Origin-Resource-Policy: same-site")},
		{name: "opaque-origin", url: page, list: list("Cross-Origin-Resource-Policy: same-origin"), blocked: true, got: "same-origin"},
		{name: "opaque-origin-same-site", url: page, list: list("Cross-Origin-Resource-Policy: same-site"), blocked: true, got: "same-site"},
		{name: "opaque-origin-without-header", url: page},
		{name: "upper-case-is-unknown", origin: page, url: far, list: list("Cross-Origin-Resource-Policy: Same-Origin")},
		{name: "two-values-are-unknown", origin: page, url: far, list: list("Cross-Origin-Resource-Policy: same-site, same-origin")},
		{name: "two-lines-are-unknown", origin: page, url: far,
			list: list("Cross-Origin-Resource-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin")},
		{name: "empty-is-unknown", origin: page, url: far, list: list("Cross-Origin-Resource-Policy:")},
		{name: "require-corp-without-header", origin: page, url: far, embedder: fetch.EmbedderPolicyRequireCORP, blocked: true},
		{name: "require-corp-with-unknown-header", origin: page, url: far, list: list("Cross-Origin-Resource-Policy: yes"),
			embedder: fetch.EmbedderPolicyRequireCORP, blocked: true, got: "yes"},
		{name: "require-corp-on-the-site-without-header", origin: page, url: site, embedder: fetch.EmbedderPolicyRequireCORP, blocked: true},
		{name: "require-corp-on-the-origin", origin: page, url: page, embedder: fetch.EmbedderPolicyRequireCORP},
		{name: "require-corp-with-cross-origin", origin: page, url: far, list: list("Cross-Origin-Resource-Policy: cross-origin"),
			embedder: fetch.EmbedderPolicyRequireCORP},
		{name: "require-corp-with-same-site", origin: page, url: site, list: list("Cross-Origin-Resource-Policy: same-site"),
			embedder: fetch.EmbedderPolicyRequireCORP},
		{name: "credentialless-without-credentials", origin: page, url: far, embedder: fetch.EmbedderPolicyCredentialless},
		{name: "credentialless-with-credentials", origin: page, url: far, embedder: fetch.EmbedderPolicyCredentialless, credentials: true, blocked: true},
		{name: "credentialless-with-cross-origin", origin: page, url: far, list: list("Cross-Origin-Resource-Policy: cross-origin"),
			embedder: fetch.EmbedderPolicyCredentialless, credentials: true},
		{name: "unsafe-none-with-credentials", origin: page, url: far, credentials: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			from := origin.NewOpaque()
			if test.origin != "" {
				from = origin.MustParseURL(test.origin).Origin()
			}
			got := fetch.CORPCheck(from, &fetch.Client{PolicyContainer: fetch.PolicyContainer{EmbedderPolicy: test.embedder}}, &fetch.Response{
				URLList: []origin.URL{origin.MustParseURL("https://first.example/"), origin.MustParseURL(test.url)},
				Header:  test.list, RequestIncludesCredentials: test.credentials,
			})
			var want *fetch.Failure
			if test.blocked {
				want = &fetch.Failure{
					Reason: fetch.ReasonCORP, Step: fetch.Step{Anchor: "cross-origin-resource-policy-internal-check", Number: "5"},
					Header: "Cross-Origin-Resource-Policy", Got: test.got, Want: "cross-origin",
				}
			}
			assert.Check(t, is.DeepEqual(got, want))
		})
	}
}
