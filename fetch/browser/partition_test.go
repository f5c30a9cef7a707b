package browser_test

import (
	"context"
	"strconv"
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// No response that the HTTP cache stored for the pages of one site answers a page of another one, whatever the pages
// ask for and in which order. In WebKitGTK all sites share it (http-cache-of-all-sites).
// https://fetch.spec.whatwg.org/#determine-the-http-cache-partition
func TestPartitionsStayApart(t *testing.T) {
	pages := rapid.SampledFrom([]string{
		"https://myapp.test/", "https://www.myapp.test/", "https://myapp.test:8443/", "http://myapp.test/", "https://other.test/", "http://localhost:3000/",
		"https://a.github.io/", "https://b.github.io/",
	})
	urls := rapid.SampledFrom([]string{"https://cdn.test/a", "https://cdn.test/b", "https://myapp.test/c"})
	modes := rapid.SampledFrom([]fetch.CacheMode{fetch.CacheDefault, fetch.CacheForceCache, fetch.CacheNoCache, fetch.CacheReload})
	for _, p := range []*browser.Profile{browser.Spec(), browser.Chromium(), browser.Firefox()} {
		t.Run(p.Name(), func(t *testing.T) {
			used := 0
			rapid.Check(t, func(t *rapid.T) {
				answers, storedFor := 0, map[string]origin.Site{}
				network := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
					answers++
					a := answer(200, "Access-Control-Allow-Origin: *", "Cache-Control: max-age=600")
					a.Body = strconv.Itoa(answers)
					return &a, nil
				})
				b := browser.New(p)
				for range rapid.IntRange(2, 12).Draw(t, "calls") {
					u := origin.MustParseURL(pages.Draw(t, "page"))
					page, err := b.Open(u.String(), browser.WithTransport(network))
					assert.NilError(t, err)
					r, err := page.Fetch(context.Background(), browser.FetchInit{URL: urls.Draw(t, "url"), Cache: modes.Draw(t, "mode")})
					assert.NilError(t, err)
					if r.Outcome != browser.Shared {
						continue // mixed content
					}
					last, site := r.Trace.Exchanges[len(r.Trace.Exchanges)-1], u.Origin().Site()
					if !last.FromCache {
						storedFor[last.Response.Body] = site
						continue
					}
					used++
					assert.Equal(t, storedFor[last.Response.Body].String(), site.String(), "the response was stored for another site")
				}
			})
			assert.Assert(t, used > 0, "nothing was used from the cache")
		})
	}
}
