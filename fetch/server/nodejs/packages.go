package nodejs

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// otherPackages are packages that need no file of their own.
var otherPackages = map[string]builder{}

// passMiddleware makes a package whose middleware does nothing that is compared.
func passMiddleware(m *machine) goja.Value {
	pass := func(x *exchange, next func(goja.Value)) { next(nil) }
	f := m.vm.ToValue(func(goja.FunctionCall) goja.Value { return m.middleware("middleware", pass) }).(*goja.Object)
	for _, name := range []string{"token", "format", "compile"} {
		_ = f.Set(name, func(c goja.FunctionCall) goja.Value { return f })
	}
	return f
}

// buildCookieParser makes package cookie-parser.
func buildCookieParser(m *machine) goja.Value {
	return m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		return m.middleware("cookieParser", func(x *exchange, next func(goja.Value)) {
			cookies := m.vm.CreateObject(nil)
			if v := x.requestHeader("cookie"); v != nil {
				for part := range strings.SplitSeq(v.String(), ";") {
					if name, value, ok := strings.Cut(strings.TrimSpace(part), "="); ok && cookies.Get(name) == nil {
						_ = cookies.Set(name, strings.Trim(value, `"`))
					}
				}
			}
			_ = x.req.Set("cookies", cookies)
			_ = x.req.Set("signedCookies", m.vm.CreateObject(nil))
			_ = x.req.Set("secret", c.Argument(0))
			next(nil)
		})
	})
}

// buildAsyncHandler makes package express-async-handler.
func buildAsyncHandler(m *machine) goja.Value {
	v, err := m.vm.RunString(`(f) => function asyncUtilWrap(...args) {
	const next = args[args.length - 1];
	return Promise.resolve(f(...args)).catch(next);
}`)
	m.rethrow(err)
	wrap, _ := goja.AssertFunction(v)
	out := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if m.unknownObject(c.Argument(0)) != nil {
			return c.Argument(0)
		}
		f := m.native(wrap, c.Argument(0)).(*goja.Object)
		m.named(f, "asyncUtilWrap", int(c.Argument(0).ToObject(m.vm).Get("length").ToInteger()))
		return f
	}).(*goja.Object)
	_ = out.Set("default", out)
	return out
}

// buildAsyncErrors makes package express-async-errors: Express 4 then gives the
// errors of promises to the next layer.
func buildAsyncErrors(m *machine) goja.Value {
	m.found.asyncErrors = true
	return m.vm.NewObject()
}

// buildHTTPErrors makes package http-errors.
func buildHTTPErrors(m *machine) goja.Value {
	v, err := m.vm.RunString(`(texts) => {
	function make(...args) {
		let status = 500, message, props = {}, err;
		for (const a of args) {
			if (a instanceof Error) { err = a; status = a.statusCode || a.status || status; }
			else if (typeof a === 'number') status = a;
			else if (typeof a === 'string') message = a;
			else if (a) props = a;
		}
		if (!err) err = new Error(message || texts[status]);
		if (!err.status || err.status !== status) { err.expose = status < 500; err.status = err.statusCode = status; }
		return Object.assign(err, props);
	}
	make.HttpError = Error;
	make.isHttpError = e => e instanceof Error && typeof e.statusCode === 'number';
	for (const s of Object.keys(texts)) {
		const name = texts[s].replace(/[^A-Za-z]/g, '');
		const c = function (message) { return make(Number(s), message || texts[s]); };
		make[s] = make[name] = c;
	}
	return make;
}`)
	m.rethrow(err)
	f, _ := goja.AssertFunction(v)
	texts := m.vm.NewObject()
	for code, text := range statusTexts {
		if code >= 400 {
			_ = texts.Set(strconv.Itoa(code), text)
		}
	}
	return m.native(f, texts)
}

// buildCompression makes package compression: it adds Accept-Encoding to Vary.
func buildCompression(m *machine) goja.Value {
	f := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		var filter goja.Callable
		if o, ok := c.Argument(0).(*goja.Object); ok && m.unknown.byValue[o] == nil {
			filter, _ = goja.AssertFunction(orUndefined(o.Get("filter")))
		}
		return m.middleware("compression", func(x *exchange, next func(goja.Value)) {
			x.onHeaders = append(x.onHeaders, func() {
				if !x.compresses(filter) {
					return
				}
				if v := x.get("cache-control"); len(v) > 0 && strings.Contains(v[0], "no-transform") {
					return
				}
				x.vary("Accept-Encoding")
			})
			next(nil)
		})
	}).(*goja.Object)
	_ = f.Set("filter", func(goja.FunctionCall) goja.Value { return m.vm.ToValue(m.current != nil && m.current.compresses(nil)) })
	return f
}

// compresses reports whether compression looks at an answer.
func (x *exchange) compresses(filter goja.Callable) bool {
	if filter != nil {
		return x.m.truth(x.m.native(filter, x.req, x.res))
	}
	v := x.get("content-type")
	return len(v) > 0 && compressible(v[0])
}

// compressible reports whether a media type is one that compression compresses.
func compressible(t string) bool {
	t, _, _ = strings.Cut(fetch.ByteLowercase(t), ";")
	t = strings.TrimSpace(t)
	if strings.HasPrefix(t, "text/") || strings.HasSuffix(t, "+json") || strings.HasSuffix(t, "+xml") || strings.HasSuffix(t, "+text") {
		return true
	}
	switch t {
	case "application/json", "application/javascript", "application/xml", "application/wasm", "application/x-www-form-urlencoded",
		"application/manifest+json", "image/x-icon", "image/bmp", "font/ttf", "font/otf", "application/vnd.ms-fontobject", "application/x-javascript":
		return true
	}
	return false
}
