package ruby

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// reply is the response of an application or a middleware.
type reply struct {
	status  int
	headers *hash
	body    string
	cascade bool // X-Cascade: pass
}

// list returns the reply as an application returns it.
func (r *reply) list() value { return newList(int64(r.status), r.headers, newList(r.body)) }

// unknownApp is an application that is not in the files.
func (m *machine) unknownApp(at pos, env *hash, err *server.UnknownError) *reply {
	if m.statusUnknown == nil {
		m.statusUnknown = err
	}
	if !m.policied || m.program.namesHeaders() {
		panic(stops{err})
	}
	out := &reply{status: 200, headers: new(hash)}
	if env.must("REQUEST_METHOD") == "OPTIONS" {
		out.status = 405
	}
	return out
}

// callBuilder runs the stack of a builder and returns the response as a value.
func (m *machine) callBuilder(at pos, b *builder, env *hash) value {
	return m.stack(b.stack, env, func() *reply { return m.inner(b, env) }).list()
}

// inner runs what is behind the stack of a builder.
func (m *machine) inner(b *builder, env *hash) *reply {
	target := text(env.must("PATH_INFO"))
	var best *mapped
	for i := range b.maps {
		p := b.maps[i].path
		if (target == p || strings.HasPrefix(target, p+"/")) && (best == nil || len(p) > len(best.path)) {
			best = &b.maps[i]
		}
	}
	if best != nil {
		inside := env.copy()
		inside.set("SCRIPT_NAME", text(env.must("SCRIPT_NAME"))+best.path)
		inside.set("PATH_INFO", target[len(best.path):])
		return m.stack(best.inner.stack, inside, func() *reply { return m.inner(best.inner, inside) })
	}
	if !b.ran && len(b.maps) > 0 {
		h := new(hash)
		h.set("Content-Type", "text/plain")
		h.set("X-Cascade", "pass")
		return &reply{status: 404, headers: h, cascade: true}
	}
	if !b.ran {
		return m.unknownApp(b.runAt, env, m.unknownError(pos{}, "the application behind", "give the whole config.ru"))
	}
	return m.callApp(b.runAt, b.app, env)
}

// stack runs middleware from the outermost on.
func (m *machine) stack(list []middleware, env *hash, inside func() *reply) *reply {
	if len(list) == 0 {
		return inside()
	}
	w := list[0]
	next := func() *reply { return m.stack(list[1:], env, inside) }
	if w.cors != nil {
		return m.callCors(w.cors, env, next)
	}
	return m.callMiddleware(w, env, next)
}

// callApp calls an application.
func (m *machine) callApp(at pos, app value, env *hash) *reply {
	switch a := app.(type) {
	case *unknown:
		return m.unknownApp(at, env, a.err)
	case *native:
		if a.name == "Rails.application" {
			return m.callRails(env)
		}
	case *class:
		if a.baseName() == "Rails::Application" {
			return m.callRails(env)
		}
		if a.isSinatra() {
			return m.callSinatra(a, env)
		}
	}
	return m.replyOf(at, m.send(app, &call{at: at, name: "call", args: []value{env}}), env)
}

// replyOf returns the reply that an application returned.
func (m *machine) replyOf(at pos, v value, env *hash) *reply {
	switch v := v.(type) {
	case *unknown:
		return m.unknownApp(at, env, v.err)
	case *native:
		if v.name == "Rack::Response" {
			return m.replyOf(at, m.send(v, &call{at: at, name: "finish"}), env)
		}
	}
	l, ok := v.(*list)
	if !ok || len(l.items) < 2 {
		m.raise(at, "TypeError", "the application returned no response")
	}
	out := &reply{headers: new(hash)}
	switch s := l.items[0].(type) {
	case *unknown:
		out.status = 200
		m.statusUnknown = s.err
	default:
		n, _ := m.send(s, &call{at: at, name: "to_i"}).(int64)
		out.status = int(n)
	}
	switch h := l.items[1].(type) {
	case *hash:
		out.headers = h.copy()
	case *unknown:
		panic(stops{h.err})
	}
	if c, ok := out.headers.get("X-Cascade"); ok {
		out.cascade = text(c) == "pass"
	}
	return out
}

// inert are the middleware that change no header of CORS and no status, for the
// requests of browsers.
var inert = []string{
	"Rack::CommonLogger", "Rack::Logger", "Rack::Runtime", "Rack::ContentLength", "Rack::ContentType", "Rack::Head", "Rack::ETag", "Rack::ConditionalGet",
	"Rack::Lint", "Rack::Session::Cookie", "Rack::Session::Pool", "Rack::Sendfile", "Rack::TempfileReaper", "Rack::Lock", "Rack::Chunked", "Rack::Reloader", "Rack::MethodOverride",
	"Rack::Timeout", "Rack::RequestId", "Rack::Config", "Rack::NullLogger", "Rack::Static",
}

// callMiddleware runs a middleware other than Rack::Cors.
func (m *machine) callMiddleware(w middleware, env *hash, next func() *reply) *reply {
	for _, name := range inert {
		if w.name == name {
			return next()
		}
	}
	switch w.name {
	case "Rack::ShowExceptions":
		return m.showExceptions(next)
	case "Rack::Deflater":
		return deflate(next())
	}
	if k, ok := w.class.(*class); ok && k.find("call") != nil {
		return m.ownMiddleware(k, w, env, next)
	}
	m.assume(w.at, w.name+" is not run: it changes no CORS headers")
	if m.statusUnknown == nil && !strings.HasPrefix(w.name, "ActionDispatch::") {
		m.statusUnknown = m.unknownError(w.at, "what the middleware "+w.name+" does", "give the file that defines it with --file")
	}
	return next()
}

// ownMiddleware runs a middleware that is in the files.
func (m *machine) ownMiddleware(k *class, w middleware, env *hash, next func() *reply) *reply {
	app := &native{name: "app", call: func(m *machine, c *call) (value, bool) {
		if c.name != "call" {
			return nil, false
		}
		return next().list(), true
	}}
	o := m.create(k, &call{at: w.at, args: append([]value{app}, w.args...), named: w.named, block: w.block})
	return m.replyOf(w.at, m.send(o, &call{at: w.at, name: "call", args: []value{env}}), env)
}

// showExceptions turns an exception into status 500.
func (m *machine) showExceptions(next func() *reply) (out *reply) {
	defer func() {
		e := recover()
		if _, ok := e.(raised); ok {
			h := new(hash)
			h.set("Content-Type", "text/html")
			out = &reply{status: 500, headers: h}
			return
		}
		if e != nil {
			panic(e)
		}
	}()
	return next()
}

// deflate adds the Vary of Rack::Deflater.
func deflate(r *reply) *reply {
	if r.status < 200 || r.status == 204 || r.status == 304 {
		return r
	}
	v, _ := r.headers.get("Vary")
	var parts []string
	for part := range strings.SplitSeq(text(v), ",") {
		if p := strings.TrimSpace(part); p != "" {
			parts = append(parts, p)
		}
	}
	for _, p := range parts {
		if p == "*" || p == "Accept-Encoding" {
			return r
		}
	}
	r.headers.set("Vary", strings.Join(append(parts, "Accept-Encoding"), ","))
	return r
}

// rackRequest is Rack::Request.new(env).
func rackRequest(_ *machine, c *call) (value, bool) {
	env, ok := c.arg(0).(*hash)
	if c.name != "new" || !ok {
		return nil, false
	}
	return requestOf(env), true
}

// requestEntries are the methods of a request that return an entry of the environment.
var requestEntries = map[string]string{
	"path_info": "PATH_INFO", "fullpath": "REQUEST_URI", "original_fullpath": "REQUEST_URI", "query_string": "QUERY_STRING", "remote_ip": "REMOTE_ADDR",
	"ip": "REMOTE_ADDR", "remote_addr": "REMOTE_ADDR", "origin": "HTTP_ORIGIN", "body": "rack.input", "referer": "HTTP_REFERER", "user_agent": "HTTP_USER_AGENT",
	"content_type": "CONTENT_TYPE", "scheme": "rack.url_scheme",
}

// requestOf returns a request object of Rack and Rails.
func requestOf(env *hash) *native {
	return &native{name: "Rack::Request", call: func(m *machine, c *call) (value, bool) {
		if name, ok := requestEntries[c.name]; ok {
			v, _ := env.get(name)
			return v, true
		}
		if v, ok := requestPart(env, c); ok {
			return v, true
		}
		switch c.name {
		case "[]":
			return m.unknown(c.at, "the parameters of the request", ""), true
		case "format":
			return m.unknown(c.at, "the format of the request", ""), true
		}
		return m.unknown(c.at, "the value of request."+c.name, ""), true
	}}
}

// requestPart is a method of a request that makes its value of several entries.
func requestPart(env *hash, c *call) (v value, ok bool) {
	get := func(name string) string { v, _ := env.get(name); return text(v) }
	method := get("REQUEST_METHOD")
	switch c.name {
	case "env":
		return env, true
	case "request_method", "method":
		return method, true
	case "request_method_symbol", "method_symbol":
		return symbol(fetch.ByteLowercase(method)), true
	case "path":
		return get("SCRIPT_NAME") + get("PATH_INFO"), true
	case "host":
		host, _, _ := strings.Cut(get("HTTP_HOST"), ":")
		return host, true
	case "get?", "post?", "put?", "patch?", "delete?", "options?", "head?":
		return strings.ToUpper(strings.TrimSuffix(c.name, "?")) == method, true
	case "base_url":
		return get("rack.url_scheme") + "://" + get("HTTP_HOST"), true
	case "url", "original_url":
		return get("rack.url_scheme") + "://" + get("HTTP_HOST") + get("REQUEST_URI"), true
	case "media_type":
		kind, _, _ := strings.Cut(get("CONTENT_TYPE"), ";")
		return fetch.ByteLowercase(strings.TrimSpace(kind)), true
	case "headers":
		return headersOf(env), true
	case "get_header":
		v, _ := env.get(text(c.arg(0)))
		return v, true
	case "ssl?":
		return get("rack.url_scheme") == "https", true
	case "xhr?":
		return get("HTTP_X_REQUESTED_WITH") == "XMLHttpRequest", true
	}
	return nil, false
}

// headersOf returns request.headers: names as in HTTP or as in the environment.
func headersOf(env *hash) value {
	return &native{name: "headers", call: func(_ *machine, c *call) (value, bool) {
		name := text(c.arg(0))
		v, ok := env.get(name)
		if !ok {
			key := strings.ReplaceAll(strings.ToUpper(name), "-", "_")
			if key != "CONTENT_TYPE" && key != "CONTENT_LENGTH" {
				key = "HTTP_" + key
			}
			v, ok = env.get(key)
		}
		switch c.name {
		case "[]", "fetch":
			if !ok && len(c.args) > 1 {
				return c.args[1], true
			}
			return v, true
		case "key?", "include?":
			return ok, true
		}
		return nil, false
	}}
}

// rackResponse is Rack::Response.new(body, status, headers).
func rackResponse(m *machine, c *call) (value, bool) {
	if c.name != "new" {
		return nil, false
	}
	status, headers := value(int64(200)), &hash{folds: true}
	if len(c.args) > 1 {
		status = c.args[1]
	}
	if h, ok := c.arg(2).(*hash); ok {
		for _, p := range h.pairs {
			headers.set(p.key, p.value)
		}
	}
	var self *native
	self = &native{name: "Rack::Response", call: func(m *machine, c *call) (value, bool) {
		switch c.name {
		case "status":
			return status, true
		case "status=":
			status = c.arg(0)
			return status, true
		case "headers", "header":
			return headers, true
		case "[]", "get_header":
			v, _ := headers.get(c.arg(0))
			return v, true
		case "[]=", "set_header":
			headers.set(c.arg(0), c.arg(1))
			return c.arg(1), true
		case "delete_header":
			headers.remove(c.arg(0))
			return nil, true
		case "write", "set_cookie", "delete_cookie", "body=", "content_type=":
			return self, true
		case "redirect":
			status = int64(302)
			headers.set("Location", c.arg(0))
			return self, true
		case "finish", "to_a":
			return newList(status, headers, new(list)), true
		}
		return nil, false
	}}
	return self, true
}

// namesHeaders reports whether a file that was read names a CORS header: then what is
// not run may send some.
func (p *program) namesHeaders() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.files {
		if strings.Contains(fetch.ByteLowercase(f.Text), "access-control-") {
			return true
		}
	}
	return strings.Contains(fetch.ByteLowercase(p.main.Text), "access-control-")
}
