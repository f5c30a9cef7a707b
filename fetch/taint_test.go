package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

func TestRedirectTaint(t *testing.T) {
	const (
		page  = "https://myapp.com/" // the page that makes the request
		site  = "https://api.myapp.com/"
		a, b  = "https://a.example/", "https://b.example/"
		aSite = "https://www.a.example/"
	)
	tests := []struct {
		name   string
		urls   []string
		opaque bool
		want   fetch.RedirectTaint
	}{
		{name: "no-redirect", urls: []string{a}},
		{name: "within-the-origin", urls: []string{a, a + "x", a + "y"}},
		{name: "from-the-page-s-origin", urls: []string{page, a}},
		{name: "from-the-page-s-origin-and-on", urls: []string{page, a, a + "x"}},
		{name: "across-sites", urls: []string{a, b}, want: fetch.TaintCrossSite},
		{name: "across-sites-to-the-page-s-origin", urls: []string{a, page}, want: fetch.TaintCrossSite},
		{name: "away-and-back", urls: []string{page, a, page}, want: fetch.TaintCrossSite},
		{name: "within-a-site-that-is-not-the-page-s", urls: []string{a, aSite}, want: fetch.TaintSameSite},
		{name: "within-the-page-s-site", urls: []string{site, "https://www.myapp.com/"}, want: fetch.TaintSameSite},
		{name: "from-the-page-s-site-to-its-origin", urls: []string{site, page}, want: fetch.TaintSameSite},
		{name: "from-the-page-s-site-to-another", urls: []string{site, a}, want: fetch.TaintSameSite},
		{name: "same-site-then-cross-site", urls: []string{a, aSite, b}, want: fetch.TaintCrossSite},
		{name: "same-site-stays", urls: []string{site, page, page + "x", a}, want: fetch.TaintSameSite},
		{name: "to-another-port", urls: []string{a, "https://a.example:444/"}, want: fetch.TaintSameSite},
		{name: "to-another-scheme", urls: []string{a, "http://a.example/"}, want: fetch.TaintCrossSite},
		{name: "from-the-page-s-host-to-another-scheme", urls: []string{page, "http://myapp.com/"}},
		{name: "opaque-origin", urls: []string{a, a + "x"}, opaque: true},
		{name: "opaque-origin-within-a-site", urls: []string{a, aSite}, opaque: true, want: fetch.TaintSameSite},
		{name: "opaque-origin-across-sites", urls: []string{page, a}, opaque: true, want: fetch.TaintCrossSite},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			req := redirected(test.urls...)
			want := "https://myapp.com"
			if test.opaque {
				req.Origin, want = origin.NewOpaque(), "null"
			}
			if test.want != fetch.TaintSameOrigin {
				want = "null"
			}
			assert.Check(t, is.Equal(req.RedirectTaint(), test.want))
			assert.Check(t, is.Equal(req.SerializeOrigin(), want))
		})
	}
}

func TestRequestURLs(t *testing.T) {
	req := redirected("https://a.example/1", "https://b.example/2", "https://c.example/3")
	assert.Check(t, is.Equal(req.URL().String(), "https://a.example/1"))
	assert.Check(t, is.Equal(req.CurrentURL().String(), "https://c.example/3"))
}
