package ruby

import "strings"

// builder is the object of a config.ru: its middleware and what it runs.
type builder struct {
	stack  []middleware
	maps   []mapped
	app    value
	runAt  pos
	ran    bool
	object *native
	// methods are those that the config.ru defines.
	methods map[string]*method
}

// middleware is one middleware of a stack.
type middleware struct {
	at    pos
	name  string
	class value
	args  []value
	named *hash
	block *proc
	cors  *cors // of Rack::Cors
}

// mapped is an application below a path.
type mapped struct {
	path  string
	inner *builder
}

func newBuilder() *builder {
	b := &builder{methods: make(map[string]*method)}
	b.object = &native{name: "main", call: b.method}
	return b
}

// method is a method of the builder.
func (b *builder) method(m *machine, c *call) (value, bool) {
	if m.sinatra != nil && m.builder == b && !(strings.HasSuffix(c.at.File.Name, ".ru") && (c.name == "use" || c.name == "run" || c.name == "map")) {
		if v, ok := m.sinatraClass(m.sinatra, c); ok {
			return v, true
		}
	}
	switch c.name {
	case "use":
		b.stack = append(b.stack, m.middleware(c, c.args))
		return nil, true
	case "run":
		b.app, b.runAt, b.ran = c.arg(0), c.at, true
		if c.block != nil && len(c.args) == 0 {
			b.app = c.block
		}
		return nil, true
	case "map":
		inner := newBuilder()
		if c.block != nil {
			m.callProcOn(c.at, c.block, inner.object, nil)
		}
		b.maps = append(b.maps, mapped{strings.TrimSuffix(text(c.arg(0)), "/"), inner})
		return nil, true
	case "warmup", "freeze_app", "set", "configure", "enable", "disable":
		return nil, true
	}
	return nil, false
}

// middleware returns the middleware of a call of use.
func (m *machine) middleware(c *call, args []value) middleware {
	w := middleware{at: c.at, named: c.named, block: c.block}
	if len(args) > 0 {
		w.class = args[0]
		w.args = args[1:]
	}
	w.name = classTitle(w.class)
	if w.name == "Rack::Cors" {
		w.cors = m.configure(c)
	}
	return w
}

// classTitle returns the name of a class that is given as an argument.
func classTitle(v value) string {
	switch v := v.(type) {
	case *class:
		return v.name
	case *native:
		return v.name
	case *unknown:
		return v.err.What
	case string:
		return v
	}
	return ""
}

// rackBuilder is a method of Rack::Builder.
func rackBuilder(m *machine, c *call) (value, bool) {
	if (c.name == "new" || c.name == "app") && c.block != nil {
		inner := newBuilder()
		m.callProcOn(c.at, c.block, inner.object, nil)
		return &native{name: "Rack::Builder", call: func(m *machine, c *call) (value, bool) {
			switch c.name {
			case "call":
				env, _ := c.arg(0).(*hash)
				return m.callBuilder(c.at, inner, env), true
			case "to_app":
				return &native{name: "app", call: func(m *machine, c *call) (value, bool) {
					env, _ := c.arg(0).(*hash)
					return m.callBuilder(c.at, inner, env), c.name == "call"
				}}, true
			}
			return nil, false
		}}, true
	}
	return nil, false
}
