package nodejs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	ways "github.com/corsim/corsim/fetch/server/worlds"
)

// worlds is a program in each way that unknown conditions could take while it was
// loaded. It answers requests.
type worlds struct {
	program  *program
	mu       sync.Mutex
	machines []*machine
	over     bool // there are more ways than were loaded
}

// outcome is what one run gives for a request.
type outcome struct {
	answer  *server.Answer
	err     error
	unsure  *unknown
	key     string // what is compared but the status
	choices []choice
}

// Answer answers a request.
func (s *worlds) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if a := refused(req); a != nil {
		return a, nil
	}
	if req.Method == "CONNECT" {
		return nil, fetch.ErrNoAnswer
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil, &server.UnknownError{Position: server.Position{File: s.program.name}, What: "too much of the program", Help: "give the environment and the files that it uses"}
	}
	var all []outcome
	for _, m := range s.machines {
		out, err := m.answers(ctx, req)
		if err != nil {
			return nil, err
		}
		for i := range out {
			out[i].choices = append(slices.Clone(m.loadChoices), out[i].choices...)
		}
		all = append(all, out...)
	}
	return merge(all)
}

// answers runs the program for a request in each way of its unknown conditions.
func (m *machine) answers(ctx context.Context, req *server.Request) ([]outcome, error) {
	var out []outcome
	var tree ways.Tree
	for {
		o, err := m.answer(ctx, req, tree.Ways(), len(out) > 0)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
		if len(o.choices) == 0 || !tree.Next(waysOf(o.choices)) {
			return out, nil
		}
		if len(out) == maxRuns || m.choices.over {
			return nil, o.choices[0].about.err()
		}
	}
}

// answer runs the program once for a request.
func (m *machine) answer(ctx context.Context, req *server.Request, ways []bool, repeated bool) (outcome, error) {
	m.forget()
	m.choices.begin(ways)
	m.repeated = repeated
	m.tasks, m.timers = m.tasks[:0], nil
	m.endCallbacks()
	x := m.newExchange(req)
	m.current = x
	err := m.limited(ctx, func() {
		m.found.handler(x)
		m.turns(func() bool { return x.ended })
	})
	m.current = nil
	o := outcome{}
	if len(m.choices.made) > 0 {
		o.choices = slices.Clone(m.choices.made)
	}
	if err != nil {
		if stop := m.hardStop(err); stop != nil {
			return o, stop
		}
	}
	crashed := err != nil || len(m.rejected) > 0 && !m.catchAll
	if len(m.rejected) > 0 {
		clear(m.rejected)
	}
	x.outcome(&o, crashed)
	return o, nil
}

// hardStop returns the error of a run that says nothing about the real server's
// answer, or nil.
func (m *machine) hardStop(err error) error {
	err = outside(err)
	if _, ok := errors.AsType[*goja.Exception](err); ok || isStart(err) {
		return nil
	}
	return err
}

// outcome fills in what the exchange came to.
func (x *exchange) outcome(o *outcome, crashed bool) {
	m := x.m
	unknown := len(m.choices.made) > 0 || len(m.unknown.all) > m.unknown.kept
	for _, w := range x.waits {
		if !*w.called && unknown {
			o.err = w.err
			return
		}
	}
	if !x.ended {
		switch {
		case x.failed != nil:
			o.err = x.failed
		case len(m.choices.made) > 0 && !crashed:
			o.unsure = m.choices.made[0].about
		case len(m.unknown.all) > m.unknown.kept && !crashed:
			o.unsure = m.unknown.all[m.unknown.kept]
		default:
			o.err = fetch.ErrNoAnswer
		}
		if o.unsure == nil {
			return
		}
		x.status = 200
	}
	if x.failed != nil {
		o.err = x.failed
		return
	}
	if u, name := x.unknownHeader(); u != nil {
		if name != "location" {
			o.err = u.err()
			return
		}
		x.remove(name)
		x.unsure = u
	}
	if x.unsure != nil {
		o.unsure = x.unsure
	}
	o.answer = &server.Answer{Status: x.status, Header: x.header(), Body: x.body.String(), Decided: x.decided}
	if len(o.choices) > 0 || m.several {
		o.key = x.key()
	}
}

// key returns what of an answer's headers is about CORS, for comparing.
func (x *exchange) key() string {
	var b strings.Builder
	for i := range x.lines {
		l := &x.lines[i]
		if l.lower != "vary" && !strings.HasPrefix(l.lower, "access-control-") {
			continue
		}
		for _, v := range l.values {
			b.WriteString(l.lower + ": " + v + "\n")
		}
	}
	return b.String()
}

// merge returns the answer that all outcomes agree on.
func merge(all []outcome) (*server.Answer, error) {
	first := all[0]
	if len(all) == 1 {
		return first.result()
	}
	if some := answered(all); 0 < len(some) && len(some) < len(all) {
		for i := range some {
			if some[i].unsure == nil {
				some[i].unsure = all[0].choices[0].about
			}
		}
		return merge(some)
	}
	for _, o := range all {
		if o.err != nil && !errors.Is(o.err, fetch.ErrNoAnswer) {
			return nil, o.err
		}
	}
	same := true
	for _, o := range all[1:] {
		if (o.answer == nil) != (first.answer == nil) || o.answer != nil && o.key != first.key {
			return nil, differing(first, o).err()
		}
		if o.answer != nil && !sameStatus(o.answer, first.answer) {
			same = false
		}
	}
	if first.answer == nil {
		return nil, first.err
	}
	if same {
		for _, o := range all {
			if o.unsure != nil {
				first.unsure = o.unsure
			}
		}
		return first.result()
	}
	best := first
	for _, o := range all {
		if o.unsure == nil {
			best = o
			break
		}
	}
	if best.unsure == nil {
		best.unsure = first.choices[0].about
	}
	return best.result()
}

// answered returns the outcomes without those in which the connection ends without
// an answer.
func answered(all []outcome) []outcome {
	var out []outcome
	for _, o := range all {
		if !errors.Is(o.err, fetch.ErrNoAnswer) {
			out = append(out, o)
		}
	}
	return out
}

// sameStatus reports whether two answers are equal but for headers that are not
// compared.
func sameStatus(a, b *server.Answer) bool {
	if a.Status != b.Status {
		return false
	}
	for _, name := range []string{"Allow", "Location"} {
		x, _ := a.Header.Get(name)
		y, _ := b.Header.Get(name)
		if x != y {
			return false
		}
	}
	return true
}

// differing returns the unknown value of the first decision that two runs took in
// another way.
func differing(a, b outcome) *unknown {
	for i := range min(len(a.choices), len(b.choices)) {
		if a.choices[i].way != b.choices[i].way {
			return a.choices[i].about
		}
	}
	if len(a.choices) > 0 {
		return a.choices[0].about
	}
	return b.choices[0].about
}

// result returns the answer of one outcome.
func (o outcome) result() (*server.Answer, error) {
	if o.err != nil {
		return nil, o.err
	}
	if o.unsure != nil {
		e := o.unsure.err()
		what := "the status, because "
		if o.unsure.served {
			what = "the status and what else Vary names, because "
		}
		e.What = what + e.What
		o.answer.StatusUnknown = e
	}
	return o.answer, nil
}

// model returns the model of the program.
func (s *worlds) model(src *server.Source) *server.Model {
	m := s.machines[0]
	out := &server.Model{
		Kind: kind, Fragment: len(s.program.fragment) > 0, Server: s,
		Assumptions: s.program.supplied(), Policy: m.facts(), Routes: m.routes(),
		Alternatives: alternatives(src),
	}
	if m.found.express != nil {
		out.Versions = append(out.Versions, s.program.version("express"))
	}
	out.Versions = append(out.Versions, m.found.versions...)
	for _, address := range m.found.behind {
		out.Assumptions = append(out.Assumptions, server.Assumption{Text: "behind " + address + " is a server with " + server.AssumedBackendText})
	}
	for _, name := range m.found.used {
		if standardVersions[name] != "" {
			out.Versions = append(out.Versions, s.program.version(name))
		}
	}
	if m.modules["cors"] != nil {
		out.Versions = append(out.Versions, s.program.version("cors"))
	}
	out.Assumptions = append(append(out.Assumptions, s.program.said...), m.found.said...)
	for _, v := range out.Versions {
		if v.Assumed {
			out.Assumptions = append(out.Assumptions, server.Assumption{Text: fmt.Sprintf("%s %s is assumed; give another one with --version", v.Name, v.Version)})
		}
	}
	if m.found.isRoute {
		out.Assumptions = append(out.Assumptions, server.Assumption{Position: server.Position{File: s.program.name}, Text: "every path is taken to be that of this route handler; the Vary line that Next.js adds itself is left out"})
	}
	s.addUnknowns(out)
	return out
}

// addUnknowns lists what the program uses and the text does not say.
func (s *worlds) addUnknowns(out *server.Model) {
	seen := make(map[string]bool)
	for _, u := range s.machines[0].unknown.all {
		if u.base != nil || u.at.Line == 0 || strings.ContainsAny(u.path, " ") {
			continue
		}
		if u.served && !seen[u.path] && !quietMiddleware[u.from.module] {
			seen[u.path] = true
			out.Assumptions = append(out.Assumptions, server.Assumption{Position: u.at, Text: "what " + u.path + " answers is not known: it is taken to set no CORS header, and to add nothing to Vary, where something before it decides about CORS"})
		}
		if u.from.local && strings.HasPrefix(u.path, "require(") && strings.HasSuffix(u.path, "')") && !seen["file "+u.path] {
			seen["file "+u.path] = true
			out.Unknowns = append(out.Unknowns, u.err())
		}
		if u.from.module == "" && strings.HasPrefix(u.path, "process.env.") && strings.Count(u.path, ".") == 2 && !seen[u.path] && !strings.HasSuffix(u.path, ")") {
			seen[u.path] = true
			out.Unknowns = append(out.Unknowns, u.err())
		}
	}
}
