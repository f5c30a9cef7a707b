package explain_test

import (
	"cmp"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// TestPolicies holds what is said of the policies of a page.
func TestPolicies(t *testing.T) {
	header := func(lines ...string) (out fetch.HeaderList) {
		for i := 0; i < len(lines); i += 2 {
			out = append(out, fetch.Header{Name: lines[i], Value: lines[i+1]})
		}
		return out
	}
	const csp = "Content-Security-Policy"
	for name, test := range map[string]struct {
		page   string
		header fetch.HeaderList
		url    string
		noCORS bool
		want   []string
	}{
		"none":          {},
		"allowed":       {header: header(csp, "default-src https:"), want: []string{csp + `: "default-src https:" allows the request`}},
		"blocked":       {header: header(csp, "connect-src 'self'"), want: []string{csp + `: "connect-src 'self'" does not allow the request`}},
		"each policy":   {header: header(csp, "connect-src *, connect-src 'none'"), want: []string{csp + `: "connect-src *" allows the request`, csp + `: "connect-src 'none'" does not allow the request`}},
		"only reported": {header: header(csp+"-Report-Only", "connect-src 'self'"), want: []string{csp + `-Report-Only: "connect-src 'self'" does not allow the request, and only reports it`}},
		"upgraded": {header: header(csp, "upgrade-insecure-requests"), page: "http://shop.example/", url: "http://api.example/", want: []string{
			csp + ": it has no directive about such requests (connect-src), and allows them", csp + ": upgrade-insecure-requests: the request goes to https instead of http"}},
		"no-scheme": {url: "localhost:8080/x", want: []string{
			"mixed content: the standard counts URLs with the scheme localhost: among it; browsers say that they cannot load them. A host comes after http:// or https://",
		}},
		"mixed": {url: "http://api.example/", want: []string{"mixed content: the page came over https, and the request would not: it is blocked"}},
		"mixed-by-the-letter": {page: "http://localhost:3000/", url: "http://api.example/", want: []string{
			"mixed content: the standard blocks the request, because it counts a page on this machine as loaded securely; no browser does, and they send it",
		}},
		"referrer":       {header: header("Referrer-Policy", "origin"), want: []string{"Referrer-Policy: origin, of the page"}},
		"embedder":       {header: header("Cross-Origin-Embedder-Policy", "require-corp"), noCORS: true, want: []string{"Cross-Origin-Embedder-Policy: require-corp: the response needs Cross-Origin-Resource-Policy"}},
		"credentialless": {header: header("Cross-Origin-Embedder-Policy", "credentialless"), noCORS: true, want: []string{"Cross-Origin-Embedder-Policy: credentialless: the request has no credentials, whatever its credentials mode"}},
		"opaque":         {noCORS: true, want: []string{"Cross-Origin-Resource-Policy: if the response has this header, it decides whether the page gets the response"}},
	} {
		t.Run(name, func(t *testing.T) {
			page := origin.MustParseURL(cmp.Or(test.page, "https://shop.example/"))
			client := &fetch.Client{URL: page, Origin: page.Origin(), TopLevelOrigin: page.Origin()}
			client.PolicyContainer, _ = policy.Parse(page, test.header)
			mode := fetch.ModeCORS
			if test.noCORS {
				mode = fetch.ModeNoCORS
			}
			req := &fetch.Request{Client: client, URLList: []origin.URL{origin.MustParseURL(cmp.Or(test.url, "https://api.example/"))}, Mode: mode}
			var got []string
			for _, p := range explain.Policies(req) {
				got = append(got, p.Name+": "+p.Text)
			}
			assert.DeepEqual(t, got, test.want)
		})
	}
}
