package nodejs

import (
	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
)

// installProcess sets process and its environment.
func (m *machine) installProcess() {
	p := m.vm.NewObject()
	m.env = m.environment()
	set := func(name string, v any) { _ = p.Set(name, v) }
	set("env", m.env)
	set("argv", []string{"/usr/bin/node", m.program.placed + "/" + m.program.name})
	set("execArgv", []string{})
	set("version", "v20.20.2")
	set("versions", map[string]string{"node": "20.20.2", "v8": "11.3.244.8-node.33"})
	set("platform", "linux")
	set("arch", "x64")
	set("pid", 1)
	set("title", "node")
	set("cwd", func(goja.FunctionCall) goja.Value { return m.vm.ToValue(m.program.placed) })
	set("exit", func(c goja.FunctionCall) goja.Value {
		m.exit(c)
		return goja.Undefined()
	})
	set("uptime", func(goja.FunctionCall) goja.Value { return m.vm.ToValue(1) })
	set("hrtime", m.hrtime())
	set("memoryUsage", func(goja.FunctionCall) goja.Value {
		o := m.vm.NewObject()
		for _, name := range []string{"rss", "heapTotal", "heapUsed", "external"} {
			_ = o.Set(name, 1<<25)
		}
		return o
	})
	set("nextTick", func(c goja.FunctionCall) goja.Value {
		if f, ok := goja.AssertFunction(c.Argument(0)); ok {
			m.later(task{call: f, this: goja.Undefined(), args: c.Arguments[1:]})
		}
		return goja.Undefined()
	})
	set("on", m.onProcess)
	set("once", m.onProcess)
	set("addListener", m.onProcess)
	for _, name := range []string{"off", "removeListener", "removeAllListeners", "emit", "emitWarning", "setMaxListeners", "send"} {
		set(name, func(goja.FunctionCall) goja.Value { return p })
	}
	out := m.vm.NewObject()
	_ = out.Set("write", func(goja.FunctionCall) goja.Value { return m.vm.ToValue(true) })
	_ = out.Set("isTTY", false)
	set("stdout", out)
	set("stderr", out)
	m.hidden("process", p)
}

// hrtime returns the function process.hrtime with its bigint form.
func (m *machine) hrtime() goja.Value {
	f := m.vm.ToValue(func(goja.FunctionCall) goja.Value { return m.vm.ToValue([]any{1, 0}) }).(*goja.Object)
	one, _ := m.vm.RunString("() => 1000000000n")
	_ = f.Set("bigint", one)
	return f
}

// onProcess records the handlers of errors that nothing catches.
func (m *machine) onProcess(c goja.FunctionCall) goja.Value {
	switch c.Argument(0).String() {
	case "uncaughtException", "unhandledRejection", "uncaughtExceptionMonitor":
		m.catchAll = true
	}
	return c.This
}

// exit ends the run: the program ends itself.
func (m *machine) exit(c goja.FunctionCall) {
	code := "0"
	if len(c.Arguments) > 0 && m.unknownOf(c.Argument(0)) == nil {
		code = c.Argument(0).String()
	}
	m.stop(&server.StartError{Position: m.position(), Message: "the program ends itself here with process.exit(" + code + ")"})
	m.checkStopped()
}

// environment returns process.env. A variable that is not given is unset when the
// environment is complete, and unknown otherwise.
func (m *machine) environment() *goja.Object {
	o := m.vm.NewObject()
	for name, value := range m.program.env {
		_ = o.Set(name, value)
	}
	if m.program.envComplete {
		return o
	}
	return m.vm.ToValue(m.vm.NewProxy(o, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, name string, _ goja.Value) goja.Value {
			if v := target.Get(name); v != nil {
				return v
			}
			v := m.unknownVariable(name)
			return v
		},
		Set: func(target *goja.Object, name string, v, _ goja.Value) bool {
			if m.unknownObject(v) == nil && !goja.IsUndefined(v) {
				v = m.vm.ToValue(v.String())
			}
			return target.Set(name, v) == nil
		},
		Has: func(target *goja.Object, name string) bool {
			return target.Get(name) != nil || m.unknownTruth(m.unknownObject(m.unknownVariable(name)))
		},
	})).(*goja.Object)
}

// unknownVariable returns the unknown value of an environment variable.
func (m *machine) unknownVariable(name string) goja.Value {
	path := "process.env." + name
	for _, u := range m.unknown.all {
		if u.path == path && u.base == nil {
			return u.object
		}
	}
	u := m.newUnknown(path, &source{}, "give it with --env "+name+"=…")
	return u.object
}
