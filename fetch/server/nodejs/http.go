package nodejs

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// listener is a server of the program.
type listener struct {
	object   *goja.Object
	handlers []goja.Value
	native   func(x *exchange) // answers without the handlers
	listens  bool
	attached []attachment // what answers before the handlers
	at       server.Position
}

// methodNames are the methods of Node 20's http.METHODS.
var methodNames = strings.Fields(`ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE`)

// nodePackages are the modules of Node that Go code models.
var nodePackages = map[string]builder{
	"http": buildHTTP, "https": buildHTTP, "http2": buildHTTP,
	"process": func(m *machine) goja.Value { return m.vm.Get("process") },
	"console": func(m *machine) goja.Value { return m.vm.Get("console") },
	"fs":      buildFS, "fs/promises": buildFSPromises,
	"dotenv": buildDotenv, "dotenv/config": func(m *machine) goja.Value { m.loadDotenv(".env"); return m.vm.NewObject() },
	"dotenv-expand": func(m *machine) goja.Value { return m.vm.NewObject() },
}

func buildHTTP(m *machine) goja.Value {
	o := m.vm.NewObject()
	_ = o.Set("createServer", m.createServer)
	_ = o.Set("createSecureServer", m.createServer)
	_ = o.Set("METHODS", methodNames)
	status := m.vm.NewObject()
	for code, text := range statusTexts {
		_ = status.Set(m.vm.ToValue(code).String(), text)
	}
	_ = o.Set("STATUS_CODES", status)
	class := func(proto *goja.Object) *goja.Object {
		c, _ := m.vm.RunString("(function () {})")
		_ = c.(*goja.Object).Set("prototype", proto)
		return c.(*goja.Object)
	}
	_ = o.Set("IncomingMessage", class(m.protos.request))
	_ = o.Set("ServerResponse", class(m.protos.response))
	_ = o.Set("Server", class(m.protos.server))
	_ = o.Set("Agent", m.newUnknown("http.Agent", &source{module: "http"}, "").object)
	for _, name := range []string{"request", "get"} {
		_ = o.Set(name, m.newUnknown("http."+name, &source{module: "http"}, "").object)
	}
	return o
}

// createServer is http.createServer([options], [handler]).
func (m *machine) createServer(c goja.FunctionCall) goja.Value {
	l := &listener{object: m.vm.CreateObject(m.protos.server), at: m.position()}
	for _, a := range c.Arguments {
		if _, ok := goja.AssertFunction(a); ok {
			l.handlers = append(l.handlers, a)
		}
	}
	m.servers = append(m.servers, l)
	return l.object
}

// listenerOf returns the server of an object, or nil.
func (m *machine) listenerOf(v goja.Value) *listener {
	for _, l := range m.servers {
		if l.object == v {
			return l
		}
	}
	return nil
}

// installHTTP makes the prototypes of servers, requests and responses.
func (m *machine) installHTTP() {
	emitter := m.vm.NewObject()
	for _, name := range m.protos.emitter.Keys() {
		_ = emitter.DefineDataProperty(name, m.protos.emitter.Get(name), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	m.protos.server = m.vm.CreateObject(emitter)
	m.method(m.protos.server, "listen", m.serverListen)
	m.method(m.protos.server, "on", m.serverOn)
	m.method(m.protos.server, "once", m.serverOn)
	m.method(m.protos.server, "addListener", m.serverOn)
	m.method(m.protos.server, "address", func(goja.FunctionCall) goja.Value {
		o := m.vm.NewObject()
		_ = o.Set("port", 3000)
		_ = o.Set("address", "::")
		_ = o.Set("family", "IPv6")
		return o
	})
	m.method(m.protos.server, "close", func(c goja.FunctionCall) goja.Value { return c.This })
	m.method(m.protos.server, "setTimeout", func(c goja.FunctionCall) goja.Value { return c.This })
	m.method(m.protos.server, "unref", func(c goja.FunctionCall) goja.Value { return c.This })
	m.protos.request = m.vm.CreateObject(emitter)
	m.protos.response = m.vm.CreateObject(emitter)
	m.installRequest(m.protos.request)
	m.installResponse(m.protos.response)
	m.installState(m.protos.request, m.protos.response)
}

// method sets a method that the program cannot list.
func (m *machine) method(o *goja.Object, name string, f func(goja.FunctionCall) goja.Value) {
	_ = o.DefineDataProperty(name, m.vm.ToValue(f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// getter sets an accessor.
func (m *machine) getter(o *goja.Object, name string, f func(goja.FunctionCall) goja.Value) {
	_ = o.DefineAccessorProperty(name, m.vm.ToValue(f), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// serverListen is server.listen(…, [callback]).
func (m *machine) serverListen(c goja.FunctionCall) goja.Value {
	if l := m.listenerOf(c.This); l != nil {
		l.listens, l.at = true, m.position()
	}
	for _, a := range c.Arguments {
		if f, ok := goja.AssertFunction(a); ok && m.unknownObject(a) == nil {
			m.later(task{call: f, this: c.This})
		}
	}
	return c.This
}

// serverOn is server.on(event, listener).
func (m *machine) serverOn(c goja.FunctionCall) goja.Value {
	l := m.listenerOf(c.This)
	f, ok := goja.AssertFunction(c.Argument(1))
	if l == nil || !ok {
		return c.This
	}
	switch c.Argument(0).String() {
	case "request":
		l.handlers = append(l.handlers, c.Argument(1))
	case "listening":
		m.later(task{call: f, this: c.This})
	case "checkContinue", "checkExpectation", "connect":
		m.refuse("a listener of the event "+c.Argument(0).String()+" is not modelled", "leave it out")
	}
	return c.This
}

// newExchange returns the exchange for a request.
func (m *machine) newExchange(r *server.Request) *exchange {
	x := &exchange{m: m, from: r, lines: make([]headerLine, 0, 16)}
	x.req = m.vm.CreateObject(m.protos.request)
	x.res = m.vm.CreateObject(m.protos.response)
	x.state.method, x.state.url = m.vm.ToValue(r.Method), m.vm.ToValue(latin1(r.Target))
	return x
}

// single are the request headers of which Node keeps the first line only.
var single = strings.Fields("age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after server user-agent")

// requestHeaders returns the headers of a request as Node gives them to the program.
func (m *machine) requestHeaders(l fetch.HeaderList) *goja.Object {
	o := m.vm.NewObject()
	for i, h := range l {
		name := fetch.ByteLowercase(h.Name)
		value := latin1(h.Value)
		if again(l, i) {
			old := o.Get(name)
			switch {
			case slices.Contains(single, name):
				continue
			case name == "cookie":
				value = old.String() + "; " + value
			default:
				value = old.String() + ", " + value
			}
		}
		_ = o.Set(name, value)
	}
	return o
}

// again reports whether a line has the name of a line before it.
func again(l fetch.HeaderList, i int) bool {
	for _, h := range l[:i] {
		if len(h.Name) == len(l[i].Name) && fetch.ByteLowercase(h.Name) == fetch.ByteLowercase(l[i].Name) {
			return true
		}
	}
	return false
}

// refused returns Node's own answer to a request that no program gets to see, or
// nil.
func refused(r *server.Request) *server.Answer {
	hosts := 0
	for _, h := range r.Header {
		if fetch.ByteLowercase(h.Name) == "host" {
			hosts++
		}
		if strings.ContainsAny(h.Value, "\x00\r\n") || strings.ContainsAny(h.Name, " \t:") {
			return &server.Answer{Status: 400}
		}
	}
	if !slices.Contains(methodNames, r.Method) || hosts == 0 || r.Target == "" || strings.ContainsAny(r.Target, " \t") {
		return &server.Answer{Status: 400}
	}
	return nil
}
