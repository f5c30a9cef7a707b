package nodejs

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/origin"
)

//go:embed js/prelude.js
var preludeSource string

// preludeProgram is compiled when the first program runs.
var preludeProgram = sync.OnceValue(func() *goja.Program { return goja.MustCompile("<node>", preludeSource, true) })

// prototypes holds objects of the standard library that other models build on.
type prototypes struct {
	library       *goja.Object // modules by name
	emitter       *goja.Object // the methods of EventEmitter
	parseQuery    goja.Callable
	stringify     goja.Callable // JSON.stringify, when it was used
	request       *goja.Object
	end           *goja.Object // a method of response
	writeHead     *goja.Object // its method writeHead
	response      *goja.Object
	server        *goja.Object
	asyncIterator *goja.Symbol
}

// installGlobals sets the globals of Node.
func (m *machine) installGlobals() {
	v, err := m.vm.RunProgram(preludeProgram())
	if err != nil {
		panic(err)
	}
	start, _ := goja.AssertFunction(v)
	native := m.vm.NewObject()
	_ = native.Set("cwd", m.program.placed)
	_ = native.Set("parseURL", m.parseURL)
	_ = native.Set("encode", encode)
	_ = native.Set("decode", decode)
	v, err = start(goja.Undefined(), native)
	if err != nil {
		panic(err)
	}
	out := v.(*goja.Object)
	m.protos.library = out.Get("modules").(*goja.Object)
	m.protos.emitter = out.Get("emitter").(*goja.Object)
	m.protos.parseQuery, _ = goja.AssertFunction(out.Get("parseQuery"))
	m.protos.asyncIterator, _ = out.Get("asyncIterator").(*goja.Symbol)
	globals := out.Get("globals").(*goja.Object)
	for _, name := range globals.Keys() {
		m.hidden(name, globals.Get(name))
	}
	m.hidden("global", m.vm.GlobalObject())
	m.installTimers()
	m.installProcess()
	m.installHTTP()
	m.installWeb()
	m.hidden("fetch", m.newUnknownGlobal("fetch"))
	m.hidden("crypto", m.newUnknownGlobal("crypto"))
}

// newUnknownGlobal returns a getter-free unknown global, such as fetch.
func (m *machine) newUnknownGlobal(name string) *goja.Object {
	return m.newUnknown(name, &source{module: name, quiet: name == "crypto"}, "").object
}

// parseURL parses a URL for the class URL.
func (m *machine) parseURL(c goja.FunctionCall) goja.Value {
	u, err := origin.ParseURL(c.Argument(0).String())
	if base := c.Argument(1).String(); base != "" && err != nil {
		var b origin.URL
		if b, err = origin.ParseURL(base); err == nil {
			u, err = b.Parse(c.Argument(0).String())
		}
	}
	if err != nil {
		return goja.Null()
	}
	port, host := "", u.Host()
	if n, ok := u.Port(); ok {
		port = strconv.Itoa(int(n))
		host += ":" + port
	}
	search, hasSearch := u.Query()
	hash, _ := u.Fragment()
	o := m.vm.NewObject()
	for k, v := range map[string]string{
		"href": u.String(), "origin": u.Origin().String(), "protocol": u.Scheme() + ":", "host": host, "hostname": u.Host(), "port": port,
		"pathname": u.Path(), "username": u.Username(), "password": u.Password(),
	} {
		_ = o.Set(k, v)
	}
	_ = o.Set("search", prefixed("?", search, hasSearch && search != ""))
	_ = o.Set("hash", prefixed("#", hash, hash != ""))
	return o
}

func prefixed(prefix, s string, some bool) string {
	if some {
		return prefix + s
	}
	return ""
}

// encode returns the bytes of a text.
func encode(text, encoding string) []any {
	var out []any
	if encoding == "latin1" || encoding == "binary" || encoding == "ascii" {
		for _, r := range text {
			out = append(out, int(byte(r)))
		}
		return out
	}
	for i := range len(text) {
		out = append(out, int(text[i]))
	}
	return out
}

// decode returns the text of bytes.
func decode(list []int64, encoding string) string {
	b := make([]byte, len(list))
	for i, n := range list {
		b[i] = byte(n)
	}
	if encoding == "latin1" || encoding == "binary" || encoding == "ascii" {
		return latin1(string(b))
	}
	if !utf8.Valid(b) {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(b)
}

// latin1 returns bytes as the text with one character for each.
func latin1(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			r := make([]rune, len(s))
			for j := range len(s) {
				r[j] = rune(s[j])
			}
			return string(r)
		}
	}
	return s
}

// installTimers sets the timers; they follow the machine's clock.
func (m *machine) installTimers() {
	set := func(repeat time.Duration) func(goja.FunctionCall) goja.Value {
		return func(c goja.FunctionCall) goja.Value {
			f, ok := goja.AssertFunction(c.Argument(0))
			if !ok {
				panic(m.vm.NewTypeError("The \"callback\" argument must be of type function"))
			}
			wait := time.Duration(1)
			if m.unknownOf(c.Argument(1)) == nil {
				wait = max(1, time.Duration(c.Argument(1).ToInteger()))
			}
			var rest []goja.Value
			if len(c.Arguments) > 2 {
				rest = c.Arguments[2:]
			}
			return m.addTimer(task{call: f, this: goja.Undefined(), args: rest}, wait*time.Millisecond, repeat)
		}
	}
	m.hidden("setTimeout", set(0))
	m.hidden("setInterval", set(1))
	soon := func(c goja.FunctionCall) goja.Value {
		f, ok := goja.AssertFunction(c.Argument(0))
		if !ok {
			panic(m.vm.NewTypeError("The \"callback\" argument must be of type function"))
		}
		m.later(task{call: f, this: goja.Undefined(), args: c.Arguments[1:]})
		return m.vm.NewObject()
	}
	m.hidden("setImmediate", soon)
	m.hidden("queueMicrotask", soon)
	clear := func(c goja.FunctionCall) goja.Value {
		if o, ok := c.Argument(0).(*goja.Object); ok && m.unknown.byValue[o] == nil {
			m.removeTimer(o.Get("_id"))
		}
		return goja.Undefined()
	}
	for _, name := range []string{"clearTimeout", "clearInterval", "clearImmediate"} {
		m.hidden(name, clear)
	}
}

// addTimer returns the object of a new timer. Intervals do not keep a run going.
func (m *machine) addTimer(t task, wait, repeat time.Duration) goja.Value {
	o := m.vm.NewObject()
	id := int64(len(m.timers)) + m.now.UnixNano()
	_ = o.Set("_id", id)
	for _, name := range []string{"unref", "ref", "refresh", "hasRef"} {
		_ = o.Set(name, func(goja.FunctionCall) goja.Value { return o })
	}
	if repeat == 0 {
		m.timers = append(m.timers, timer{task: t, id: id, at: m.now.Add(wait)})
	}
	return o
}

func (m *machine) removeTimer(id goja.Value) {
	if id == nil {
		return
	}
	for i := range m.timers {
		if m.timers[i].id == id.ToInteger() {
			m.timers = append(m.timers[:i], m.timers[i+1:]...)
			return
		}
	}
}
