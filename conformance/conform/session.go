package conform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
)

// The patience with adapters, and with the requests that a step leaves behind.
const (
	stepSeconds   = 6
	stepPatience  = 4 * stepSeconds * time.Second
	startPatience = 5 * time.Minute // some programs load thousands of files
	openPatience  = time.Minute
	quiet         = 30 * time.Millisecond
	quietElements = 100 * time.Millisecond
)

// Options are the settings of a session. The zero value is for use.
type Options struct {
	// Patience is how long corsim waits for the answer to a step; 0 is 24 seconds.
	Patience time.Duration
}

// Session is an adapter that runs, and the servers that it speaks to.
type Session struct {
	// Adapter is what the adapter says of itself.
	Adapter *Adapter

	launch   Launcher
	options  Options
	talk     *talk // nil after the adapter failed
	server   *wire.Server
	greeting greeting
	folder   string

	mu      sync.Mutex
	opening *scenario.Scenario // the scenario whose page is being opened
}

// Start starts the servers and the adapter, and greets it. The caller closes the session.
func Start(ctx context.Context, launch Launcher, o Options) (*Session, error) {
	if o.Patience == 0 {
		o.Patience = stepPatience
	}
	s := &Session{launch: launch, options: o}
	if err := s.serve(); err != nil {
		return nil, err
	}
	if err := s.greet(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// serve starts the servers.
func (s *Session) serve() error {
	authority, err := wire.NewAuthority()
	if err != nil {
		return err
	}
	hash, err := authority.KeyHash()
	if err != nil {
		return err
	}
	if s.folder, err = os.MkdirTemp("", "corsim-conform"); err != nil {
		return err
	}
	file := filepath.Join(s.folder, "authority.pem")
	if err := os.WriteFile(file, authority.PEM(), 0o600); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.server = wire.NewServer(wire.Options{Authority: authority, Intercept: s.document})
	go s.server.Serve(listener)
	s.greeting = greeting{
		Protocol: Protocol, Address: listener.Addr().String(), Authority: file, KeyHash: hash, Seconds: stepSeconds,
	}
	return nil
}

// greet starts the adapter and greets it.
func (s *Session) greet(ctx context.Context) error {
	g := &s.greeting
	environment := []string{
		"CORSIM_ADDRESS=" + g.Address, "CORSIM_AUTHORITY=" + g.Authority, "CORSIM_KEY_HASH=" + g.KeyHash,
		"NODE_EXTRA_CA_CERTS=" + g.Authority, "DENO_CERT=" + g.Authority,
	}
	t, err := startTalk(ctx, s.launch, environment)
	if err != nil {
		return err
	}
	line, err := t.ask(g, startPatience)
	if err == nil {
		s.Adapter, err = decodeAdapter(line)
	}
	if err != nil {
		t.close()
		return err
	}
	s.talk = t
	return nil
}

// Close ends the adapter and the servers.
func (s *Session) Close() {
	s.drop()
	if s.server != nil {
		s.server.Close()
	}
	os.RemoveAll(s.folder)
}

// drop ends the adapter.
func (s *Session) drop() {
	if s.talk != nil {
		s.talk.close()
		s.talk = nil
	}
}

// Play lets the adapter play a scenario, given with its line of JSON. An error says that
// there is no observation; the next scenario can be played nevertheless.
func (s *Session) Play(ctx context.Context, text string, played *scenario.Scenario) (*scenario.Observation, error) {
	if lack := s.Adapter.lacks(played); lack != "" {
		return nil, unsupportedError(lack)
	}
	if s.talk == nil {
		if err := s.greet(ctx); err != nil {
			return nil, err
		}
	}
	o, err := s.play(ctx, text, played)
	var unsupported unsupportedError
	if err != nil && !errors.As(err, &unsupported) {
		s.drop() // nobody knows what it would answer next
	}
	return o, err
}

func (s *Session) play(ctx context.Context, text string, played *scenario.Scenario) (*scenario.Observation, error) {
	s.server.Play(played.Server)
	s.setOpening(played)
	line, err := s.talk.ask(map[string]any{"scenario": json.RawMessage(text)}, openPatience)
	s.setOpening(nil)
	if err != nil {
		return nil, err
	}
	if err := decodeReady(line); err != nil {
		return nil, err
	}
	s.server.Play(played.Server) // requests that opened the page are not counted
	out := &scenario.Observation{Name: played.Name, Engine: s.Adapter.engine()}
	for i, step := range played.Steps {
		o, err := s.step(ctx, i, step)
		if err != nil {
			return nil, fmt.Errorf("steps[%d]: %w", i, err)
		}
		out.Steps = append(out.Steps, o)
	}
	return out, nil
}

// step lets the adapter take a step, or waits if the step is to wait.
func (s *Session) step(ctx context.Context, i int, step scenario.Step) (o scenario.StepObservation, err error) {
	if wait, ok := step.(*scenario.WaitStep); ok {
		select {
		case <-time.After(wait.Duration):
		case <-ctx.Done():
			return o, ctx.Err()
		}
		o.Outcome = scenario.OutcomeWaited
		return o, nil
	}
	line, err := s.talk.ask(map[string]any{"step": i}, s.options.Patience)
	if err != nil {
		return o, err
	}
	if o, err = decodeStep(line); err != nil {
		return o, err
	}
	if err := s.server.WaitQuiet(ctx, quietAfter(step)); err != nil {
		return o, err
	}
	for _, r := range s.server.Take() {
		o.Wire = append(o.Wire, r.Observation(step))
	}
	return o, nil
}

// quietAfter returns how long no request must come after a step before it is done. Elements
// go on loading after their event, and beacons begin after their call.
func quietAfter(step scenario.Step) time.Duration {
	switch step.(type) {
	case *scenario.FetchStep, *scenario.XHRStep:
		return quiet
	}
	return quietElements
}

func (s *Session) setOpening(played *scenario.Scenario) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opening = played
}

// emptyPage is the document that a browser opens. The icon keeps it from asking for
// favicon.ico.
const emptyPage = `<!doctype html><meta charset="utf-8"><title>scenario</title><link rel="icon" href="data:,">`

// document answers the requests that come while a page is opened: with the page, and with
// the cookies of the scenario at their URLs.
func (s *Session) document(_ context.Context, r *wire.Request) *fetch.WireResponse {
	s.mu.Lock()
	opening := s.opening
	s.mu.Unlock()
	if opening == nil {
		return nil
	}
	out := &fetch.WireResponse{Status: 404, Body: emptyPage}
	out.Header.Append("Content-Type", "text/html")
	for _, c := range opening.Cookies {
		if c.URL == r.URL {
			out.Status = 200
			out.Header.Append("Set-Cookie", scenario.BytesOfText(c.Set))
		}
	}
	if r.URL == opening.Page {
		out.Status = 200
		if opening.Sandboxed {
			out.Header.Append("Content-Security-Policy", "sandbox allow-scripts")
		}
	}
	return out
}
