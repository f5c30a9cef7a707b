package nodejs

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
)

// load reads a program in all its worlds.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if len(src.Text) > maxText {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the text is too long"}
	}
	p := newProgram(&src)
	var s *worlds
	for range 8 {
		var err error
		if s, err = loadWorlds(ctx, p); err == nil {
			break
		}
		if !p.complete(err) {
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
	var e explorer
	var first error
	for {
		m := newMachine(p, e.ways)
		err := m.load(ctx)
		switch {
		case err == nil:
			s.machines = append(s.machines, m)
		case first == nil || !isStart(err):
			first = err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && !isStart(err) {
			return nil, err
		}
		s.over = s.over || m.choices.over
		if !e.next(m.loadChoices) {
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
	return s, nil
}

func isStart(err error) bool {
	_, ok := errors.AsType[*server.StartError](err)
	return ok
}

// load runs the program up to the point where its server listens.
func (m *machine) load(ctx context.Context) error {
	m.loading = true
	err := m.limited(ctx, func() {
		m.supply()
		m.modules["main"] = nil
		exports := m.runFile(m.program.name, m.program.text)
		m.turns(func() bool { return m.listens() })
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

// message returns an error as Node prints it.
func (m *machine) message(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok && m.unknown.byValue[o] == nil {
		name, message := o.Get("name"), o.Get("message")
		if name != nil && message != nil {
			return m.readable(name.String() + ": " + message.String())
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
	return &server.InputError{Position: server.Position{File: m.program.name}, Problem: "there is no server in this program", Help: "give the file that calls listen, or that exports the application"}
}

var notDefined = regexp.MustCompile(`ReferenceError: (\w+) is not defined`)

// suppliable are the names that a fragment may use without making them.
var suppliable = []string{"app", "express", "cors", "router", "server", "http", "helmet", "path", "dotenv", "morgan", "bodyParser", "fs", "cookieParser"}

// bodyHead stands before a text that is the body of a middleware.
const bodyHead = "app.use((req, res, next) => { "

// complete supplies what a fragment lacks, and reports whether that may help.
func (p *program) complete(err error) bool {
	m := notDefined.FindStringSubmatch(err.Error())
	if m == nil {
		return p.split(err)
	}
	name := m[1]
	switch {
	case slices.Contains(suppliable, name) && !slices.Contains(p.fragment, name):
		p.fragment = append(p.fragment, name)
		return true
	case slices.Contains([]string{"res", "req", "next"}, name) && !slices.Contains(p.fragment, "res"):
		p.fragment = append(p.fragment, "res")
		p.body, p.text = p.text, bodyHead+p.text+"\nnext(); });"
		p.reset()
		return true
	}
	return p.split(err)
}

// reset forgets what was prepared of the program's own text.
func (p *program) reset() { delete(p.prepared, p.name) }

var partHead = regexp.MustCompile(`(?m)^\s*(?://|#)\s*([\w./-]*\.env(?:\.\w+)?|[\w./-]+\.(?:js|ts|mjs|cjs|json|jsx|tsx))\s*:?\s*$`)

// split takes a text apart that prints several files one after the other, each
// under a comment with its name.
func (p *program) split(error) bool {
	heads := partHead.FindAllStringSubmatchIndex(p.text, -1)
	if len(heads) == 0 || p.parts {
		return false
	}
	p.parts = true
	env := make(map[string]string)
	for i, h := range heads {
		name, end := p.text[h[2]:h[3]], len(p.text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		part := p.text[h[1]:end]
		if strings.Contains(name, ".env") {
			for k, v := range parseDotenv(part) {
				env[k] = v
			}
			p.text = p.text[:h[1]] + blank(part) + p.text[end:]
		}
	}
	if len(env) == 0 {
		return false
	}
	for k, v := range p.env {
		env[k] = v
	}
	p.env = env
	p.reset()
	return true
}

// blank returns a text of spaces and line ends as long as another.
func blank(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return ' '
	}, s)
}

// supply sets what a fragment lacks.
func (m *machine) supply() {
	for _, name := range m.program.fragment {
		switch name {
		case "app":
			m.hidden("app", m.newApp(m.express()).object)
		case "router":
			a := m.newApp(m.express())
			r := m.newRouter(m.express(), goja.Undefined())
			m.hidden("router", r.object)
			m.callMethod(a.object, "use", r.object)
		case "server":
			m.hidden("server", m.createServer(goja.FunctionCall{}))
		case "bodyParser":
			m.hidden(name, m.require("body-parser", "."))
		case "cookieParser":
			m.hidden(name, m.require("cookie-parser", "."))
		case "res":
			if !slices.Contains(m.program.fragment, "app") {
				m.hidden("app", m.newApp(m.express()).object)
			}
		default:
			m.hidden(name, m.require(name, "."))
		}
	}
}

// supplied says what was supplied to a fragment.
func (p *program) supplied() []server.Assumption {
	var out []server.Assumption
	for _, name := range p.fragment {
		text := fmt.Sprintf("the text is a part of a program: %s is supplied", name)
		switch name {
		case "app":
			text = "the text is a part of a program: app is an Express application that listens"
		case "res":
			text = "the text is taken as the body of one middleware (req, res, next), which then calls next()"
		}
		out = append(out, server.Assumption{Position: server.Position{File: p.name}, Text: text})
	}
	return out
}

// chooseExport takes what the main file exports as the server, if it is one.
func (m *machine) chooseExport(exports goja.Value) bool {
	o, ok := exports.(*goja.Object)
	if !ok || m.unknown.byValue[o] != nil {
		return false
	}
	candidates := []goja.Value{o}
	for _, name := range []string{"default", "app", "server", "handler"} {
		if v := o.Get(name); v != nil {
			candidates = append(candidates, v)
		}
	}
	for _, v := range candidates {
		c, ok := v.(*goja.Object)
		if !ok || m.unknown.byValue[c] != nil {
			continue
		}
		if a := m.found.apps[c]; a != nil {
			m.found.handler = a.serve
			return true
		}
		if l := m.listenerOf(c); l != nil {
			m.found.handler = m.handlerOf(l)
			return true
		}
	}
	for _, v := range candidates {
		if c, ok := v.(*goja.Object); ok && isFunction(v) && m.unknown.byValue[c] == nil {
			return m.chooseFunction(c)
		}
	}
	return false
}

// chooseFunction takes an exported function as the handler of a serverless platform
// or as what makes the application.
func (m *machine) chooseFunction(f *goja.Object) bool {
	if r := m.found.routers[f]; r != nil {
		m.found.handler = func(x *exchange) { r.handle(x, func(err goja.Value) { x.finalHandler(err) }) }
		return true
	}
	if len(m.found.appList) > 0 {
		return false
	}
	if f.Get("length").ToInteger() == 0 {
		return m.chooseMade(f)
	}
	m.found.handler = func(x *exchange) { x.serverless(f) }
	return true
}

// chooseMade calls a function without parameters, and takes the application that it
// makes.
func (m *machine) chooseMade(f *goja.Object) bool {
	call, _ := goja.AssertFunction(f)
	m.native(call)
	for _, a := range m.found.appList {
		if !m.isMounted(a) {
			m.found.handler = a.serve
			return true
		}
	}
	return false
}

// serverless gives a request to a handler (req, res) of a serverless platform, whose
// objects have methods like those of Express.
func (x *exchange) serverless(f *goja.Object) {
	m := x.m
	e := m.express()
	a := m.newPlatformApp(e)
	_ = x.req.SetPrototype(a.request)
	_ = x.res.SetPrototype(a.response)
	_ = x.req.Set("query", a.query(x))
	_ = x.req.Set("cookies", m.vm.NewObject())
	if p := (&bodyReader{m: m, kind: "json", types: []string{"application/json"}, limit: 1 << 20}); x.hasBody() && p.wants(x) {
		if v, bad := p.parseJSON(decodeUTF8(x.from.Body)); bad == nil {
			_ = x.req.Set("body", v)
		}
	} else {
		_ = x.req.Set("body", x.from.Body)
	}
	call, _ := goja.AssertFunction(f)
	v, err := call(goja.Undefined(), x.req, x.res)
	if err == nil {
		if o, ok := v.(*goja.Object); ok {
			if p, ok := o.Export().(*goja.Promise); ok {
				m.then(p, o, func(goja.Value) { x.crash() })
			}
		}
		return
	}
	if _, ok := err.(*goja.Exception); !ok || m.stopped != nil {
		panic(err)
	}
	x.crash()
}

// crash is the platform's answer to an error of its handler.
func (x *exchange) crash() {
	if !x.sent {
		_ = x.res.Set("statusCode", 500)
		x.end("")
	}
}

// newPlatformApp returns an application for the methods of a platform's objects.
func (m *machine) newPlatformApp(e *express) *app {
	if m.found.platform == nil {
		m.found.platform = m.newApp(e)
	}
	return m.found.platform
}
