package nodejs

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// installRequest sets the methods of http.IncomingMessage.
func (m *machine) installRequest(o *goja.Object) {
	_ = o.Set("httpVersion", "1.1")
	_ = o.Set("httpVersionMajor", 1)
	_ = o.Set("httpVersionMinor", 1)
	_ = o.Set("complete", true)
	socket := m.vm.NewObject()
	_ = socket.Set("remoteAddress", "127.0.0.1")
	_ = socket.Set("remotePort", 40000)
	_ = socket.Set("localPort", 3000)
	for _, name := range []string{"on", "once", "setKeepAlive", "setTimeout", "setNoDelay", "removeListener"} {
		m.method(socket, name, func(c goja.FunctionCall) goja.Value { return c.This })
	}
	m.method(socket, "destroy", func(goja.FunctionCall) goja.Value {
		if m.current != nil && !m.current.ended {
			m.current.failed = fetch.ErrNoAnswer
			m.current.ended = true
		}
		return goja.Undefined()
	})
	_ = o.Set("socket", socket)
	_ = o.Set("connection", socket)
	on, _ := goja.AssertFunction(m.protos.emitter.Get("on"))
	listen := func(c goja.FunctionCall) goja.Value {
		m.callNative(on, c)
		if name := c.Argument(0).String(); m.current != nil && (name == "data" || name == "end" || name == "readable") {
			m.current.stream()
		}
		return c.This
	}
	m.method(o, "on", listen)
	m.method(o, "addListener", listen)
	m.method(o, "once", listen)
	for _, name := range []string{"resume", "pause", "setEncoding", "unpipe", "setTimeout", "destroy"} {
		m.method(o, name, func(c goja.FunctionCall) goja.Value { return c.This })
	}
	m.method(o, "pipe", func(c goja.FunctionCall) goja.Value { return c.Argument(0) })
	m.getter(o, "rawHeaders", func(goja.FunctionCall) goja.Value {
		var out []any
		if m.current != nil {
			for _, h := range m.current.from.Header {
				out = append(out, latin1(h.Name), latin1(h.Value))
			}
		}
		return m.vm.NewArray(out...)
	})
	m.bodyIterator(o)
}

// callNative calls a function with the arguments of a call.
func (m *machine) callNative(f goja.Callable, c goja.FunctionCall) goja.Value {
	v, err := f(c.This, c.Arguments...)
	m.rethrow(err)
	return v
}

// bodyIterator makes "for await (const chunk of req)" give the body.
func (m *machine) bodyIterator(o *goja.Object) {
	_ = o.DefineDataPropertySymbol(m.protos.asyncIterator, m.vm.ToValue(func(goja.FunctionCall) goja.Value {
		body := m.vm.NewArray()
		if x := m.current; x != nil && x.from.Body != "" {
			x.bodyRead = true
			body = m.vm.NewArray(m.buffer(x.from.Body))
		}
		values, _ := goja.AssertFunction(body.Get("values"))
		return m.native(func(_ goja.Value, args ...goja.Value) (goja.Value, error) { return values(body) })
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// buffer returns bytes as a Buffer.
func (m *machine) buffer(s string) *goja.Object {
	class := m.vm.Get("Buffer").(*goja.Object)
	from, _ := goja.AssertFunction(class.Get("from"))
	v, err := from(class, m.vm.ToValue(latin1(s)), m.vm.ToValue("latin1"))
	m.rethrow(err)
	return v.(*goja.Object)
}

// stream gives the body to the listeners of the request, later and once.
func (x *exchange) stream() {
	if x.bodyAsked {
		return
	}
	x.bodyAsked = true
	x.m.later(task{do: func() {
		if !x.bodyRead && x.from.Body != "" {
			x.m.emit(x.req, "data", x.m.buffer(x.from.Body))
		}
		x.bodyRead = true
		x.m.emit(x.req, "end")
		x.m.emit(x.req, "close")
	}})
}

// installResponse sets the methods of http.ServerResponse.
func (m *machine) installResponse(o *goja.Object) {
	_ = o.Set("statusCode", 200)
	_ = o.Set("statusMessage", goja.Undefined())
	_ = o.Set("sendDate", true)
	m.getter(o, "headersSent", func(goja.FunctionCall) goja.Value { return m.vm.ToValue(m.current != nil && m.current.sent) })
	ended := func(goja.FunctionCall) goja.Value { return m.vm.ToValue(m.current != nil && m.current.ended) }
	for _, name := range []string{"writableEnded", "finished", "writableFinished"} {
		m.getter(o, name, ended)
	}
	m.onExchange(o, "setHeader", (*exchange).jsSetHeader)
	m.onExchange(o, "appendHeader", (*exchange).jsAppendHeader)
	m.onExchange(o, "getHeader", (*exchange).jsGetHeader)
	m.onExchange(o, "hasHeader", func(x *exchange, c goja.FunctionCall) goja.Value {
		return m.vm.ToValue(x.find(fetch.ByteLowercase(c.Argument(0).String())) >= 0)
	})
	m.onExchange(o, "removeHeader", func(x *exchange, c goja.FunctionCall) goja.Value {
		x.checkUnsent("remove")
		x.remove(fetch.ByteLowercase(c.Argument(0).String()))
		return goja.Undefined()
	})
	m.onExchange(o, "getHeaders", (*exchange).jsGetHeaders)
	m.onExchange(o, "getHeaderNames", (*exchange).jsGetHeaderNames)
	m.onExchange(o, "setHeaders", (*exchange).jsSetHeaders)
	m.onExchange(o, "writeHead", (*exchange).jsWriteHead)
	m.protos.writeHead, _ = o.Get("writeHead").(*goja.Object)
	m.onExchange(o, "write", func(x *exchange, c goja.FunctionCall) goja.Value {
		x.sendHead()
		x.body.WriteString(x.m.chunk(c.Argument(0)))
		return m.vm.ToValue(true)
	})
	m.onExchange(o, "end", (*exchange).jsEnd)
	m.protos.end, _ = o.Get("end").(*goja.Object)
	m.onExchange(o, "flushHeaders", func(x *exchange, c goja.FunctionCall) goja.Value { x.sendHead(); return goja.Undefined() })
	for _, name := range []string{"writeContinue", "writeProcessing", "cork", "uncork", "setTimeout", "writeEarlyHints", "assignSocket"} {
		m.method(o, name, func(c goja.FunctionCall) goja.Value { return c.This })
	}
	m.onExchange(o, "destroy", func(x *exchange, c goja.FunctionCall) goja.Value {
		if !x.ended {
			x.failed, x.ended = fetch.ErrNoAnswer, true
		}
		return c.This
	})
	_ = o.Set("socket", m.protos.request.Get("socket"))
	_ = o.Set("connection", m.protos.request.Get("socket"))
}

// onExchange sets a method that works on the present exchange.
func (m *machine) onExchange(o *goja.Object, name string, f func(x *exchange, c goja.FunctionCall) goja.Value) {
	m.method(o, name, func(c goja.FunctionCall) goja.Value {
		if m.current == nil {
			panic(m.vm.NewTypeError(name + " is called outside a request"))
		}
		return f(m.current, c)
	})
}

// checkUnsent throws Node's error if the header section was sent already.
func (x *exchange) checkUnsent(what string) {
	if x.sent {
		panic(x.m.codeError("Error", "ERR_HTTP_HEADERS_SENT", "Cannot "+what+" headers after they are sent to the client"))
	}
}

// headerValues returns a value as the lines of a header.
func (m *machine) headerValues(name string, v goja.Value) []string {
	if u := m.unknownObject(v); u != nil {
		return []string{m.textOf(u).String()}
	}
	if goja.IsUndefined(v) {
		panic(m.codeError("TypeError", "ERR_HTTP_INVALID_HEADER_VALUE", `Invalid value "undefined" for header "`+name+`"`))
	}
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "Array" {
		var out []string
		for i := range int(o.Get("length").ToInteger()) {
			out = append(out, m.headerValues(name, orUndefined(o.Get(m.vm.ToValue(i).String())))...)
		}
		return out
	}
	s := v.String()
	for _, r := range s {
		if r != '\t' && r < ' ' || r == 0x7F || r > 0xFF && !strings.Contains(s, markOpen) {
			panic(m.codeError("TypeError", "ERR_INVALID_CHAR", `Invalid character in header content ["`+name+`"]`))
		}
	}
	return []string{s}
}

// checkName throws Node's error if a name is not one of a header.
func (m *machine) checkName(name string) {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("()<>@,;:\\\"/[]?={}", c) >= 0 {
			panic(m.codeError("TypeError", "ERR_INVALID_HTTP_TOKEN", `Header name must be a valid HTTP token ["`+name+`"]`))
		}
	}
	if name == "" {
		panic(m.codeError("TypeError", "ERR_INVALID_HTTP_TOKEN", `Header name must be a valid HTTP token [""]`))
	}
}

// jsSet sets a header from the program, and records who did it.
func (x *exchange) jsSet(name string, v goja.Value) {
	x.checkUnsent("set")
	x.m.checkName(name)
	x.set(name, x.m.headerValues(name, v)...)
	if isCORS(fetch.ByteLowercase(name)) {
		x.decide(x.m.position(), name, "the program sets the header")
	}
}

func (x *exchange) jsSetHeader(c goja.FunctionCall) goja.Value {
	if u := x.m.unknownOf(c.Argument(0)); u != nil {
		x.foreign(u)
		return c.This
	}
	x.jsSet(c.Argument(0).String(), c.Argument(1))
	return c.This
}

func (x *exchange) jsAppendHeader(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	x.checkUnsent("append")
	x.m.checkName(name)
	x.set(name, append(append([]string(nil), x.get(fetch.ByteLowercase(name))...), x.m.headerValues(name, c.Argument(1))...)...)
	return c.This
}

func (x *exchange) jsGetHeader(c goja.FunctionCall) goja.Value {
	return x.headerValue(fetch.ByteLowercase(c.Argument(0).String()))
}

// headerValue returns a header as the program gets it.
func (x *exchange) headerValue(lower string) goja.Value {
	switch v := x.get(lower); len(v) {
	case 0:
		return goja.Undefined()
	case 1:
		return x.m.vm.ToValue(v[0])
	default:
		return x.m.vm.ToValue(v)
	}
}

func (x *exchange) jsGetHeaders(goja.FunctionCall) goja.Value {
	o := x.m.vm.NewObject()
	for i := range x.lines {
		_ = o.Set(x.lines[i].lower, x.headerValue(x.lines[i].lower))
	}
	return o
}

func (x *exchange) jsGetHeaderNames(goja.FunctionCall) goja.Value {
	var out []any
	for i := range x.lines {
		out = append(out, x.lines[i].lower)
	}
	return x.m.vm.NewArray(out...)
}

// jsSetHeaders is setHeaders(Headers or Map).
func (x *exchange) jsSetHeaders(c goja.FunctionCall) goja.Value {
	x.m.vm.ForOf(c.Argument(0), func(pair goja.Value) bool {
		o := pair.ToObject(x.m.vm)
		x.jsSet(o.Get("0").String(), orUndefined(o.Get("1")))
		return true
	})
	return c.This
}

// jsWriteHead is writeHead(status, [message], [headers]).
func (x *exchange) jsWriteHead(c goja.FunctionCall) goja.Value {
	x.checkUnsent("write")
	_ = x.res.Set("statusCode", c.Argument(0))
	headers := c.Argument(1)
	if _, ok := headers.(goja.String); ok || len(c.Arguments) > 2 {
		headers = c.Argument(2)
	}
	if u := x.m.unknownObject(headers); u != nil {
		x.m.openHeaders(x, u)
	} else if o, ok := headers.(*goja.Object); ok && o.ClassName() == "Array" {
		x.writeList(o)
	} else if ok {
		for _, name := range o.Keys() {
			x.jsSet(name, o.Get(name))
		}
	}
	x.sendOwnHead()
	return c.This
}

// writeList sets the headers of a flat list of names and values.
func (x *exchange) writeList(o *goja.Object) {
	n := int(o.Get("length").ToInteger())
	item := func(i int) goja.Value { return orUndefined(o.Get(x.m.vm.ToValue(i).String())) }
	for i := range n {
		if pair, ok := item(i).(*goja.Object); ok {
			x.jsSet(pair.Get("0").String(), orUndefined(pair.Get("1")))
		} else if i%2 == 0 {
			x.jsSet(item(i).String(), item(i+1))
		}
	}
}

// jsEnd is end([chunk], [encoding], [callback]).
func (x *exchange) jsEnd(c goja.FunctionCall) goja.Value {
	chunk := ""
	if _, ok := goja.AssertFunction(c.Argument(0)); !ok {
		chunk = x.m.chunk(c.Argument(0))
	}
	x.end(chunk)
	return c.This
}

// chunk returns the bytes of a part of a body.
func (m *machine) chunk(v goja.Value) string {
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return ""
	}
	if m.unknownObject(v) != nil {
		return "…"
	}
	if o, ok := v.(*goja.Object); ok {
		if b, ok := bytesOfObject(o); ok {
			return string(b)
		}
	}
	return m.readable(v.String())
}
