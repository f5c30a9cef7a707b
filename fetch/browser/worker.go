package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

const anchorWorkerScript = "html.spec.whatwg.org/#fetch-a-classic-worker-script"

// WorkerInit is what script passes to new Worker(), and what the server says of the
// worker's script.
// https://html.spec.whatwg.org/#dom-worker
type WorkerInit struct {
	URL string
	// Header holds the response headers of the script, with its policies. The script is
	// not requested: its text is not run, and its server is not part of the simulation.
	Header fetch.HeaderList
}

// Worker is a dedicated worker, which makes requests as a page does. Its policies are
// those of its script.
type Worker struct{ environment }

// Worker starts a dedicated worker. If it does not start, the worker is nil, and the
// result says why: it has the outcome [Threw], also in browsers that only fire an event.
// If it starts, the result has what policies of the page that are only reported do not
// allow.
// https://html.spec.whatwg.org/#run-a-worker
func (p *Page) Worker(init WorkerInit) (*Worker, *Result) {
	f := new(fetcher)
	r := f.begin(&p.environment, APIWorker, &init)
	u, err := p.client.URL.Parse(init.URL)
	// Firefox: the script of a worker is upgraded too, and is then of another origin (csp-upgrades-spare-workers).
	if err == nil && p.rules().UpgradesSpareWorkers && p.rules().upgradesByCSP(&p.client, u) {
		f.trace.CSPUpgrades, u = append(f.trace.CSPUpgrades, u), u.WithScheme("https")
	}
	switch {
	case err != nil:
		return nil, r.threw(thrown("html.spec.whatwg.org/#dom-worker", "4", fetch.ReasonURLMalformed, init.URL))
	case !u.HasOrigin(p.client.Origin) && u.Scheme() != "data":
		return nil, r.threw(thrown(anchorWorkerScript, "2", fetch.ReasonWorkerOtherOrigin, u.String()))
	}
	// The request of the script, which is not sent, has to pass the page's policies.
	req := &fetch.Request{
		Method: "GET", URLList: []origin.URL{u}, Client: &p.client, Origin: p.client.Origin, Destination: fetch.DestinationWorker, Mode: fetch.ModeSameOrigin,
	}
	if failure := f.noteViolations(p.rules().csp.CheckRequest(nil, req, policy.CSPAll)); failure != nil {
		r.Request = req
		return nil, r.threw(failure)
	}
	w := &Worker{p.environment.in(p.browser, p.transport)}
	w.client.URL, w.client.Worker, w.client.Page = u, true, p.client.URL
	w.client.PolicyContainer, _ = policy.Parse(p.client.URL, init.Header)
	// Chromium: it needs no secure context (insecure-workers-embed).
	if p.rules().InsecureWorkersEmbed {
		w.client.PolicyContainer.EmbedderPolicy = policy.EmbedderPolicyOf(init.Header)
	}
	if p.rules().KeepaliveLimitOfPage {
		w.outliver = &p.environment
	}
	w.client.PolicyContainer.EmbedderPolicy = p.rules().embedderPolicy(w.client.PolicyContainer.EmbedderPolicy)
	return w, r
}
