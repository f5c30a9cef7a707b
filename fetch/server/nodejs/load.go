package nodejs

import (
	"context"
	"errors"
	"regexp"
	"slices"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
	ways "github.com/corsim/corsim/fetch/server/worlds"
)

// load reads a program in all its worlds.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if len(src.Text) > maxText {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the text is too long"}
	}
	p := newProgram(&src)
	if isNextServer(&src) {
		p.start = startNext
	}
	var s *worlds
	for range 8 {
		var err error
		if s, err = loadWorlds(ctx, p); err == nil {
			break
		}
		if !p.assumeOlder(err) && !p.complete(err) {
			return nil, err
		}
	}
	if s == nil {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the text is not a whole program"}
	}
	return s.model(&src), nil
}

// loadWorlds loads the program once for each way that unknown conditions can take
// while it is loaded. Ways in which it does not start are left out if it starts in
// another one.
func loadWorlds(ctx context.Context, p *program) (*worlds, error) {
	s := &worlds{program: p}
	var tree ways.Tree
	var first error
	for {
		m := newMachine(p, tree.Ways())
		err := m.load(ctx)
		switch {
		case err == nil:
			s.machines = append(s.machines, m)
		case first == nil || !ends(err):
			first = err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && !ends(err) {
			return nil, err
		}
		s.over = s.over || m.choices.over
		if !tree.Next(waysOf(m.loadChoices)) {
			break
		}
		if len(s.machines) == maxWorlds {
			s.over = true
			break
		}
	}
	if len(s.machines) == 0 {
		return nil, first
	}
	for _, m := range s.machines {
		m.several = len(s.machines) > 1
	}
	return s, nil
}

// isStart reports whether a load failed because the real server does not start.
func isStart(err error) bool {
	_, ok := errors.AsType[*server.StartError](err)
	return ok
}

// ends reports whether a load failed in a way that leaves others: the server does
// not start, or the program has none.
func ends(err error) bool { return isStart(err) || errors.Is(err, errNoServer) }

// load runs the program up to the point where its server listens.
func (m *machine) load(ctx context.Context) error {
	m.loading = true
	err := m.limited(ctx, func() {
		m.supply()
		m.installPlatform()
		m.modules["main"] = nil
		exports := m.runFile(m.program.name, m.program.text)
		m.turns(func() bool { return m.listens() })
		if m.program.start != "" {
			m.startDev(exports)
			return
		}
		m.choose(exports)
	})
	m.loading = false
	m.loadChoices = slices.Clone(m.choices.made)
	if err == nil {
		err = m.unhandled()
	}
	if err != nil {
		return m.startError(err)
	}
	m.choices.endLoading()
	m.unknown.kept = len(m.unknown.all)
	m.timers = nil
	clear(m.rejected)
	if m.found.handler == nil {
		return m.noServer()
	}
	return nil
}

// unhandled returns the error of a promise that was rejected while the program was
// loaded, which ends it.
func (m *machine) unhandled() error {
	if m.catchAll {
		return nil
	}
	for p := range m.rejected {
		if u := m.unknownObject(p.Result()); u != nil {
			continue
		}
		return &server.StartError{Position: server.Position{File: m.program.name}, Message: m.message(p.Result())}
	}
	return nil
}

// readsProperty is how the engine says what Node says in other words.
var readsProperty = regexp.MustCompile(`^Cannot read property '(\w+)' of (undefined|null)(?: or null)?$`)

// message returns an error as Node prints it.
func (m *machine) message(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok && m.unknown.byValue[o] == nil {
		name, message := o.Get("name"), o.Get("message")
		if name != nil && message != nil {
			return m.readable(name.String() + ": " + readsProperty.ReplaceAllString(message.String(), "Cannot read properties of $2 (reading '$1')"))
		}
	}
	if v == nil {
		return "an error"
	}
	return m.readable(v.String())
}

// startError returns the error of a load as a reader gives it.
func (m *machine) startError(err error) error {
	var e *goja.Exception
	if !errors.As(err, &e) {
		return outside(err)
	}
	at := server.Position{File: m.program.name}
	for _, f := range e.Stack() {
		if p := f.Position(); p.Filename != "" && p.Line > 0 && p.Filename[0] != '<' {
			at = m.at(p.Filename, p.Line, p.Column)
			break
		}
	}
	return &server.StartError{Position: at, Message: m.message(e.Value())}
}

// listens reports whether a server of the program listens.
func (m *machine) listens() bool {
	return slices.ContainsFunc(m.servers, func(l *listener) bool { return l.listens })
}

// choose finds what answers the requests: a server that listens, what the file
// exports, or an application that nothing else uses.
func (m *machine) choose(exports goja.Value) {
	for _, l := range m.servers {
		if l.listens {
			m.found.handler = m.handlerOf(l)
			return
		}
	}
	if m.chooseExport(exports) {
		return
	}
	for _, l := range m.servers {
		m.found.handler = m.handlerOf(l)
	}
	if m.found.handler != nil {
		return
	}
	for _, a := range m.found.appList {
		if !m.isMounted(a) {
			m.found.handler = a.serve
			return
		}
	}
	for _, o := range m.found.serverList {
		m.found.handler = m.found.servers[o]
		return
	}
	for _, r := range m.found.routers {
		m.found.handler = func(x *exchange) { r.handle(x, func(err goja.Value) { x.finalHandler(err) }) }
	}
}

// handlerOf returns what answers the requests of a server.
func (m *machine) handlerOf(l *listener) func(x *exchange) {
	if l.native != nil {
		return l.native
	}
	return func(x *exchange) {
		if x.attachedTo(l) {
			return
		}
		for _, h := range l.handlers {
			x.callHandler(h)
		}
	}
}

// callHandler gives a request to a function (req, res).
func (x *exchange) callHandler(h goja.Value) {
	m := x.m
	o, _ := h.(*goja.Object)
	if a := m.found.apps[o]; a != nil {
		a.serve(x)
		return
	}
	if u := m.unknownObject(h); u != nil {
		x.serveUnknown(u, func(goja.Value) {})
		return
	}
	f, ok := goja.AssertFunction(h)
	if !ok {
		return
	}
	_, err := f(goja.Undefined(), x.req, x.res)
	m.rethrow(err)
}

// noServer is the error about a program without a server.
func (m *machine) noServer() error {
	for _, u := range m.unknown.all {
		if u.from.local {
			return &server.InputError{Position: u.at, Problem: "the program's server is made in a file that is not given", Help: u.help}
		}
	}
	return &server.InputError{Position: server.Position{File: m.program.name}, Problem: "there is no server in this program", Help: "give the file that calls listen, or that exports the application", Err: errNoServer}
}
