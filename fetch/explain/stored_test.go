package explain_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// A failure of a stored response says that nothing was sent, and what stored it.
func TestStoredResponse(t *testing.T) {
	asked := 0
	network := fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		asked++
		out := &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: "Content-Type", Value: "image/png"}, {Name: "Cache-Control", Value: "max-age=60"}}}
		if from, ok := req.Header.Get("Origin"); ok {
			out.Header.Append(fetch.HeaderAllowOrigin, from)
		}
		return out, nil
	})
	p, err := browser.New(browser.Chromium()).Open("https://myapp.test/", browser.WithTransport(network))
	assert.NilError(t, err)
	_, err = p.Element(t.Context(), browser.ElementInit{Tag: browser.TagImg, URL: "https://cdn.test/a.png"})
	assert.NilError(t, err)
	r, err := p.Fetch(t.Context(), browser.FetchInit{URL: "https://cdn.test/a.png"})
	assert.NilError(t, err)
	e, ok := explain.Explain(r)
	assert.Assert(t, ok)
	assert.Equal(t, e.Reached, explain.ReachedCache)
	assert.Equal(t, e.Causes[0].Code, explain.CauseStoredResponse)
	assert.Equal(t, asked, 1)
	// With the attribute crossorigin it works, as the cause says.
	_, err = p.Element(t.Context(), browser.ElementInit{Tag: browser.TagImg, URL: "https://cdn.test/b.png", CrossOrigin: browser.CrossOriginAnonymous})
	assert.NilError(t, err)
	r, err = p.Fetch(t.Context(), browser.FetchInit{URL: "https://cdn.test/b.png"})
	assert.NilError(t, err)
	assert.Equal(t, r.Outcome, browser.Shared)
	assert.Assert(t, r.Trace.Exchanges[0].FromCache)
	assert.Assert(t, !slices.ContainsFunc(explain.Why(r), func(line string) bool { return strings.Contains(line, "reached the server") }))
}
