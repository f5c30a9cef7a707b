package record

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
)

// blank is the text of each document. The icon keeps browsers from asking for one.
const blank = `<!doctype html><html><head><meta charset="utf-8"><title>corsim</title><link rel="icon" href="data:,"></head><body></body></html>`

// visit is a document that a browser opens: its URL, and the headers of its response.
type visit struct {
	url    string
	header fetch.HeaderList
}

// pages serves the documents. Only a document that is about to be opened is served, and once: whatever else
// asks for its URL is a request of the scenario.
type pages struct {
	mu      sync.Mutex
	waiting *visit
	turns   *turns // nil for browsers that are steered from outside
	script  string // of each document
}

// expect serves a document to the next request for its URL; nil serves none.
func (p *pages) expect(v *visit) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = v
}

// intercept answers requests for documents, for icons, and those that steer documents.
func (p *pages) intercept(ctx context.Context, r *wire.Request) *fetch.WireResponse {
	if p.turns != nil {
		if response := p.turns.intercept(ctx, r); response != nil {
			return response
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if v := p.waiting; v != nil && r.Method == "GET" && r.URL == withoutFragment(v.url) {
		p.waiting = nil
		header := append(fetch.HeaderList{
			{Name: "Content-Type", Value: "text/html; charset=utf-8"}, {Name: "Cache-Control", Value: "no-store"},
		}, v.header...)
		return &fetch.WireResponse{Status: 200, Header: header, Body: p.document()}
	}
	if strings.HasSuffix(r.URL, "/favicon.ico") {
		return &fetch.WireResponse{Status: 404}
	}
	return nil
}

// document returns the text of each document.
func (p *pages) document() string {
	if p.script == "" {
		return blank
	}
	return strings.Replace(blank, "</head>", "<script>"+p.script+"</script></head>", 1)
}

func withoutFragment(url string) string {
	before, _, _ := strings.Cut(url, "#")
	return before
}

// visits returns the documents that a story needs, its own last.
func visits(s *Story) []*visit {
	var out []*visit
	for _, c := range s.Cookies {
		out = append(out, &visit{url: c.URL, header: fetch.HeaderList{{Name: "Set-Cookie", Value: c.Set}}})
	}
	return append(out, visitOf(scenario.Document{URL: s.Page, Sandboxed: s.Sandboxed, Header: s.Header}))
}

// visitOf returns the visit of a document with its policies.
func visitOf(d scenario.Document) *visit {
	out := &visit{url: d.URL, header: slices.Clone(d.Header)}
	if d.Sandboxed {
		out.header = append(out.header, fetch.Header{Name: "Content-Security-Policy", Value: "sandbox allow-scripts"})
	}
	return out
}
