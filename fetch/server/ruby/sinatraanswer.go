package ruby

import (
	"io/fs"
	"strings"

	"github.com/corsim/corsim/origin"
)

// sinatraRun is one request to an application of Sinatra.
type sinatraRun struct {
	k       *class
	self    *object
	env     *hash
	status  value
	headers *hash
	params  *hash
	body    string
}

// callSinatra answers a request: the middleware of the class, its filters and its
// routes.
func (m *machine) callSinatra(k *class, env *hash) *reply {
	var stack []middleware
	for c := k; c != nil; c = c.above {
		if s, ok := c.data["sinatra"].(*sinatra); ok {
			stack = append(append([]middleware(nil), s.stack...), stack...)
			if s.lost != nil {
				panic(stops{s.lost})
			}
		}
	}
	inside := func() *reply { return m.stack(stack, env, func() *reply { return m.runSinatra(k, env) }) }
	if v, _ := m.setting(k, "show_exceptions"); truth(v) && v != symbol("after_handler") {
		return m.showExceptions(inside)
	}
	return inside()
}

// runSinatra runs the filters and the routes.
func (m *machine) runSinatra(k *class, env *hash) *reply {
	x := &sinatraRun{k: k, env: env, status: int64(200), headers: &hash{folds: true}, params: new(hash), self: &object{class: k, vars: make(map[string]value)}}
	for name, v := range queryOf(text(env.must("QUERY_STRING"))) {
		x.params.set(name, v)
	}
	outer := m.serving
	m.serving = x
	defer func() { m.serving = outer }()
	if m.isPublic(k, env) {
		return &reply{status: 200, headers: x.headers}
	}
	failed := m.sinatraGuard(x, func() {
		m.halting(x, func() {
			m.filter(x, k, "before")
			m.sinatraRoutes(x, k)
			m.raise(pos{}, "Sinatra::NotFound", "Sinatra::NotFound")
		})
	})
	again := m.sinatraGuard(x, func() { m.halting(x, func() { m.filter(x, k, "after") }) })
	if n, ok := x.status.(int64); ok && !failed && !again {
		m.errorBlock(x, int(n), raised{})
	}
	return x.reply(m)
}

// reply returns what was answered.
func (x *sinatraRun) reply(m *machine) *reply {
	out := &reply{headers: x.headers, body: x.body}
	switch s := x.status.(type) {
	case int64:
		out.status = int(s)
	case *unknown:
		out.status = 200
		m.statusUnknown = s.err
	default:
		out.status = int(leadingInt(text(s)))
	}
	return out
}

// isPublic reports whether a request is for a file in the folder public, which is sent
// before all filters.
func (m *machine) isPublic(k *class, env *hash) bool {
	name := strings.TrimPrefix(origin.PercentDecode(text(env.must("PATH_INFO"))), "/")
	method := env.must("REQUEST_METHOD")
	if v, set := m.setting(k, "static"); m.src.Files == nil || method != "GET" && method != "HEAD" || set && v == false && sinatraHas(k, "static") {
		return false
	}
	if !fs.ValidPath("public/"+name) || name == "" {
		return false
	}
	info, err := fs.Stat(m.src.Files, "public/"+name)
	return err == nil && !info.IsDir()
}

// sinatraHas reports whether a class sets a setting itself.
func sinatraHas(k *class, name string) bool {
	_, ok := sinatraOf(k).settings.get(symbol(name))
	return ok
}

// halting runs a part up to a halt, and takes what it was halted with.
func (m *machine) halting(x *sinatraRun, f func()) {
	halted := false
	v := m.guarded(nil, "throw:halt", func() value {
		f()
		halted = true
		return nil
	})
	if !halted {
		x.take(m, v)
	}
}

// take sets what a route returns or halts with: a status, a body, or a list of both.
func (x *sinatraRun) take(m *machine, v value) {
	switch v := v.(type) {
	case int64:
		x.status = v
	case string:
		x.body = v
	case *unknown:
		if m.statusUnknown == nil {
			m.statusUnknown = v.err
		}
	case *list:
		if len(v.items) == 0 {
			return
		}
		if _, ok := v.items[0].(int64); !ok {
			return
		}
		x.status = v.items[0]
		for _, item := range v.items[1:] {
			if h, ok := item.(*hash); ok {
				for _, p := range h.pairs {
					x.headers.set(text(p.key), p.value)
				}
			}
		}
	}
}

// filter runs the filters of a class and of those above, these first.
func (m *machine) filter(x *sinatraRun, k *class, kind string) {
	if k == nil {
		return
	}
	m.filter(x, k.above, kind)
	for _, f := range sinatraOf(k).filters {
		if f.method == kind {
			m.guarded(nil, "throw:pass", func() value {
				m.process(x, f)
				return nil
			})
		}
	}
}

// process runs a route or a filter whose pattern matches; matched says whether it does.
func (m *machine) process(x *sinatraRun, r sinatraRoute) (v value, matched bool) {
	var args []value
	if r.pattern != nil {
		target := origin.PercentDecode(text(x.env.must("PATH_INFO")))
		if target == "" {
			target = "/"
		}
		at := m.match(r.at, r.pattern, target)
		if at == nil {
			return nil, false
		}
		args = x.capture(r, target, at)
	}
	if r.unsure {
		panic(stops{m.unknownError(r.at, "whether the conditions of this route hold", "")})
	}
	return m.callProcOn(r.at, r.block, x.self, args[:min(len(args), len(r.block.params))]), true
}

// capture sets the parameters that a path has, and returns them as arguments.
func (x *sinatraRun) capture(r sinatraRoute, target string, at []int) []value {
	var args []value
	splat, captures := new(list), new(list)
	for i := 1; i < len(at)/2; i++ {
		var v value
		if at[2*i] >= 0 {
			v = target[at[2*i]:at[2*i+1]]
		}
		args = append(args, v)
		captures.items = append(captures.items, v)
		switch {
		case i > len(r.names):
		case r.names[i-1] == "splat":
			splat.items = append(splat.items, v)
		default:
			x.params.set(r.names[i-1], v)
		}
	}
	x.params.set("splat", splat)
	x.params.set("captures", captures)
	return args
}

// sinatraRoutes runs the first route that matches and does not pass.
func (m *machine) sinatraRoutes(x *sinatraRun, k *class) {
	for c := k; c != nil; c = c.above {
		for _, r := range sinatraOf(c).routes {
			if value(r.method) != x.env.must("REQUEST_METHOD") {
				continue
			}
			m.guarded(nil, "throw:pass", func() value {
				if v, ok := m.process(x, r); ok {
					panic(leaves{how: "throw:halt", v: v})
				}
				return nil
			})
		}
	}
}

// sinatraGuard runs a part and gives its exceptions to the error blocks; failed says
// whether there was one.
func (m *machine) sinatraGuard(x *sinatraRun, f func()) (failed bool) {
	depth := m.depth
	defer func() {
		e := recover()
		r, ok := e.(raised)
		if e == nil {
			return
		}
		if !ok {
			panic(e)
		}
		m.depth = depth
		failed = true
		m.sinatraFails(x, r)
	}()
	f()
	return false
}

// sinatraFails answers an exception.
func (m *machine) sinatraFails(x *sinatraRun, r raised) {
	x.status = int64(500)
	if r.class == "Sinatra::NotFound" {
		x.status = int64(404)
	}
	show, _ := m.setting(x.k, "show_exceptions")
	if x.status == int64(500) && truth(show) && show != symbol("after_handler") {
		panic(r)
	}
	if m.errorBlock(x, int(x.status.(int64)), r) {
		return
	}
	if again, _ := m.setting(x.k, "raise_errors"); x.status == int64(500) && (truth(again) || truth(show)) {
		panic(r)
	}
}

// errorBlock runs the error block for an exception or a status; found says whether
// there is one.
func (m *machine) errorBlock(x *sinatraRun, status int, r raised) (found bool) {
	var block *proc
	for c := x.k; c != nil && block == nil; c = c.above {
		for _, e := range sinatraOf(c).errors {
			if e.from <= status && status <= e.to || e.class != "" && r.class != "" && m.isException(r.class, e.class) {
				block = e.block
			}
		}
	}
	if block == nil {
		return false
	}
	m.halting(x, func() {
		var args []value
		if len(block.params) > 0 {
			args = []value{m.exception(r)}
		}
		panic(leaves{how: "throw:halt", v: m.callProcOn(pos{}, block, x.self, args)})
	})
	return true
}

// isException reports whether a class of exceptions is another one or below it.
func (m *machine) isException(class, want string) bool {
	if class == want || want == "Exception" || want == "StandardError" && class != "Sinatra::NotFound" {
		return true
	}
	for c := m.findClass(nil, class); c != nil; c = c.above {
		if c.name == want || c.base == want {
			return true
		}
	}
	return false
}
