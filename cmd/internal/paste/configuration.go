package paste

import (
	"context"
	"errors"
	"slices"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// needsJavaScript is what a program needs that runs servers in JavaScript.
const needsJavaScript = "javascript"

// readConfiguration asks the server of a configuration what it answers to the calls of
// the base, and returns the base with these answers.
func readConfiguration(ctx context.Context, reader server.Reader, src server.Source, base *scenario.Scenario) (*Reading, error) {
	model, err := reader.Load(ctx, src)
	if errors.Is(err, config.ErrNoJavaScript) {
		return &Reading{What: reader.Title, Needs: needsJavaScript}, nil
	}
	if err != nil {
		return nil, err
	}
	a := &asking{model: model}
	// The first run asks as browsers do. In the second one each preflight passes, so that
	// the answer to the request itself is known, too.
	for _, transport := range []fetch.TransportFunc{a.roundTrip, a.pastPreflights} {
		for _, p := range []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()} {
			runner := &scenario.Runner{Profile: p, Transport: transport}
			_, err := runner.RunIn(ctx, base, browser.New(p, base.World.Options()...))
			if a.unknown != nil {
				return nil, a.unknown
			}
			if err != nil {
				return nil, err
			}
		}
	}
	if len(a.rules) == 0 {
		return nil, errors.New("the server answers nothing to the calls of the page")
	}
	notes := []string{"the answers are those to the calls of the page: after a change of a call or of the page, paste the configuration again"}
	for _, assumed := range model.Assumptions {
		notes = append(notes, "assumed: "+assumed.Text)
	}
	return &Reading{What: reader.Title, Server: scenario.AppendServer(nil, a.rules), Notes: append(notes, a.notes...)}, nil
}

// asking asks a model, and keeps the answers as rules.
type asking struct {
	model   *server.Model
	rules   server.Script
	notes   []string
	unknown *server.UnknownError
}

// roundTrip asks the model.
func (a *asking) roundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	answer, err := a.model.Answer(ctx, server.RequestFromWire(req))
	if err != nil {
		if unknown, ok := errors.AsType[*server.UnknownError](err); ok {
			a.unknown = unknown
		}
		return nil, err
	}
	if answer.StatusUnknown != nil {
		a.note("the status of " + server.TargetOf(req).String() + " is assumed: " + answer.StatusUnknown.Error())
	}
	response := answer.Response(req.Method)
	rule := ruleOf(req, response)
	if !answers(a.rules, &rule) {
		a.rules = append(a.rules, rule)
	}
	return response, nil
}

// pastPreflights answers preflights itself.
func (a *asking) pastPreflights(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if req.IsPreflight() {
		return server.AllowPreflight(req), nil
	}
	return a.roundTrip(ctx, req)
}

// note adds a note once.
func (a *asking) note(text string) {
	if !slices.Contains(a.notes, text) {
		a.notes = append(a.notes, text)
	}
}
