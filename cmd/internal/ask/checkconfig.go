package ask

import (
	"context"
	"slices"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// ModelledServer is a server whose configuration was read, as a server that a call
// can be made to.
type ModelledServer struct {
	// File is the name of the configuration.
	File  string
	Model *server.Model
	// Source is the configuration as text, for changes that repair what an audit finds;
	// without a text, none are looked for. Names gives its files the names that they
	// have in Model; nil leaves them as they are.
	Source      server.Source
	Alternative string
	Names       func(file string) string
}

// CheckConfig makes a call to the server of a configuration. The report says what in
// the configuration decided. When the verdict depends on something that the
// configuration does not say, the report has no verdict.
func CheckConfig(ctx context.Context, c *Call, s ModelledServer, o CheckOptions) (*report.Report, error) {
	model := newModelTransport(s.Model, c.url)
	r, _, err := c.watch(ctx, model, o, func(resp *fetch.WireResponse) *server.UnknownError { return model.unsure[resp] })
	if err != nil {
		return nil, err
	}
	r.Configuration = model.configuration(s)
	for _, note := range model.notes() {
		r.AddNote("%s", note)
	}
	noteCredentials(c, r)
	return r, nil
}

// modelTransport asks a model, and records what decided its answers.
type modelTransport struct {
	model *server.Model
	host  string
	mu    sync.Mutex
	asked []asked
	// unsure holds the answers with an unknown status by their response.
	unsure map[*fetch.WireResponse]*server.UnknownError
}

// asked is one request and what decided its answer.
type asked struct {
	target server.Target
	answer *server.Answer // nil when there is none
}

func newModelTransport(m *server.Model, u origin.URL) *modelTransport {
	return &modelTransport{model: m, host: u.Host(), unsure: make(map[*fetch.WireResponse]*server.UnknownError)}
}

// RoundTrip asks the model. What another host answers is not known.
func (t *modelTransport) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if host := req.URL.Host(); host != t.host {
		return nil, &server.UnknownError{
			What: "what the server at " + host + " answers, which the request is redirected to,",
			Help: "the configuration is that of " + t.host + "; check the other URL by itself",
		}
	}
	a, err := answerOf(ctx, t.model, server.RequestFromWire(req))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked = append(t.asked, asked{server.TargetOf(req), a})
	if err != nil {
		return nil, err
	}
	response := a.Response(req.Method)
	if a.StatusUnknown != nil {
		t.unsure[response] = a.StatusUnknown
	}
	return response, nil
}

// configuration says what decided the answers. Equal requests with equal decisions are
// listed once.
func (t *modelTransport) configuration(s ModelledServer) *report.Configuration {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := &report.Configuration{File: s.File, Kind: s.Model.Kind, Versions: s.Model.Versions}
	for _, a := range t.asked {
		d := report.Decided{Target: a.target}
		if a.answer != nil {
			d.Decisions = a.answer.Decided
		}
		out.Add(d)
	}
	return out
}

// maxAssumed is how many assumptions a report of a call names.
const maxAssumed = 5

// notes returns the assumptions that the answers rest on.
func (t *modelTransport) notes() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []string
	for _, a := range t.asked {
		if a.answer == nil || a.answer.StatusUnknown == nil || a.target.Preflight {
			continue
		}
		note := "the status of " + a.target.String() + " is assumed: " + a.answer.StatusUnknown.Error()
		if !slices.Contains(out, note) {
			out = append(out, note)
		}
	}
	assumed := t.assumed()
	for _, a := range assumed[:min(len(assumed), maxAssumed)] {
		out = append(out, "assumed: "+assumptionText(a))
	}
	if len(assumed) > maxAssumed {
		out = append(out, "more is assumed; corsim config lists it")
	}
	return out
}

// assumed returns the assumptions about the whole server, and those about statements
// that decided an answer.
func (t *modelTransport) assumed() []server.Assumption {
	var out []server.Assumption
	for _, a := range t.model.Assumptions {
		if a.Position.Line == 0 || t.isDecisive(a.Position) {
			out = append(out, a)
		}
	}
	return out
}

// isDecisive reports whether a statement in a line decided an answer.
func (t *modelTransport) isDecisive(p server.Position) bool {
	return slices.ContainsFunc(t.asked, func(a asked) bool {
		return a.answer != nil && slices.ContainsFunc(a.answer.Decided, func(d server.Decision) bool {
			return d.Position.File == p.File && d.Position.Line == p.Line
		})
	})
}

// assumptionText returns an assumption in one line.
func assumptionText(a server.Assumption) string {
	if at := a.Position.String(); at != "" {
		return at + ": " + a.Text
	}
	return a.Text
}
