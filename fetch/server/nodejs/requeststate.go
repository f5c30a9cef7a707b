package nodejs

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// requestState is what a request object says and most programs do not ask for. It is
// kept here, and the prototype of requests has accessors for it, because a property
// of its own for each costs more than the rest of an answer.
type requestState struct {
	method, url, originalURL, baseURL goja.Value
	params, next, route, body         goja.Value
	headers, query, locals            goja.Value
	queryOf                           string // the target whose query Express 4 reads
}

// requestFields are the properties of requests that an exchange holds.
var requestFields = map[string]func(s *requestState) *goja.Value{
	"method": func(s *requestState) *goja.Value { return &s.method }, "url": func(s *requestState) *goja.Value { return &s.url },
	"originalUrl": func(s *requestState) *goja.Value { return &s.originalURL }, "baseUrl": func(s *requestState) *goja.Value { return &s.baseURL },
	"next":  func(s *requestState) *goja.Value { return &s.next },
	"route": func(s *requestState) *goja.Value { return &s.route }, "body": func(s *requestState) *goja.Value { return &s.body },
}

// installState sets the accessors of the prototypes of requests and responses.
func (m *machine) installState(request, response *goja.Object) {
	for name, field := range requestFields {
		m.state(request, name, func(x *exchange) goja.Value { return *field(&x.state) }, func(x *exchange, v goja.Value) { *field(&x.state) = v })
	}
	m.state(request, "headers", func(x *exchange) goja.Value { return x.headers() }, func(x *exchange, v goja.Value) { x.state.headers = v })
	m.state(request, "params", func(x *exchange) goja.Value {
		if x.state.originalURL == nil && x.state.params == nil {
			return nil
		}
		return x.params()
	}, func(x *exchange, v goja.Value) { x.state.params = v })
	m.state(request, "res", func(x *exchange) goja.Value { return x.res }, nil)
	m.state(response, "req", func(x *exchange) goja.Value { return x.req }, nil)
}

// state sets an accessor that works on the present exchange. Without set, a program
// that sets the property gives the object one of its own.
func (m *machine) state(o *goja.Object, name string, get func(x *exchange) goja.Value, set func(x *exchange, v goja.Value)) {
	getter := m.vm.ToValue(func(goja.FunctionCall) goja.Value {
		if m.current == nil {
			return goja.Undefined()
		}
		return orUndefined(get(m.current))
	})
	setter := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if x := m.current; x != nil && set != nil && c.This == goja.Value(x.req) {
			set(x, c.Argument(0))
			return goja.Undefined()
		}
		if this, ok := c.This.(*goja.Object); ok {
			_ = this.DefineDataProperty(name, c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
		return goja.Undefined()
	})
	_ = o.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// headers returns req.headers, made when it is first read.
func (x *exchange) headers() *goja.Object {
	if x.state.headers == nil {
		x.state.headers = x.m.requestHeaders(x.from.Header)
	}
	return x.state.headers.ToObject(x.m.vm)
}

// requestHeader returns a header of the request as the program sees it, or nil. The
// name is in lower case.
func (x *exchange) requestHeader(lower string) goja.Value {
	if x.state.headers != nil {
		return x.headers().Get(lower)
	}
	found := -1
	for i := range x.from.Header {
		if name := x.from.Header[i].Name; len(name) == len(lower) && fetch.ByteLowercase(name) == lower {
			if found >= 0 {
				return x.headers().Get(lower)
			}
			found = i
		}
	}
	if found < 0 {
		return nil
	}
	return x.m.vm.ToValue(latin1(x.from.Header[found].Value))
}

// params returns req.params of a router, made when it is first read.
func (x *exchange) params() *goja.Object {
	if x.state.params == nil {
		x.state.params = x.m.vm.NewObject()
	}
	return x.state.params.ToObject(x.m.vm)
}

// verb returns req.method as text; it may be another method than that of the request.
func (x *exchange) verb() string { return orUndefined(x.state.method).String() }

// url returns req.url as text.
func (x *exchange) url() string { return orUndefined(x.state.url).String() }

// setURL sets req.url.
func (x *exchange) setURL(s string) { x.state.url = x.m.vm.ToValue(s) }

// callback returns a function of the program that calls f. The functions are used
// again for the next request.
func (m *machine) callback(f func(c goja.FunctionCall) goja.Value) goja.Value {
	if m.lent == len(m.callbacks) {
		c := &callback{}
		c.value = m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			if c.call == nil {
				return goja.Undefined()
			}
			return c.call(call)
		})
		m.callbacks = append(m.callbacks, c)
	}
	c := m.callbacks[m.lent]
	m.lent++
	c.call = f
	return c.value
}

// callback is a function that the machine lends to a program for one request.
type callback struct {
	value goja.Value
	call  func(c goja.FunctionCall) goja.Value
	next  bool // it is the function next of a handler
}

// endCallbacks takes back the functions of the last request.
func (m *machine) endCallbacks() {
	for _, c := range m.callbacks[:m.lent] {
		c.call, c.next = nil, false
	}
	m.lent = 0
}

// nextCallback returns a function next for handlers: step gets its argument.
func (m *machine) nextCallback(step func(err goja.Value)) goja.Value {
	v := m.callback(func(c goja.FunctionCall) goja.Value {
		step(c.Argument(0))
		return goja.Undefined()
	})
	m.callbacks[m.lent-1].next = true
	return v
}

// isNext reports whether a value is a function next of the present request.
func (m *machine) isNext(v goja.Value) bool {
	return slices.ContainsFunc(m.callbacks[:m.lent], func(c *callback) bool { return c.next && c.value == v })
}

// afterQuery returns the part of a target after the question mark.
func afterQuery(target string) string {
	_, query, _ := strings.Cut(target, "?")
	query, _, _ = strings.Cut(query, "#")
	return query
}
