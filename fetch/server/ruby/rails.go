package ruby

import (
	"io/fs"
	"strings"
)

// rails is a Rails application: its settings, its middleware and its routes.
type rails struct {
	used        bool
	application *class
	settings    map[string]value
	operations  []operation
	routes      []route
	drawn       bool    // routes were drawn
	appended    []*call // routes.append: drawn after all others
	reply       *action
}

// operation is one change of the middleware stack.
type operation struct {
	kind   string // the method, such as "insert_before"
	target value
	mw     middleware
}

func newRails() *rails { return &rails{settings: make(map[string]value)} }

// railsModule is a method of the module Rails.
func railsModule(m *machine, c *call) (value, bool) {
	switch c.name {
	case "application":
		return m.railsApplication(), true
	case "env":
		return m.railsEnv(c.at), true
	case "groups":
		return newList(symbol("default")), true
	case "root":
		return m.root(), true
	case "logger", "cache", "error":
		return &native{name: "Rails." + c.name, call: func(*machine, *call) (value, bool) { return nil, true }}, true
	case "configuration":
		return m.railsConfig(), true
	}
	return m.unknown(c.at, "Rails."+c.name, "give it with --set Rails."+c.name+"=…"), true
}

// railsEnv returns Rails.env.
func (m *machine) railsEnv(at pos) value {
	for _, name := range []string{"RAILS_ENV", "RACK_ENV"} {
		if v, known := m.env(at, name); v != nil || !known {
			return v
		}
	}
	return "development"
}

// railsApplication returns Rails.application.
func (m *machine) railsApplication() value {
	return &native{name: "Rails.application", call: func(m *machine, c *call) (value, bool) { return m.applicationMethod(c) }}
}

func (m *machine) applicationMethod(c *call) (value, bool) {
	m.rails.used = true
	switch c.name {
	case "config":
		return m.railsConfig(), true
	case "configure":
		if c.block != nil {
			m.callProcOn(c.at, c.block, m.railsApplication(), nil)
		}
		return nil, true
	case "initialize!", "load_server", "load_tasks", "eager_load!":
		return nil, true
	case "routes":
		return &native{name: "routes", call: func(m *machine, c *call) (value, bool) {
			switch {
			case c.block == nil:
			case c.name == "append":
				m.rails.appended = append(m.rails.appended, c)
			case c.name == "draw":
				m.drawRoutes(c)
			}
			return nil, true
		}}, true
	case "credentials", "secrets", "config_for":
		return m.unknown(c.at, "Rails.application."+c.name, ""), true
	}
	return nil, false
}

// drawRoutes runs a block that adds routes.
func (m *machine) drawRoutes(c *call) {
	m.rails.drawn = true
	m.callProcOn(c.at, c.block, m.mapper(scopeOfRoutes{}), nil)
}

// railsConfig returns the object config. Settings are kept; those that were not set
// are not known.
func (m *machine) railsConfig() value {
	m.rails.used = true
	return &native{name: "config", call: func(m *machine, c *call) (value, bool) {
		switch c.name {
		case "middleware", "app_middleware":
			return m.middlewareStack(), true
		case "hosts":
			if m.rails.settings["hosts"] == nil {
				m.rails.settings["hosts"] = m.standardHosts(c.at)
			}
			return m.rails.settings["hosts"], true
		case "load_defaults":
			m.kept.touch()
			m.rails.settings["load_defaults"] = c.arg(0)
			return nil, true
		}
		if name, ok := strings.CutSuffix(c.name, "="); ok {
			m.kept.touch()
			m.rails.settings[name] = c.arg(0)
			return c.arg(0), true
		}
		if v, ok := m.rails.settings[c.name]; ok {
			return v, true
		}
		return m.section(c.name), true
	}}
}

// standardHosts returns the hosts that Rails allows when none are set: in
// development only its own.
func (m *machine) standardHosts(at pos) *list {
	if m.railsEnv(at) == "development" {
		return newList(".localhost", "localhost", "127.0.0.1", "::1")
	}
	return new(list)
}

// section is a part of config, such as config.action_dispatch: whatever is set or
// called in it changes nothing here.
func (m *machine) section(name string) value {
	return &native{name: "config." + name, call: func(m *machine, c *call) (value, bool) {
		if set, ok := strings.CutSuffix(c.name, "="); ok {
			m.kept.touch()
			m.rails.settings[name+"."+set] = c.arg(0)
			return c.arg(0), true
		}
		if v, ok := m.rails.settings[name+"."+c.name]; ok {
			return v, true
		}
		if c.block != nil && strings.HasPrefix(name, "x") {
			return m.unknown(c.at, "config."+name, "give the file that sets it with --file"), true
		}
		return m.section(name + "." + c.name), true
	}}
}

// middlewareStack returns config.middleware.
func (m *machine) middlewareStack() value {
	return &native{name: "config.middleware", call: func(m *machine, c *call) (value, bool) {
		op := operation{kind: c.name}
		args := c.args
		switch c.name {
		case "insert_before", "insert_after", "insert", "swap", "move_before", "move_after", "move":
			op.target = c.arg(0)
			args = args[min(1, len(args)):]
		case "use", "unshift", "prepend", "delete", "delete!":
		default:
			return nil, true
		}
		op.mw = m.middleware(c, args)
		m.rails.operations = append(m.rails.operations, op)
		return nil, true
	}}
}

// loadRails loads the other files of a Rails application.
func (m *machine) loadRails(main *file) {
	if !m.rails.used && m.rails.application == nil {
		return
	}
	m.rails.used = true
	at := pos{File: main}
	m.require(at, "config/application.rb")
	m.require(at, "config/environments/"+text(m.railsEnv(at))+".rb")
	for _, name := range m.glob("config/initializers") {
		m.require(at, name)
	}
	m.require(at, "config/routes.rb")
	for _, c := range m.rails.appended {
		m.drawRoutes(c)
	}
}

// loadBefore loads the application before the main file, when that is one of its
// initializers.
func (m *machine) loadBefore(main *file) {
	if !strings.HasPrefix(main.Name, "config/initializers/") {
		return
	}
	at := pos{File: main}
	if m.require(at, "config/application.rb") {
		m.rails.used = true
		m.require(at, "config/environments/"+text(m.railsEnv(at))+".rb")
	}
}

// glob returns the Ruby files in a folder.
func (m *machine) glob(folder string) []string {
	var out []string
	if m.src.Files == nil {
		return nil
	}
	entries, err := fs.ReadDir(m.src.Files, folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".rb") {
			out = append(out, folder+"/"+e.Name())
		}
	}
	return out
}

// callRails runs the middleware of Rails and the routes.
func (m *machine) callRails(env *hash) *reply {
	return m.railsChain(m.buildStack(), env)
}

func (m *machine) railsChain(list []middleware, env *hash) *reply {
	if len(list) == 0 {
		return m.route(env)
	}
	w := list[0]
	next := func() *reply { return m.railsChain(list[1:], env) }
	switch w.name {
	case "ActionDispatch::HostAuthorization":
		return m.hostAuthorization(env, next)
	case "ActionDispatch::SSL":
		return m.forceSSL(env, next)
	case "ActionDispatch::ShowExceptions":
		return m.railsExceptions(next)
	case "ActionDispatch::DebugExceptions":
		out := next()
		if out.cascade {
			m.raise(pos{}, "ActionController::RoutingError", "No route matches")
		}
		return out
	}
	if w.cors != nil {
		return m.callCors(w.cors, env, next)
	}
	if w.class == nil {
		return next()
	}
	return m.callMiddleware(w, env, next)
}

// hostAuthorization answers 403 when the host is not one of config.hosts.
func (m *machine) hostAuthorization(env *hash, next func() *reply) *reply {
	hosts, ok := m.rails.settings["hosts"].(*list)
	if !ok {
		if m.rails.settings["hosts"] != nil {
			return next()
		}
		hosts = m.standardHosts(pos{})
	}
	if len(hosts.items) == 0 {
		return next()
	}
	host, _, _ := strings.Cut(text(env.must("HTTP_HOST")), ":")
	for _, h := range hosts.items {
		switch h := h.(type) {
		case string:
			if h == host || strings.HasPrefix(h, ".") && (strings.HasSuffix(host, h) || host == h[1:]) {
				return next()
			}
		case *pattern:
			if m.match(pos{}, &pattern{source: `\A(?:` + h.source + `)\z`, flags: h.flags}, host) != nil {
				return next()
			}
		case *unknown:
			if m.decide(h.err) {
				return next()
			}
		}
	}
	h := new(hash)
	h.set("Content-Type", "text/html; charset=utf-8")
	return &reply{status: 403, headers: h}
}

// forceSSL redirects requests without TLS.
func (m *machine) forceSSL(env *hash, next func() *reply) *reply {
	if text(env.must("rack.url_scheme")) == "https" || text(env.must("HTTP_X_FORWARDED_PROTO")) == "https" {
		return next()
	}
	h := new(hash)
	h.set("Content-Type", "text/html")
	host, _, _ := strings.Cut(text(env.must("HTTP_HOST")), ":")
	h.set("Location", "https://"+host+text(env.must("REQUEST_URI")))
	status := 307
	if text(m.rails.settings["load_defaults"]) >= "6.1" {
		status = 308
	}
	if method := text(env.must("REQUEST_METHOD")); method == "GET" || method == "HEAD" {
		status = 301
	}
	return &reply{status: status, headers: h}
}

// exceptionStatuses are the statuses of exceptions; others get 500.
var exceptionStatuses = map[string]int{
	"ActionController::RoutingError": 404, "AbstractController::ActionNotFound": 404, "ActiveRecord::RecordNotFound": 404, "ActionController::MethodNotAllowed": 405,
	"ActionController::BadRequest": 400, "ActionController::ParameterMissing": 400, "ActionController::UnknownFormat": 406, "ActionController::UnknownHttpMethod": 405,
	"ActionController::InvalidAuthenticityToken": 422, "ActiveRecord::RecordInvalid": 422, "ActionController::NotImplemented": 501,
}

// railsExceptions is ActionDispatch::ShowExceptions.
func (m *machine) railsExceptions(next func() *reply) (out *reply) {
	defer func() {
		e := recover()
		r, ok := e.(raised)
		if e == nil {
			return
		}
		if !ok {
			panic(e)
		}
		status, known := exceptionStatuses[r.class]
		if !known {
			status = 500
		}
		h := new(hash)
		h.set("Content-Type", "text/html; charset=UTF-8")
		out = &reply{status: status, headers: h}
	}()
	return next()
}
