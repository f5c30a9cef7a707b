package ruby

import (
	"maps"
	"slices"
	"sync"

	"github.com/corsim/corsim/fetch/server/worlds"
)

// kept is the mark on each value that was made while the configuration was loaded. A
// request that changes one of them changes the program: its machine answers no other.
type kept struct{ changed bool }

// touch notes that a marked value changes.
func (k *kept) touch() {
	if k != nil {
		k.changed = true
	}
}

// maxIdle is how many loaded machines wait for requests.
const maxIdle = 8

// idle holds the loaded machines that wait for requests.
type idle struct {
	mu       sync.Mutex
	machines []*machine
}

// take returns a machine that was loaded with the ways that a run repeats; nil when
// none waits.
func (i *idle) take(ways []bool) *machine {
	i.mu.Lock()
	defer i.mu.Unlock()
	for n, m := range i.machines {
		if m.loadedWith(ways) {
			i.machines = slices.Delete(i.machines, n, n+1)
			return m
		}
	}
	return nil
}

// give lets a machine wait, when the request that it answered changed nothing.
func (i *idle) give(m *machine) {
	if !m.unchanged() {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.machines) < maxIdle {
		i.machines = append(i.machines, m)
	}
}

// loadedWith reports whether a machine was loaded as a run that repeats some ways loads
// it. A choice that is not among them takes its first way.
func (m *machine) loadedWith(ways []bool) bool {
	for n, c := range m.loadChoices {
		if n < len(ways) && ways[n] != c.Way || n >= len(ways) && !c.Way {
			return false
		}
	}
	return true
}

// keep marks what was loaded, and keeps what each request begins with.
func (m *machine) keep() {
	m.loadChoices = m.choices.Made()
	m.mark()
	begin := *m
	begin.assumptions, begin.decided = slices.Clip(m.assumptions), slices.Clip(m.decided)
	begin.globals = maps.Clone(m.globals)
	m.begin = &begin
}

// mark marks all that the machine holds.
func (m *machine) mark() {
	m.kept = new(kept)
	m.files = len(m.loaded)
	w := walker{kept: m.kept, seen: make(map[any]bool)}
	w.machine(m)
}

// restart prepares a machine for a request.
func (m *machine) restart(ways []bool) {
	b := m.begin
	m.steps, m.depth, m.missing, m.statusUnknown = b.steps, b.depth, b.missing, b.statusUnknown
	m.assumptions, m.decided, m.globals = b.assumptions, b.decided, maps.Clone(b.globals)
	m.choices = worlds.Begin(ways, m.loadChoices)
	m.serving, m.rails.reply = nil, nil
}

// unchanged reports whether a machine can answer another request as a new one would.
func (m *machine) unchanged() bool {
	if m == nil || m.begin == nil || m.kept.changed {
		return false
	}
	if len(m.loaded) == m.files {
		return true
	}
	// The request loaded further files.
	if len(m.choices.Made()) > len(m.loadChoices) || m.statusUnknown != m.begin.statusUnknown || m.missing != m.begin.missing || len(m.assumptions) != len(m.begin.assumptions) {
		return false
	}
	m.mark()
	return true
}

// walker marks values.
type walker struct {
	kept *kept
	seen map[any]bool
}

// first reports whether something was not seen before.
func (w walker) first(v any) bool {
	if w.seen[v] {
		return false
	}
	w.seen[v] = true
	return true
}

func (w walker) machine(m *machine) {
	for _, v := range m.globals {
		w.value(v)
	}
	for _, c := range m.classes {
		w.value(c)
	}
	w.builder(m.builder)
	for _, v := range m.rails.settings {
		w.value(v)
	}
	for _, op := range m.rails.operations {
		w.value(op.target)
		w.middleware(op.mw)
	}
	for _, r := range m.rails.routes {
		w.value(r.app)
	}
}

func (w walker) builder(b *builder) {
	for _, x := range b.stack {
		w.middleware(x)
	}
	for _, x := range b.maps {
		w.builder(x.inner)
	}
	w.value(b.app)
}

func (w walker) middleware(x middleware) {
	w.value(x.class)
	w.values(x.args)
	if x.named != nil {
		w.value(x.named)
	}
	w.proc(x.block)
	if x.cors == nil {
		return
	}
	for _, a := range x.cors.allows {
		w.values(a.origins)
		for _, r := range a.resources {
			w.value(r.condition)
		}
	}
}

func (w walker) values(list []value) {
	for _, v := range list {
		w.value(v)
	}
}

func (w walker) value(v value) {
	switch v := v.(type) {
	case *list:
		if w.first(v) {
			v.kept = w.kept
			w.values(v.items)
		}
	case *hash:
		if w.first(v) {
			v.kept = w.kept
			for _, p := range v.pairs {
				w.value(p.key)
				w.value(p.value)
			}
		}
	case *object:
		if w.first(v) {
			v.kept = w.kept
			w.value(v.class)
			for _, x := range v.vars {
				w.value(x)
			}
		}
	case *proc:
		w.proc(v)
	case *class:
		w.class(v)
	}
}

func (w walker) class(c *class) {
	if !w.first(c) {
		return
	}
	c.kept = w.kept
	for _, vars := range []map[string]value{c.constants, c.vars} {
		for _, v := range vars {
			w.value(v)
		}
	}
	for _, v := range c.data {
		switch v := v.(type) {
		case []callback:
			for _, f := range v {
				w.values(f.names)
				for _, x := range f.conditions {
					w.value(x.test)
				}
			}
		case []*proc:
			for _, p := range v {
				w.proc(p)
			}
		case *sinatra:
			w.sinatra(v)
		default:
			w.value(v)
		}
	}
}

func (w walker) sinatra(s *sinatra) {
	w.value(s.settings)
	for _, r := range append(slices.Clone(s.routes), s.filters...) {
		w.proc(r.block)
	}
	for _, e := range s.errors {
		w.proc(e.block)
	}
	for _, x := range s.stack {
		w.middleware(x)
	}
}

func (w walker) proc(p *proc) {
	if p == nil || !w.first(p) {
		return
	}
	for s := p.env; s != nil && w.first(s); s = s.above {
		s.kept = w.kept
		w.value(s.self)
		w.proc(s.block)
		for _, v := range s.vars {
			w.value(v)
		}
	}
}
