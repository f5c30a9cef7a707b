package nodejs

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// installExpressRequest sets the methods of Express's requests.
func (m *machine) installExpressRequest(e *express) {
	o := e.request
	on := func(name string, f func(x *exchange, c goja.FunctionCall) goja.Value) {
		_ = o.Set(name, func(c goja.FunctionCall) goja.Value {
			if m.current == nil {
				return goja.Undefined()
			}
			return f(m.current, c)
		})
	}
	on("get", (*exchange).expressGet)
	on("header", (*exchange).expressGet)
	on("is", (*exchange).expressIs)
	on("accepts", (*exchange).expressAccepts)
	for _, name := range []string{"acceptsEncodings", "acceptsCharsets", "acceptsLanguages"} {
		on(name, func(x *exchange, c goja.FunctionCall) goja.Value { return c.Argument(0) })
	}
	on("range", func(x *exchange, c goja.FunctionCall) goja.Value { return goja.Undefined() })
	on("param", func(x *exchange, c goja.FunctionCall) goja.Value { return x.expressParam(c) })
	get := func(name string, f func(x *exchange) goja.Value) {
		getter := m.vm.ToValue(func(goja.FunctionCall) goja.Value {
			if m.current == nil {
				return goja.Undefined()
			}
			return f(m.current)
		})
		_ = o.DefineAccessorProperty(name, getter, nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	if e.v5 {
		get("query", func(x *exchange) goja.Value { return m.found.apps[x.app()].query(x.url()) })
	} else {
		m.state(o, "query", (*exchange).oldQuery, func(x *exchange, v goja.Value) { x.state.query = v })
	}
	get("protocol", func(x *exchange) goja.Value { return m.vm.ToValue(x.protocol()) })
	get("secure", func(x *exchange) goja.Value { return m.vm.ToValue(x.protocol() == "https") })
	get("ip", func(x *exchange) goja.Value { return m.vm.ToValue(x.ip()) })
	get("ips", func(x *exchange) goja.Value { return m.vm.NewArray() })
	get("path", func(x *exchange) goja.Value { return m.vm.ToValue(pathOf(x.url())) })
	get("hostname", func(x *exchange) goja.Value { return x.hostname(true) })
	get("host", func(x *exchange) goja.Value { return x.hostname(!e.v5) })
	get("subdomains", func(x *exchange) goja.Value { return x.subdomains() })
	get("fresh", func(x *exchange) goja.Value { return m.vm.ToValue(false) })
	get("stale", func(x *exchange) goja.Value { return m.vm.ToValue(true) })
	get("xhr", func(x *exchange) goja.Value {
		v := x.requestHeader("x-requested-with")
		return m.vm.ToValue(v != nil && fetch.ByteLowercase(v.String()) == "xmlhttprequest")
	})
}

// oldQuery is req.query of Express 4, which is read once for a request.
func (x *exchange) oldQuery() goja.Value {
	if a := x.m.found.apps[x.app()]; x.state.query == nil && a != nil {
		x.state.query = a.query(x.state.queryOf)
	}
	return x.state.query
}

// app returns the application that has the request.
func (x *exchange) app() *goja.Object {
	o, _ := x.req.Get("app").(*goja.Object)
	return o
}

// setting returns a setting of the application.
func (x *exchange) setting(name string) goja.Value {
	if a := x.m.found.apps[x.app()]; a != nil {
		return orUndefined(a.settings.Get(name))
	}
	return goja.Undefined()
}

// trusts reports whether the application trusts the headers of a proxy in front.
func (x *exchange) trusts() bool {
	v := x.setting("trust proxy")
	if t, ok := v.(goja.String); ok {
		return strings.Contains(t.String(), "loopback") || strings.Contains(t.String(), "127.0.0.1")
	}
	return x.m.truth(v)
}

func (x *exchange) protocol() string {
	proto := "http"
	if x.from.TLS {
		proto = "https"
	}
	if v := x.requestHeader("x-forwarded-proto"); v != nil && x.trusts() {
		first, _, _ := strings.Cut(v.String(), ",")
		return strings.TrimSpace(first)
	}
	return proto
}

func (x *exchange) ip() string {
	if v := x.requestHeader("x-forwarded-for"); v != nil && x.trusts() {
		first, _, _ := strings.Cut(v.String(), ",")
		return strings.TrimSpace(first)
	}
	return "127.0.0.1"
}

// hostname returns the host that the request names, with or without its port.
func (x *exchange) hostname(withoutPort bool) goja.Value {
	v := x.requestHeader("x-forwarded-host")
	if v == nil || !x.trusts() {
		v = x.requestHeader("host")
	}
	if v == nil || v.String() == "" {
		return goja.Undefined()
	}
	host, _, _ := strings.Cut(v.String(), ",")
	host = strings.TrimSpace(host)
	if i := strings.LastIndexByte(host, ':'); withoutPort && i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return x.m.vm.ToValue(host)
}

func (x *exchange) subdomains() goja.Value {
	v := x.hostname(true)
	if goja.IsUndefined(v) || isIP(v.String()) {
		return x.m.vm.NewArray()
	}
	parts := strings.Split(v.String(), ".")
	var out []any
	for i := len(parts) - 3; i >= 0; i-- {
		out = append(out, parts[i])
	}
	return x.m.vm.NewArray(out...)
}

func (x *exchange) expressGet(c goja.FunctionCall) goja.Value {
	if !c.Argument(0).ToBoolean() {
		panic(x.m.vm.NewTypeError("name argument is required to req.get"))
	}
	name := fetch.ByteLowercase(c.Argument(0).String())
	if name == "referer" || name == "referrer" {
		for _, n := range []string{"referrer", "referer"} {
			if v := x.requestHeader(n); v != nil && v.ToBoolean() {
				return v
			}
		}
	}
	return orUndefined(x.requestHeader(name))
}

// hasBody reports whether the request has a body.
func (x *exchange) hasBody() bool {
	if x.requestHeader("transfer-encoding") != nil {
		return true
	}
	v := x.requestHeader("content-length")
	return v != nil && isDigits(v.String())
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func (x *exchange) expressIs(c goja.FunctionCall) goja.Value {
	if !x.hasBody() {
		return goja.Null()
	}
	for _, t := range x.m.flatten(c.Arguments) {
		if typeIs(x.mediaType(), t.String()) {
			return t
		}
	}
	return x.m.vm.ToValue(false)
}

// mediaType returns the media type of the request's body, in lower case and without
// parameters.
func (x *exchange) mediaType() string {
	v := x.requestHeader("content-type")
	if v == nil {
		return ""
	}
	t, _, _ := strings.Cut(v.String(), ";")
	return fetch.ByteLowercase(strings.TrimSpace(t))
}

// typeIs reports whether a media type fits a type as package type-is writes it.
func typeIs(actual, want string) bool {
	switch want {
	case "urlencoded":
		want = "application/x-www-form-urlencoded"
	case "multipart":
		want = "multipart/*"
	}
	if strings.HasPrefix(want, "+") {
		want = "*/*" + want
	}
	if !strings.Contains(want, "/") {
		t, ok := types[want]
		if !ok {
			return false
		}
		want = t
	}
	a, b, ok1 := strings.Cut(actual, "/")
	c, d, ok2 := strings.Cut(fetch.ByteLowercase(want), "/")
	if !ok1 || !ok2 || c != "*" && a != c {
		return false
	}
	if suffix, ok := strings.CutPrefix(d, "*+"); ok {
		return strings.HasSuffix(b, "+"+suffix)
	}
	return d == "*" || b == d
}

func (x *exchange) expressAccepts(c goja.FunctionCall) goja.Value {
	var kinds []string
	for _, k := range x.m.flatten(c.Arguments) {
		kinds = append(kinds, k.String())
	}
	if best := x.accepted(kinds); best != "" {
		return x.m.vm.ToValue(best)
	}
	return x.m.vm.ToValue(false)
}

// expressParam is req.param(name) of Express 4.
func (x *exchange) expressParam(c goja.FunctionCall) goja.Value {
	for _, place := range []string{"params", "body", "query"} {
		if o, ok := x.req.Get(place).(*goja.Object); ok {
			if v := o.Get(c.Argument(0).String()); v != nil && !goja.IsUndefined(v) {
				return v
			}
		}
	}
	return c.Argument(1)
}
