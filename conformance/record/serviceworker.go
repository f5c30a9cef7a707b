package record

import (
	"context"
	_ "embed" // the script
	"encoding/json"
	"fmt"
	"slices"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// serviceWorkerScript follows the rules of a scenario's service worker, which are before it.
//
//go:embed serviceworker.js
var serviceWorkerScript string

// registration is the step of the runner that registers the service worker. Scenarios do not have it.
var registration = json.RawMessage(`{"serviceWorker":{"url":"` + scenario.ServiceWorkerPath + `"}}`)

// serviceWorker returns the script of the open story's service worker; nil if the story has none.
func (p *pages) serviceWorker() *fetch.WireResponse {
	if p.workerText == "" {
		return nil
	}
	header := fetch.HeaderList{
		{Name: "Content-Type", Value: "text/javascript; charset=utf-8"}, {Name: "Cache-Control", Value: "no-store"}, {Name: "Service-Worker-Allowed", Value: "/"},
	}
	return &fetch.WireResponse{Status: 200, Header: append(header, p.workerHeader...), Body: "const corsimRules = " + p.workerText + ".fetch;\n" + serviceWorkerScript}
}

// install serves the script of a story's service worker from now on; that of nil is none.
func (p *pages) install(s *Story) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.workerText, p.workerHeader = "", nil
	if w := s.ServiceWorker; w != nil {
		p.workerText, p.workerHeader = s.worker, slices.Clone(w.Header)
	}
}

// register opens a document of the page's origin without policies, and registers the story's service worker there. A page
// that is not a secure context has none.
func (r *recorder) register(ctx context.Context, s *Story) error {
	u, err := origin.ParseURL(s.Page)
	if err != nil {
		return err
	}
	if !u.Origin().IsPotentiallyTrustworthy() {
		return nil
	}
	if err := r.open(ctx, &visit{url: u.Root().String()}); err != nil {
		return fmt.Errorf("opening %s: %w", u.Root(), err)
	}
	raw, err := r.driver.run(ctx, registration)
	if err != nil {
		return err
	}
	var out result
	if err := json.Unmarshal(raw, &out); err != nil {
		return err
	}
	if out.Outcome != string(scenario.OutcomeSent) {
		return &unrecordableError{fmt.Sprintf("the service worker does not start: %s", *out.Error)}
	}
	return nil
}
