package nodejs

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// errClosed is the end of a connection without a complete answer.
func errClosed() error { return fetch.ErrNoAnswer }

// installExpressResponse sets the methods of Express's responses.
func (m *machine) installExpressResponse(e *express) {
	o := e.response
	on := func(name string, f func(x *exchange, c goja.FunctionCall) goja.Value) {
		_ = o.Set(name, func(c goja.FunctionCall) goja.Value {
			if m.current == nil {
				panic(m.vm.NewTypeError(name + " is called outside a request"))
			}
			return f(m.current, c)
		})
	}
	on("status", func(x *exchange, c goja.FunctionCall) goja.Value { return x.expressStatus(e, c) })
	on("send", func(x *exchange, c goja.FunctionCall) goja.Value { return x.expressSend(e, c) })
	on("json", func(x *exchange, c goja.FunctionCall) goja.Value { return x.expressJSON(e, c) })
	on("jsonp", func(x *exchange, c goja.FunctionCall) goja.Value { return x.expressJSONP(e, c) })
	on("sendStatus", func(x *exchange, c goja.FunctionCall) goja.Value {
		x.setStatus(e, c.Argument(0))
		x.set("Content-Type", "text/plain; charset=utf-8")
		return x.m.callMethod(c.This.(*goja.Object), "send", m.vm.ToValue(statusTexts[int(c.Argument(0).ToInteger())]))
	})
	on("set", (*exchange).expressSet)
	on("header", (*exchange).expressSet)
	on("get", func(x *exchange, c goja.FunctionCall) goja.Value {
		return x.headerValue(fetch.ByteLowercase(c.Argument(0).String()))
	})
	on("append", (*exchange).expressAppend)
	on("vary", func(x *exchange, c goja.FunctionCall) goja.Value {
		for _, f := range m.flatten(c.Arguments[:min(1, len(c.Arguments))]) {
			x.checkUnsent("set")
			x.vary(f.String())
			x.decide(m.position(), "Vary", "the program sets the header")
		}
		return c.This
	})
	on("type", (*exchange).expressType)
	on("contentType", (*exchange).expressType)
	on("location", func(x *exchange, c goja.FunctionCall) goja.Value {
		x.location(e, c.Argument(0))
		return c.This
	})
	on("redirect", func(x *exchange, c goja.FunctionCall) goja.Value { return x.redirect(e, c) })
	on("format", (*exchange).expressFormat)
	on("cookie", (*exchange).cookie)
	on("clearCookie", (*exchange).cookie)
	on("links", func(x *exchange, c goja.FunctionCall) goja.Value { return c.This })
	on("attachment", func(x *exchange, c goja.FunctionCall) goja.Value {
		x.set("Content-Disposition", "attachment")
		return c.This
	})
	m.state(o, "locals", func(x *exchange) goja.Value {
		if !truthy(x.state.locals) {
			x.state.locals = m.vm.CreateObject(nil)
		}
		return x.state.locals
	}, nil)
	for _, name := range []string{"sendFile", "sendfile", "download"} {
		on(name, (*exchange).sendFile)
	}
	on("render", (*exchange).render)
}

// setStatus sets the status as res.status does.
func (x *exchange) setStatus(e *express, v goja.Value) {
	m := x.m
	if m.unknownOf(v) == nil && e.v5 {
		n, integer := v.Export().(int64)
		switch {
		case !integer:
			panic(m.vm.NewTypeError("Invalid status code: " + v.String() + ". Status code must be an integer."))
		case n < 100 || n > 999:
			panic(m.codeError("RangeError", "", "Invalid status code: "+v.String()+". Status code must be greater than 99 and less than 1000."))
		}
	}
	_ = x.res.Set("statusCode", v)
}

func (x *exchange) expressStatus(e *express, c goja.FunctionCall) goja.Value {
	x.setStatus(e, c.Argument(0))
	return c.This
}

// expressSet is res.set(name, value) or res.set(object).
func (x *exchange) expressSet(c goja.FunctionCall) goja.Value {
	if len(c.Arguments) != 2 {
		if u := x.m.unknownObject(c.Argument(0)); u != nil {
			x.m.openHeaders(x, u)
			return c.This
		}
		if o, ok := c.Argument(0).(*goja.Object); ok {
			for _, name := range o.Keys() {
				x.m.callMethod(c.This.(*goja.Object), "set", x.m.vm.ToValue(name), o.Get(name))
			}
		}
		return c.This
	}
	if u := x.m.unknownOf(c.Argument(0)); u != nil {
		x.failed = u.errAbout()
		return c.This
	}
	name, v := c.Argument(0).String(), c.Argument(1)
	if o, ok := v.(*goja.Object); !ok && !goja.IsUndefined(v) || ok && o.ClassName() != "Array" && x.m.unknown.byValue[o] == nil || goja.IsUndefined(v) {
		v = x.m.vm.ToValue(v.String())
	}
	if fetch.ByteLowercase(name) == "content-type" {
		v = x.m.vm.ToValue(contentType(v.String()))
	}
	x.jsSet(name, v)
	return c.This
}

func (x *exchange) expressAppend(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	values := append(append([]string(nil), x.get(fetch.ByteLowercase(name))...), x.m.headerValues(name, c.Argument(1))...)
	return x.m.callMethod(c.This.(*goja.Object), "set", c.Argument(0), x.m.listOrText(values))
}

// listOrText returns several values as a list, and one as a text.
func (m *machine) listOrText(values []string) goja.Value {
	if len(values) == 1 {
		return m.vm.ToValue(values[0])
	}
	var list []any
	for _, v := range values {
		list = append(list, v)
	}
	return m.vm.NewArray(list...)
}

// types are the media types of the short names and file endings in use.
var types = map[string]string{
	"html": "text/html", "htm": "text/html", "txt": "text/plain", "text": "text/plain", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript",
	"json": "application/json", "xml": "application/xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
	"svg": "image/svg+xml", "ico": "image/x-icon", "pdf": "application/pdf", "csv": "text/csv", "bin": "application/octet-stream",
	"woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "wasm": "application/wasm", "webp": "image/webp", "zip": "application/zip",
}

// contentType returns a media type with its character set.
func contentType(s string) string {
	if !strings.Contains(s, "/") {
		t, ok := types[strings.TrimPrefix(s, ".")]
		if !ok {
			t = "application/octet-stream"
		}
		s = t
	}
	if !strings.Contains(s, "charset") && (strings.HasPrefix(s, "text/") || s == "application/json" || s == "application/javascript") {
		s += "; charset=utf-8"
	}
	return s
}

func (x *exchange) expressType(c goja.FunctionCall) goja.Value {
	x.checkUnsent("set")
	x.set("Content-Type", contentType(c.Argument(0).String()))
	return c.This
}

// expressJSON is res.json(value).
func (x *exchange) expressJSON(e *express, c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if !e.v5 && len(c.Arguments) == 2 {
		if goja.IsNumber(c.Argument(1)) {
			_ = x.res.Set("statusCode", c.Argument(1))
		} else {
			_ = x.res.Set("statusCode", v)
			v = c.Argument(1)
		}
	}
	text := x.m.json(v)
	if x.find("content-type") < 0 {
		x.checkUnsent("set")
		x.set("Content-Type", "application/json")
	}
	this := c.This.(*goja.Object)
	if this == x.res && this.Get("send") == e.response.Get("send") {
		return x.expressSend(e, goja.FunctionCall{This: this, Arguments: []goja.Value{text}})
	}
	return x.m.callMethod(this, "send", text)
}

// json returns a value as JSON text.
func (m *machine) json(v goja.Value) goja.Value {
	if u := m.unknownObject(v); u != nil {
		return m.textOf(u)
	}
	if m.protos.stringify == nil {
		m.protos.stringify, _ = goja.AssertFunction(m.vm.Get("JSON").(*goja.Object).Get("stringify"))
	}
	out, err := m.protos.stringify(goja.Undefined(), v)
	m.rethrow(err)
	return out
}

func (x *exchange) expressJSONP(e *express, c goja.FunctionCall) goja.Value {
	callback := goja.Value(goja.Undefined())
	if q, ok := x.req.Get("query").(*goja.Object); ok {
		callback = orUndefined(q.Get("callback"))
	}
	if !callback.ToBoolean() {
		if x.find("content-type") < 0 {
			x.set("X-Content-Type-Options", "nosniff")
			x.set("Content-Type", "application/json")
		}
		return x.m.callMethod(x.res, "send", x.m.json(c.Argument(0)))
	}
	x.set("X-Content-Type-Options", "nosniff")
	x.set("Content-Type", "text/javascript; charset=utf-8")
	name := callback.String()
	return x.m.callMethod(x.res, "send", x.m.vm.ToValue("/**/ typeof "+name+" === 'function' && "+name+"("+x.m.json(c.Argument(0)).String()+");"))
}

// expressSend is res.send(body).
func (x *exchange) expressSend(e *express, c goja.FunctionCall) goja.Value {
	m, v := x.m, c.Argument(0)
	if !e.v5 {
		v = x.oldSend(c)
	}
	body := ""
	switch {
	case m.unknownOf(v) != nil:
		body = m.readable(v.String())
		if m.unknownObject(v) != nil && x.find("content-type") < 0 {
			x.set("Content-Type", "text/html; charset=utf-8")
		}
	case goja.IsUndefined(v) || goja.IsNull(v):
	default:
		if o, ok := v.(*goja.Object); ok {
			if b, bytes := bytesOfObject(o); bytes {
				body = string(b)
				break
			}
			return m.callMethod(c.This.(*goja.Object), "json", v)
		}
		if _, ok := v.(goja.String); !ok {
			return m.callMethod(c.This.(*goja.Object), "json", v)
		}
		body = v.String()
		x.textType()
	}
	x.checkUnsent("set")
	x.set("Content-Length", strconv.Itoa(len(body)))
	x.sendBody(body)
	return c.This
}

// oldSend is what Express 4 also takes: a status with or without a body.
func (x *exchange) oldSend(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if x.m.unknownOf(v) != nil {
		return v
	}
	if len(c.Arguments) == 2 {
		if !goja.IsNumber(v) && goja.IsNumber(c.Argument(1)) {
			_ = x.res.Set("statusCode", c.Argument(1))
			return v
		}
		_ = x.res.Set("statusCode", v)
		return c.Argument(1)
	}
	if goja.IsNumber(v) {
		if x.find("content-type") < 0 {
			x.set("Content-Type", "text/plain; charset=utf-8")
		}
		_ = x.res.Set("statusCode", v)
		return x.m.vm.ToValue(statusTexts[int(v.ToInteger())])
	}
	return v
}

// textType gives a body of text its media type.
func (x *exchange) textType() {
	old := x.get("content-type")
	if len(old) == 0 {
		x.checkUnsent("set")
		x.set("Content-Type", "text/html; charset=utf-8")
		return
	}
	if !strings.Contains(old[0], "charset=") {
		x.checkUnsent("set")
		x.set("Content-Type", old[0]+"; charset=utf-8")
	}
}

// sendBody ends the answer as res.send does, with 304 if the client has the body.
func (x *exchange) sendBody(body string) {
	code := x.res.Get("statusCode")
	if (x.verb() == "GET" || x.verb() == "HEAD") && x.m.unknownOf(code) == nil && code.ToInteger()/100 == 2 {
		if v := x.requestHeader("if-none-match"); v != nil && strings.TrimSpace(v.String()) == "*" {
			_ = x.res.Set("statusCode", 304)
		}
	}
	if n := x.res.Get("statusCode"); x.m.unknownOf(n) == nil {
		switch n.ToInteger() {
		case 204, 304:
			x.remove("content-type")
			x.remove("content-length")
			body = ""
		case 205:
			x.set("Content-Length", "0")
			body = ""
		}
	}
	if x.verb() == "HEAD" {
		body = ""
	}
	x.finish(body)
}
