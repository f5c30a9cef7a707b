package record

import (
	"context"
	"fmt"
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
	// policies are the headers that the script of its worker has too.
	policies fetch.HeaderList
	// framed: a frame steers the document, whose own policy may not let the script do so that steers others.
	framed bool
}

// pages serves the documents. Only a document that is about to be opened is served, and once: whatever else
// asks for its URL is a request of the scenario.
type pages struct {
	mu      sync.Mutex
	waiting *visit
	opened  *visit // the last one that was served
	number  int    // of documents that were served
	turns   *turns // nil for browsers that are steered from outside
	script  string // of each document
	// workerText is the service worker of the story in its JSON, and workerHeader has the policies of its script; both are
	// empty without one.
	workerText   string
	workerHeader fetch.HeaderList
}

// expect serves a document to the next request for its URL; nil serves none.
func (p *pages) expect(v *visit) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = v
}

// waitingFor returns the document that is about to be opened, or that was opened last.
func (p *pages) waitingFor() *visit {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting != nil {
		return p.waiting
	}
	return p.opened
}

// intercept answers requests for documents, for icons, and those that steer documents.
func (p *pages) intercept(ctx context.Context, r *wire.Request) *fetch.WireResponse {
	if p.turns != nil {
		if response := p.turns.intercept(ctx, r, p.served()); response != nil {
			return response
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if v := p.waiting; v != nil && r.Method == "GET" && r.URL == withoutFragment(v.url) {
		p.waiting, p.opened = nil, v
		p.number++
		header := append(fetch.HeaderList{
			{Name: "Content-Type", Value: "text/html; charset=utf-8"}, {Name: "Cache-Control", Value: "no-store"},
		}, v.header...)
		return &fetch.WireResponse{Status: 200, Header: header, Body: p.document(v)}
	}
	if strings.HasSuffix(r.URL, framePath) {
		return p.frame()
	}
	if strings.HasSuffix(r.URL, scenario.WorkerPath) {
		return p.worker()
	}
	if strings.HasSuffix(r.URL, scenario.ServiceWorkerPath) {
		return p.serviceWorker()
	}
	if strings.HasSuffix(r.URL, "/favicon.ico") {
		return &fetch.WireResponse{Status: 404}
	}
	return nil
}

// worker returns the script of the open document's worker, with the policies of the document.
func (p *pages) worker() *fetch.WireResponse {
	header := fetch.HeaderList{{Name: "Content-Type", Value: "text/javascript; charset=utf-8"}, {Name: "Cache-Control", Value: "no-store"}}
	if p.opened != nil {
		header = append(header, p.opened.policies...)
	}
	return &fetch.WireResponse{Status: 200, Header: header, Body: workerScript()}
}

// framePath is the URL of the frame that steers a document.
const framePath = "/__corsim/frame"

// document returns the text of a document.
func (p *pages) document(v *visit) string {
	switch {
	case p.script == "":
		return blank
	case v.framed:
		return strings.Replace(blank, "</body>", `<iframe src="`+framePath+`" hidden></iframe></body>`, 1)
	}
	return p.steered()
}

// served returns how many documents were served.
func (p *pages) served() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.number
}

// steered returns a document with the script that asks what to do.
func (p *pages) steered() string {
	return strings.Replace(blank, "</head>", fmt.Sprintf("<script>const corsimDocument = %d;%s</script></head>", p.number, p.script), 1)
}

// frame returns the frame that steers the open document. It has the embedder policy that such a document demands.
func (p *pages) frame() *fetch.WireResponse {
	header := fetch.HeaderList{{Name: "Content-Type", Value: "text/html; charset=utf-8"}, {Name: "Cache-Control", Value: "no-store"}}
	if p.opened != nil {
		for _, h := range p.opened.policies {
			if fetch.EqualFold(h.Name, "Cross-Origin-Embedder-Policy") {
				header = append(header, h)
			}
		}
	}
	return &fetch.WireResponse{Status: 200, Header: header, Body: p.steered()}
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
	out := &visit{url: d.URL, header: slices.Clone(d.Header), policies: d.Header}
	out.framed = d.Header.Contains("Content-Security-Policy") && !d.Sandboxed
	if d.Sandboxed {
		out.header = append(out.header, fetch.Header{Name: "Content-Security-Policy", Value: "sandbox allow-scripts"})
	}
	return out
}
