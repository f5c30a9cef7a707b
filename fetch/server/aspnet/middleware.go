package aspnet

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// This file runs middleware that the program defines: app.Use(async (context, next) => …),
// app.Run(…), and classes with the method Invoke or InvokeAsync.

// httpContext, httpRequest and httpResponse are what middleware gets of a request.
type (
	httpContext  struct{ x *exchange }
	httpRequest  struct{ x *exchange }
	httpResponse struct{ x *exchange }
)

// headers are those of the request, or of the response.
type headers struct {
	x    *exchange
	list *fetch.HeaderList
}

// httpMember is a member of what middleware gets.
func (m *machine) httpMember(at pos, in value, name string) value {
	switch in := in.(type) {
	case *httpContext:
		switch name {
		case "Request":
			return &httpRequest{in.x}
		case "Response":
			return &httpResponse{in.x}
		}
	case *httpRequest:
		return m.requestMember(at, in.x, name)
	case *httpResponse:
		switch name {
		case "Headers":
			return &headers{in.x, &in.x.out.Header}
		case "StatusCode":
			return float64(in.x.out.Status)
		case "HasStarted":
			return m.unknown(at, "whether the response has started", "")
		}
	case *headers:
		return in.read(m, at, headerName(name))
	}
	return m.unknown(at, "the value of "+name, "")
}

func (m *machine) requestMember(at pos, x *exchange, name string) value {
	switch name {
	case "Method":
		return x.req.Method
	case "Path":
		return x.path()
	case "Headers":
		return &headers{x, &x.req.Header}
	case "Host":
		host, _ := x.req.Header.Get("Host")
		return host
	case "IsHttps":
		return x.req.TLS
	case "Scheme":
		if x.req.TLS {
			return "https"
		}
		return "http"
	}
	return m.unknown(at, "the value of Request."+name, "")
}

// headerName returns the header of a property of IHeaderDictionary, such as
// AccessControlAllowOrigin.
func headerName(property string) string {
	var b strings.Builder
	for i, c := range property {
		if i > 0 && 'A' <= c && c <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// read returns a header; one that is missing is empty.
func (h *headers) read(m *machine, at pos, name string) value {
	v, _ := h.list.Get(name)
	return v
}

// write sets a header of the response.
func (h *headers) write(m *machine, at pos, name string, v value) {
	h.change(m, at, name, v, func(text string) {
		if text == "" {
			h.list.Delete(name)
			return
		}
		h.list.Set(name, text)
	})
}

// change changes a header that decides about CORS. Other headers are not followed.
func (h *headers) change(m *machine, at pos, name string, v value, f func(text string)) {
	lower := fetch.ByteLowercase(name)
	if !strings.HasPrefix(lower, "access-control-") && lower != "vary" {
		return
	}
	if h.x.started {
		panic(stops{m.unknownError(at, "whether the response is on its way already when "+name+" is set", "set it before the next middleware is called")})
	}
	list, u := m.texts(at, v)
	if u != nil {
		panic(stops{u.err})
	}
	h.x.decide(at, "the middleware sets "+name)
	f(strings.Join(list, ","))
}

// method is a method of the headers.
func (h *headers) method(m *machine, at pos, name string, args []value) value {
	if len(args) == 0 {
		return m.unknown(at, "the value of Headers."+name, "")
	}
	if u, ok := args[0].(*unknown); ok {
		panic(stops{u.err})
	}
	header := text(args[0])
	has := h.list.Contains(header)
	switch {
	case name == "ContainsKey":
		return has
	case name == "Remove":
		h.list.Delete(header)
		return has
	case len(args) < 2 || name == "TryGetValue":
	case name == "Append":
		h.change(m, at, header, args[1], func(v string) { *h.list = append(*h.list, fetch.Header{Name: header, Value: v}) })
		return nil
	case name == "TryAdd" && has:
		return false
	case name == "Add" && has:
		m.throw(at, "An item with the same key has already been added. Key: "+header)
	case name == "Add", name == "TryAdd":
		h.write(m, at, header, args[1])
		return true
	}
	return m.unknown(at, "the value of Headers."+name, "")
}

// set sets a property of the response.
func (r *httpResponse) set(m *machine, at pos, name string, v value) {
	if name != "StatusCode" {
		return
	}
	r.x.out.Status, r.x.out.StatusUnknown = 200, nil
	if n, ok := v.(float64); ok {
		r.x.out.Status = int(n)
		return
	}
	r.x.out.StatusUnknown = m.unknownError(at, "the status that the middleware sets", "")
}

// httpMethod is a method of what middleware gets.
func (m *machine) httpMethod(at pos, in value, name string, args []value) value {
	switch in := in.(type) {
	case *headers:
		return in.method(m, at, name, args)
	case *httpResponse:
		switch name {
		case "WriteAsync", "WriteAsJsonAsync", "CompleteAsync", "StartAsync", "SendFileAsync":
			in.x.started = true
			return nil
		case "OnStarting":
			in.x.onStarting(func() { m.apply(at, first(args), nil) })
			return nil
		case "Redirect":
			in.x.out.Status = 302
			return nil
		}
	case *httpRequest, *httpContext:
	}
	return m.unknown(at, "the value of "+name+"()", "")
}

func first(args []value) value {
	if len(args) == 0 {
		return nil
	}
	return args[0]
}

// ownMiddleware is middleware of the program.
type ownMiddleware struct {
	at  pos
	run func(m *machine, x *exchange, next func())
}

// inlineMiddleware is app.Use(f) and, if last is true, app.Run(f).
func (m *machine) inlineMiddleware(at pos, f value, last bool) *ownMiddleware {
	return &ownMiddleware{at, func(m *machine, x *exchange, next func()) {
		args := []value{&httpContext{x}}
		if !last {
			args = append(args, nextOf(x, next))
		}
		l, ok := f.(*lambda)
		if ok && !last && len(l.fn.Params) == 1 { // app.Use(next => async context => …)
			f, args = m.apply(at, f, []value{nextOf(x, next)}), args[:1]
		}
		m.apply(at, f, args)
	}}
}

// nextOf is the rest of the pipeline as a value: next() and next(context).
func nextOf(x *exchange, next func()) value {
	return &native{func([]value) value {
		next()
		x.started = true
		return nil
	}}
}

// classMiddleware is app.UseMiddleware<T>(); nil when the class has no method Invoke.
func (m *machine) classMiddleware(at pos, c *class) *ownMiddleware {
	for _, st := range c.node.Body {
		fn, ok := st.(*syntax.Func)
		if !ok || fn.Name != "Invoke" && fn.Name != "InvokeAsync" {
			continue
		}
		return &ownMiddleware{at, func(m *machine, x *exchange, next func()) {
			m.invoke(c, fn, x, nextOf(x, next))
		}}
	}
	return nil
}

// invoke runs the method of a class. Its field of the type RequestDelegate is the rest of
// the pipeline.
func (m *machine) invoke(c *class, fn *syntax.Func, x *exchange, next value) {
	fields := newScope(c.file)
	fields.Own["next"] = next
	for _, st := range c.node.Body {
		if a, ok := st.(*syntax.Assign); ok && strings.HasSuffix(a.Type, "RequestDelegate") {
			if n, ok := a.Targets[0].(*syntax.Name); ok {
				fields.Own[n.Text] = next
			}
		}
	}
	s := fields.inside()
	for _, p := range fn.Params {
		switch {
		case strings.HasSuffix(p.Type, "HttpContext"):
			s.Own[p.Name] = &httpContext{x}
		case strings.HasSuffix(p.Type, "RequestDelegate"):
			s.Own[p.Name] = next
		default:
			s.Own[p.Name] = m.unknown(pos{File: c.file, Offset: p.Offset()}, "the value of "+p.Name, "")
		}
	}
	m.returned(func() { m.body(s, fn.Body) })
}

// custom returns the middleware of UseMiddleware. If its class is not given, what it does
// is not known.
func (m *machine) custom(at pos, name string) *ownMiddleware {
	c := m.classes[name[strings.LastIndexByte(name, '.')+1:]]
	if c != nil {
		if out := m.classMiddleware(at, c); out != nil {
			return out
		}
	}
	u := m.unknownError(at, "what the middleware "+name+" does", "give the file that defines it with --file")
	return &ownMiddleware{at, func(*machine, *exchange, func()) { panic(stops{u}) }}
}
