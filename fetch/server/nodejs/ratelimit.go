package nodejs

import (
	"time"

	"github.com/dop251/goja"
)

// rateLimit is one call of package express-rate-limit.
type rateLimit struct {
	m       *machine
	options *goja.Object
	limit   int64
	window  time.Duration
	hits    map[string]*hits
}

// hits counts the requests of a client.
type hits struct {
	n     int64
	until time.Time
}

// buildRateLimit makes package express-rate-limit.
func buildRateLimit(m *machine) goja.Value {
	f := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		l := &rateLimit{m: m, limit: 5, window: time.Minute, hits: make(map[string]*hits)}
		l.options, _ = c.Argument(0).(*goja.Object)
		if l.options == nil {
			l.options = m.vm.NewObject()
		}
		for _, name := range []string{"max", "limit"} {
			if v := l.options.Get(name); v != nil && goja.IsNumber(v) {
				l.limit = v.ToInteger()
			}
		}
		if v := l.options.Get("windowMs"); v != nil && goja.IsNumber(v) {
			l.window = time.Duration(v.ToInteger()) * time.Millisecond
		}
		return m.middleware("rateLimit", l.serve)
	}).(*goja.Object)
	_ = f.Set("rateLimit", f)
	_ = f.Set("default", f)
	_ = f.Set("ipKeyGenerator", func(c goja.FunctionCall) goja.Value { return c.Argument(0) })
	return f
}

// function returns an option that is a function.
func (l *rateLimit) function(name string) goja.Callable {
	f, _ := goja.AssertFunction(orUndefined(l.options.Get(name)))
	return f
}

// serve is the middleware.
func (l *rateLimit) serve(x *exchange, next func(err goja.Value)) {
	m := l.m
	m.later(task{do: func() {
		if skip := l.function("skip"); skip != nil && m.truth(m.native(skip, x.req, x.res)) {
			next(nil)
			return
		}
		key := x.ip()
		if f := l.function("keyGenerator"); f != nil {
			key = m.native(f, x.req, x.res).String()
		}
		h := l.hits[key]
		if h == nil || !m.now.Before(h.until) {
			h = &hits{until: m.now.Add(l.window)}
			l.hits[key] = h
		}
		if !m.repeated {
			h.n++
		}
		for _, name := range []string{"max", "limit"} {
			if v := l.options.Get(name); v != nil && (m.unknownOf(v) != nil || isFunction(v)) {
				l.unknownLimit(x, v, next)
				return
			}
		}
		if h.n > l.limit {
			l.refuse(x, next)
			return
		}
		next(nil)
	}})
}

// unknownLimit is what happens when the limit is not known.
func (l *rateLimit) unknownLimit(x *exchange, v goja.Value, next func(err goja.Value)) {
	u := l.m.unknownOf(v)
	if u == nil {
		u = l.m.newUnknown("the limit of express-rate-limit", &source{module: "express-rate-limit"}, "write it as a number")
	}
	x.unsure = u
	if l.m.decide(u, "is reached", false) {
		l.refuse(x, next)
		return
	}
	next(nil)
}

// refuse answers a client with too many requests.
func (l *rateLimit) refuse(x *exchange, next func(err goja.Value)) {
	m := l.m
	if f := l.function("handler"); f != nil {
		_, err := f(goja.Undefined(), x.req, x.res, m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
			next(c.Argument(0))
			return goja.Undefined()
		}), l.options)
		m.rethrow(err)
		return
	}
	status := goja.Value(m.vm.ToValue(429))
	if v := l.options.Get("statusCode"); v != nil {
		status = v
	}
	_ = x.res.Set("statusCode", status)
	message := goja.Value(m.vm.ToValue("Too many requests, please try again later."))
	if v := l.options.Get("message"); v != nil {
		message = v
		if f, ok := goja.AssertFunction(v); ok {
			message = m.native(f, x.req, x.res)
		}
	}
	m.callMethod(x.res, "send", message)
}
