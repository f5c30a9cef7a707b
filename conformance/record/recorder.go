package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// tries is how often a scenario is tried before it counts as failed.
const tries = 3

// settled is how long nothing may happen before a step counts as over. Beacons are sent after the call.
const (
	settled       = 100 * time.Millisecond
	settledBeacon = 400 * time.Millisecond
)

// patience is the longest time for a step or for opening a document. On a busy machine some browsers need a minute
// to start.
const patience = 3 * time.Minute

// Job is what is recorded.
type Job struct {
	Engine  string // a name of [Engines]
	Stories []*Story
	// Done are the names of scenarios that are already recorded.
	Done map[string]bool
	// Twice records each scenario a second time, at once. What differs is a race, and is logged.
	Twice bool
	// Write gets each observation as soon as it is made.
	Write func(*scenario.Observation) error
	// Log gets a line about each thing that the user should know.
	Log func(line string)
}

// recorder is a running job.
type recorder struct {
	job    *Job
	driver driver
	engine string
	server *wire.Server
	pages  *pages
	world  *world
	tables map[*Story]*hostTable
	before *Story // that the running browser played last
}

// Run records the scenarios of a job, in a world that [Enter] made. The error is that of starting the
// browser or of writing; a scenario that cannot be run is an observation that says so.
func Run(ctx context.Context, job *Job) error {
	w, err := openWorld(job.Engine, job.Stories)
	if err != nil {
		return err
	}
	return job.run(ctx, w)
}

// RunInstalled records the scenarios of a job in a browser of the user, with a profile of its own. It needs neither
// namespaces nor any rights. The browser connects to one port of the loopback interface for all hosts, and what it asks
// other hosts for by itself gets no answer.
func RunInstalled(ctx context.Context, job *Job, b *Installed) error {
	job.Engine = b.Engine
	w, err := openMapped(b, job.Stories)
	if err != nil {
		return err
	}
	return job.run(ctx, w)
}

// run records the scenarios in a world, and closes it.
func (job *Job) run(ctx context.Context, w *world) error {
	defer w.close()
	d, err := newDriver(job.Engine, w)
	if err != nil {
		return err
	}
	r := &recorder{job: job, driver: d, server: w.server, pages: w.pages, world: w, tables: settle(job.Stories)}
	defer func() { r.driver.stop() }()
	if r.engine, err = d.start(ctx); err != nil {
		return err
	}
	for _, s := range inTurn(job.Stories, r.tables) {
		if job.Done[s.Name] {
			continue
		}
		if err := r.write(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// inTurn orders stories so that a browser starts or forgets as rarely as it can: by where the hosts are, by whether certificates
// have errors, and then those first that are alone.
func inTurn(stories []*Story, tables map[*Story]*hostTable) []*Story {
	rank := make(map[*Story]int, len(stories))
	ranks := make(map[*hostTable]int) // of tables, in the order of their first stories
	for _, s := range stories {
		if w := tables[s]; w != nil {
			if ranks[w] == 0 {
				ranks[w] = 4 * (len(ranks) + 1)
			}
			rank[s] = ranks[w]
		}
		if !s.World.CertificateErrors {
			rank[s] += 2
		}
		if !s.standsAlone() {
			rank[s]++
		}
	}
	out := slices.Clone(stories)
	slices.SortStableFunc(out, func(a, b *Story) int { return rank[a] - rank[b] })
	return out
}

// write records a story, twice where the job says so, and hands the first observation on.
func (r *recorder) write(ctx context.Context, s *Story) error {
	o, err := r.record(ctx, s)
	if err != nil {
		return err
	}
	if r.job.Twice {
		again, err := r.record(ctx, s)
		if err != nil {
			return err
		}
		if races := conformance.Compare(conformance.AuthorNamesOf(s.Scenario), o, again); len(races) > 0 {
			r.job.Log(race(s, races))
		}
	}
	return r.job.Write(o)
}

// race says in which dimensions two recordings of a story differ.
func race(s *Story, differences []conformance.Disagreement) string {
	words := make([]string, len(differences))
	for i, d := range differences {
		words[i] = fmt.Sprintf("%s in step %d", d.Dimension, d.Step+1)
	}
	return s.Name + ": recorded again, it differs: " + strings.Join(words, ", ")
}

// unrecordableError is the error of a story that cannot be recorded in a browser, however often it is tried.
type unrecordableError struct{ reason string }

// Error returns the reason.
func (e *unrecordableError) Error() string { return e.reason }

// record plays a story, in a new browser when the one that runs fails. The error is that of ctx, or
// that the browser does not start any more.
func (r *recorder) record(ctx context.Context, s *Story) (*scenario.Observation, error) {
	var last error
	for range tries {
		o, err := r.play(ctx, s)
		if err == nil {
			return o, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		last = err
		if _, never := errors.AsType[*unrecordableError](err); never {
			break
		}
		r.job.Log(fmt.Sprintf("%s: %v; the browser starts again", s.Name, err))
		r.driver.stop()
		r.before = nil
		if _, err := r.driver.start(ctx); err != nil {
			return nil, err
		}
	}
	return &scenario.Observation{Name: s.Name, Engine: r.engine, Failed: scenario.Some(last.Error())}, nil
}

// play plays a story once.
func (r *recorder) play(ctx context.Context, s *Story) (*scenario.Observation, error) {
	r.server.Play(nil)
	keep := r.before != nil && r.before.standsAlone() && s.standsAlone()
	if r.before == s {
		keep = false
	}
	r.before = s
	if err := r.move(ctx, r.tables[s]); err != nil {
		return nil, err
	}
	if err := r.driver.reset(ctx, s, keep); err != nil {
		return nil, err
	}
	r.pages.install(s)
	if s.ServiceWorker != nil {
		if err := r.register(ctx, s); err != nil {
			return nil, err
		}
	}
	for _, v := range visits(s) {
		if err := r.open(ctx, v); err != nil {
			return nil, fmt.Errorf("opening %s: %w", v.url, err)
		}
	}
	if _, err := r.driver.said(ctx); err != nil {
		return nil, err
	}
	if s.World.IsLocated() {
		r.server.PlayByPort(s.Server, documentsOf(s))
	} else {
		r.server.Play(s.Server)
	}
	o := &scenario.Observation{Name: s.Name, Engine: r.engine}
	for i := range s.Steps {
		step, err := r.step(ctx, s, i)
		if err != nil {
			return nil, fmt.Errorf("step %d: %w", i+1, err)
		}
		o.Steps = append(o.Steps, *step)
	}
	return o, nil
}

// documentsOf returns the URLs of the documents of a story.
func documentsOf(s *Story) []string {
	out := []string{s.Page}
	for _, step := range s.Steps {
		if page, ok := step.(*scenario.PageStep); ok {
			out = append(out, page.Document.URL)
		}
	}
	return out
}

// move puts the hosts where a table says, and starts the browser again, which may remember where they were.
func (r *recorder) move(ctx context.Context, t *hostTable) error {
	if r.world == nil || r.world.table == t {
		return nil
	}
	r.driver.stop()
	if err := r.world.move(t); err != nil {
		return err
	}
	_, err := r.driver.start(ctx)
	return err
}

func (r *recorder) open(ctx context.Context, v *visit) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r.pages.expect(v)
	defer r.pages.expect(nil)
	return r.driver.open(ctx, v.url)
}

// step makes one step and waits until nothing happens any more.
func (r *recorder) step(ctx context.Context, s *Story, i int) (*scenario.StepObservation, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	out := &scenario.StepObservation{Outcome: scenario.OutcomeWaited}
	pause := settled
	switch step := s.Steps[i].(type) {
	case *scenario.WaitStep:
		if err := sleep(ctx, step.Duration); err != nil {
			return nil, err
		}
	case *scenario.PageStep:
		out.Outcome = scenario.OutcomePage
		if err := r.open(ctx, visitOf(step.Document)); err != nil {
			return nil, err
		}
	default:
		raw, err := r.driver.run(ctx, s.steps[i])
		if err != nil {
			return nil, err
		}
		if err := decodeResult(raw, out); err != nil {
			return nil, err
		}
		hideClosing(out, s, closing(r.job.Engine))
		if _, ok := step.(*scenario.BeaconStep); ok {
			pause = settledBeacon
		}
	}
	if err := sleep(ctx, pause); err != nil {
		return nil, err
	}
	if err := r.server.WaitQuiet(ctx, pause); err != nil {
		return nil, err
	}
	said, err := r.driver.said(ctx)
	if err != nil {
		return nil, err
	}
	out.Console, out.Issues, out.Audits = said.console, said.issues, said.audits
	for _, request := range r.server.Take() {
		out.Wire = append(out.Wire, request.Observation(s.Steps[i]))
	}
	return out, nil
}

// hideClosing removes the header that the server added from what script sees.
func hideClosing(out *scenario.StepObservation, s *Story, added fetch.Header) {
	own := slices.ContainsFunc(s.Server, func(r server.Rule) bool { return r.Header.Contains(added.Name) })
	if out.Response == nil || own {
		return
	}
	out.Response.Header = slices.DeleteFunc(out.Response.Header, func(h scenario.HeaderText) bool {
		return fetch.EqualFold(h.Name, added.Name) && h.Value == added.Value
	})
}

// sleep waits for a duration; the error is that of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// result is what the runner returns.
type result struct {
	Outcome   string `json:"outcome"`
	Error     *string
	Protocol  string
	Readable  *bool
	ReadError *string
	Message   *string
	Response  *struct {
		Type, URL, Body string
		Status          int
		Redirected      bool
		Headers         [][2]string
		BodyError       *string
	}
}

func decodeResult(raw json.RawMessage, out *scenario.StepObservation) error {
	var r result
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("the runner returned %s: %w", scenario.Quote(string(raw)), err)
	}
	var err error
	if out.Outcome, err = scenario.ParseOutcome(r.Outcome); err != nil {
		return err
	}
	out.Error, out.Protocol = optional(r.Error), r.Protocol
	out.Readable, out.ReadError, out.Message = optional(r.Readable), optional(r.ReadError), optional(r.Message)
	if r.Response == nil {
		return nil
	}
	out.Response = &scenario.ResponseObservation{
		Type: r.Response.Type, Status: r.Response.Status, URL: r.Response.URL, Redirected: r.Response.Redirected,
		Body: r.Response.Body, BodyError: optional(r.Response.BodyError),
	}
	for _, h := range r.Response.Headers {
		out.Response.Header = append(out.Response.Header, scenario.HeaderText{Name: h[0], Value: h[1]})
	}
	return nil
}

func optional[T any](v *T) scenario.Optional[T] {
	if v == nil {
		return scenario.Optional[T]{}
	}
	return scenario.Some(*v)
}
