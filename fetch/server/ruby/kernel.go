package ruby

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// standardClasses are the classes of Ruby that programs name.
var standardClasses = []string{
	"Object", "String", "Integer", "Float", "Array", "Symbol", "Proc", "NilClass", "Numeric", "Exception", "StandardError", "RuntimeError",
	"ArgumentError", "KeyError", "NoMethodError", "TypeError", "NameError", "NotImplementedError", "IOError", "ZeroDivisionError", "Struct",
}

// library returns a class or an object of Ruby, Rack or Rails; nil when there is none.
func (m *machine) library(name string) value {
	for _, c := range standardClasses {
		if c == name {
			return m.class(name)
		}
	}
	call, ok := m.program.libraries[name]
	if !ok {
		return nil
	}
	return &native{name: name, call: call}
}

// libraries returns the objects of the libraries by their names.
func libraries() map[string]func(m *machine, c *call) (value, bool) {
	return map[string]func(m *machine, c *call) (value, bool){
		"ENV": envMethod, "Rails": railsModule, "Rack::Cors": nothing, "Rack": nothing, "File": fileMethod, "Regexp": regexpClass,
		"Hash": hashClass, "JSON": jsonMethod, "Rack::Request": rackRequest, "Rack::Response": rackResponse, "Rack::Builder": rackBuilder,
		"Logger": nothing, "Bundler": nothing, "Kernel": nothing, "Rails::Application": nothing, "Rails.application": nothing, "Rack::Utils": nothing,
		"Sinatra::Base": nothing, "Sinatra::Application": nothing, "ActionController::API": nothing, "ActionController::Base": nothing, "Dir": nothing, "STDOUT": nothing,
		"Set": setClass, "Class": classClass, "Module": classClass,
	}
}

func nothing(*machine, *call) (value, bool) { return nil, false }

// bare is a call without a receiver of what the program does not define.
func (m *machine) bare(in value, c *call) value {
	if f := m.class("Object").find(c.name); f != nil {
		return m.invoke(c.at, f, in, m.class("Object"), c.args, c.named, c.block)
	}
	if f := m.builder.methods[c.name]; f != nil {
		if in != value(m.builder.object) {
			m.raise(c.at, "NoMethodError", "undefined method `"+c.name+"'")
		}
		return m.invoke(c.at, f, in, nil, c.args, c.named, c.block)
	}
	if v, ok := m.kernel(c); ok {
		return v
	}
	if c.name == "config" && m.loading {
		return m.railsConfig()
	}
	if v, ok := m.src.Set[c.name]; ok {
		return v
	}
	if o, ok := in.(*object); ok && !o.class.isOpen() && c.scope != nil && !m.loading {
		m.raise(c.at, "NameError", "undefined local variable or method `"+c.name+"'")
	}
	return m.noFunction(in, c)
}

// noFunction is a call of what the files do not define.
func (m *machine) noFunction(in value, c *call) value {
	if _, ok := in.(*object); ok {
		return m.noMethod(in, c)
	}
	return m.unknown(c.at, "the value of "+c.name+", which is not defined in the files", "give the file that defines it with --file, or the value with --set "+c.name+"=…")
}

// kernel are the functions of Ruby.
func (m *machine) kernel(c *call) (value, bool) {
	switch c.name {
	case "require", "load", "require_relative":
		return m.requireCall(c), true
	case "puts", "p", "print", "warn", "pp", "sleep", "at_exit", "srand", "trap", "private", "public", "protected", "using", "attr_reader", "attr_accessor", "include", "extend", "fork", "logger":
		return nil, true
	case "raise", "fail":
		e := raised{class: "RuntimeError", at: c.at}
		m.raiseWith(e, append(append([]value(nil), c.args...), newList().items...))
	case "lambda", "proc":
		if c.block != nil {
			p := *c.block
			p.lambda = c.name == "lambda"
			return &p, true
		}
	case "format", "sprintf":
		if len(c.args) > 0 {
			return format(text(c.args[0]), c.args[1:]), true
		}
	case "Array":
		return &list{items: m.items(c.at, c.arg(0))}, true
	case "String":
		return m.toText(c.at, c.arg(0)), true
	case "Integer":
		if s, ok := c.arg(0).(string); ok {
			return leadingInt(s), true
		}
		return c.arg(0), true
	case "block_given?":
		return c.scope != nil && c.scope.outer().block != nil, true
	case "loop":
		for c.block != nil {
			m.callProc(c.at, c.block, nil)
		}
		return nil, true
	case "catch":
		return m.catch(c), true
	case "throw":
		panic(leaves{how: "throw:" + text(c.arg(0)), v: c.arg(1)})
	case "exit", "abort", "exit!":
		m.raise(c.at, "SystemExit", text(c.arg(0)))
	case "freeze", "binding", "caller":
		return nil, true
	}
	return nil, false
}

// catch runs its block up to a throw of its tag.
func (m *machine) catch(c *call) value {
	return m.guarded(nil, "throw:"+text(c.arg(0)), func() value { return m.callProc(c.at, c.block, []value{c.arg(0)}) })
}

// requireCall is require and require_relative.
func (m *machine) requireCall(c *call) value {
	name, ok := c.arg(0).(string)
	if !ok {
		return true
	}
	if name == "sinatra" || name == "sinatra/main" {
		m.classicSinatra()
	}
	local := c.name == "require_relative" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "/")
	switch {
	case strings.HasPrefix(name, "/"):
		inside, in := strings.CutPrefix(name, m.root()+"/")
		if !in {
			return true
		}
		name = inside
	case c.name == "require_relative" && c.at.File != nil:
		name = path.Join(path.Dir(c.at.File.Name), name)
	default:
		name = path.Clean(name)
	}
	if m.require(c.at, name) || !local {
		return true
	}
	if strings.HasSuffix(name, "config/boot") || strings.HasSuffix(name, "/boot") || name == "boot" {
		return true
	}
	if m.missing == nil {
		m.missing = m.unknownError(c.at, "what "+name+" does", "give it with --file "+name+".rb")
	}
	m.assume(c.at, name+" is not given: it changes nothing of CORS")
	return true
}

// root returns where the folder of files lies on the server.
func (m *machine) root() string {
	if p, ok := m.src.Placed["."]; ok {
		return path.Clean(p)
	}
	return "/srv/app"
}

func (m *machine) place(name string) string { return path.Join(m.root(), name) }
func (m *machine) dir(name string) string   { return path.Dir(m.place(name)) }

// envMethod is a method of ENV.
func envMethod(m *machine, c *call) (value, bool) {
	name := text(c.arg(0))
	v, known := m.env(c.at, name)
	switch c.name {
	case "[]":
		return v, true
	case "fetch":
		switch {
		case known && v != nil || !known:
			return v, true
		case c.block != nil:
			return m.callProc(c.at, c.block, c.args[:1]), true
		case len(c.args) > 1:
			return c.args[1], true
		}
		m.raise(c.at, "KeyError", "key not found: "+inspect(name))
	case "key?", "has_key?", "include?", "member?":
		if !known {
			return v, true
		}
		return v != nil, true
	case "[]=", "store":
		m.globals["ENV:"+name] = c.arg(1)
		return c.arg(1), true
	case "to_h", "to_hash":
		out := new(hash)
		for k, v := range m.src.Env {
			out.set(k, v)
		}
		return out, true
	}
	return nil, false
}

// env returns an environment variable; known is false when it is not known.
func (m *machine) env(at pos, name string) (v value, known bool) {
	if v, ok := m.globals["ENV:"+name]; ok {
		return v, true
	}
	if v, ok := m.src.Env[name]; ok {
		return v, true
	}
	if m.src.EnvComplete {
		return nil, true
	}
	if name == "RAILS_ENV" || name == "RACK_ENV" || name == "APP_ENV" {
		m.assume(pos{}, name+" is \"production\"")
		return "production", true
	}
	return m.unknown(at, "the environment variable "+name, "give it with --env "+name+"=…"), false
}

// fileMethod is a method of File.
func fileMethod(m *machine, c *call) (value, bool) {
	switch c.name {
	case "expand_path":
		name := text(c.arg(0))
		if strings.HasPrefix(name, "/") {
			return path.Clean(name), true
		}
		base := m.root()
		if len(c.args) > 1 {
			base = text(c.args[1])
		}
		return path.Join(base, name), true
	case "join":
		var parts []string
		for _, a := range c.args {
			parts = append(parts, text(a))
		}
		return path.Join(parts...), true
	case "exist?", "file?", "readable?":
		name := strings.TrimPrefix(text(c.arg(0)), m.root()+"/")
		if m.src.Files == nil || !fs.ValidPath(path.Clean(name)) {
			break
		}
		info, err := fs.Stat(m.src.Files, path.Clean(name))
		return err == nil && !info.IsDir(), true
	case "dirname":
		return path.Dir(text(c.arg(0))), true
	case "basename":
		return path.Base(text(c.arg(0))), true
	}
	return m.unknown(c.at, "the value of File."+c.name, ""), true
}

// regexpClass is a method of Regexp.
func regexpClass(m *machine, c *call) (value, bool) {
	switch c.name {
	case "new", "compile":
		if p, ok := c.arg(0).(*pattern); ok {
			return p, true
		}
		flags := ""
		if len(c.args) > 1 && truth(c.args[1]) {
			flags = "i"
		}
		return &pattern{source: text(c.arg(0)), flags: flags}, true
	case "escape", "quote":
		return quote(text(c.arg(0))), true
	case "union":
		var parts []string
		for _, v := range flatten(c.args) {
			if p, ok := v.(*pattern); ok {
				parts = append(parts, "(?:"+p.source+")")
				continue
			}
			parts = append(parts, quote(text(v)))
		}
		return &pattern{source: strings.Join(parts, "|")}, true
	case "const:IGNORECASE":
		return int64(1), true
	}
	return nil, false
}

// quote is Regexp.quote.
func quote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case strings.IndexByte(`.*?+^$|\()[]{}-`, c) >= 0:
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == ' ':
			b.WriteString(`\ `)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '#':
			b.WriteString(`\#`)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// classClass makes a class without a name.
func classClass(m *machine, c *call) (value, bool) {
	if c.name != "new" {
		return nil, false
	}
	m.unnamed++
	k := m.class(fmt.Sprintf("#<Class:%d>", m.unnamed))
	if above, ok := c.arg(0).(*class); ok {
		k.above = above
	} else if len(c.args) > 0 {
		k.base = classTitle(c.arg(0))
	}
	if c.block != nil {
		m.callProcOn(c.at, c.block, k, []value{k})
	}
	return k, true
}

func hashClass(_ *machine, c *call) (value, bool) { return new(hash), c.name == "new" }

// setClass makes a set, which is an array here.
func setClass(m *machine, c *call) (value, bool) {
	if c.name == "new" && len(c.args) == 0 {
		return new(list), true
	}
	if c.name == "[]" {
		return unique(c.args), true
	}
	return unique(m.items(c.at, c.arg(0))), c.name == "new"
}

// jsonMethod is a method of JSON. Bodies do not matter here.
func jsonMethod(m *machine, c *call) (value, bool) {
	switch c.name {
	case "generate", "dump", "pretty_generate":
		return "{}", true
	}
	return m.unknown(c.at, "the value of JSON."+c.name, ""), true
}
