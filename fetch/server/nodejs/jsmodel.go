package nodejs

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"

	"github.com/corsim/corsim/fetch/server"
)

// This file runs the models that are written in JavaScript: a file of the folder js
// is a function that gets helpers and returns packages by their names. It is
// instrumented as a program is, so that its conditions about unknown values are
// decided in the same way.

//go:embed js/*.js
var modelTexts embed.FS

// The programs of the models, compiled when they are first needed.
var (
	webModel     = modelProgram("web")
	koaModel     = modelProgram("koa")
	honoModel    = modelProgram("hono")
	fastifyModel = modelProgram("fastify")
	proxyModel   = modelProgram("proxy")
	nestModel    = modelProgram("nest")
	authModel    = modelProgram("auth")
	passport     = modelProgram("passport")
	middle       = modelProgram("middleware")
)

// modelProgram returns a function that returns the program of a model.
func modelProgram(name string) func() *goja.Program {
	return sync.OnceValue(func() *goja.Program {
		text, err := modelTexts.ReadFile("js/" + name + ".js")
		if err != nil {
			panic(err)
		}
		tree, err := parser.ParseFile(nil, "<"+name+">", string(text), 0)
		if err != nil {
			panic(err)
		}
		instrument(tree, nil)
		p, err := goja.CompileAST(tree, true)
		if err != nil {
			panic(err)
		}
		return p
	})
}

// frameworkModel returns the program of the model that has a package, or nil.
func frameworkModel(name string) func() *goja.Program {
	switch name {
	case "koa", "@koa/cors", "@koa/router", "koa-router", "koa-compose", "koa-bodyparser", "@koa/bodyparser", "koa-body", "koa-mount", "koa-static":
		return koaModel
	case "fastify", "fastify-plugin", "@fastify/cors", "@fastify/sensible":
		return fastifyModel
	case "@nestjs/core", "@nestjs/common", "@nestjs/config", "@nestjs/swagger", "@nestjs/platform-express", "@nestjs/platform-fastify", "@nestjs/mapped-types", "class-validator", "class-transformer":
		return nestModel
	case "vite", "vitest/config", "http-proxy-middleware", "http-proxy":
		return proxyModel
	case "hono", "@hono/node-server", "@hono/node-server/serve-static":
		return honoModel
	case "next/server", "@next/bundle-analyzer", "@next/mdx", "next-pwa", "@ducanh2912/next-pwa", "next-intl/plugin", "@serwist/next", "@sentry/nextjs":
		return nextModel
	}
	if platformPackages[name] || denoServer.MatchString(name) {
		return platformModel
	}
	if p := middlewareModel(name); p != nil {
		return p
	}
	if part, ok := strings.CutPrefix(name, "hono/"); ok && honoParts[part] {
		return honoModel
	}
	return nil
}

// honoParts are the folders of package hono that are modelled.
var honoParts = map[string]bool{
	"tiny": true, "quick": true, "cors": true, "factory": true, "http-exception": true, "vercel": true, "logger": true, "secure-headers": true,
	"pretty-json": true, "request-id": true, "timing": true, "etag": true, "adapter": true, "cookie": true, "bearer-auth": true, "basic-auth": true,
	"body-limit": true, "powered-by": true, "jwt": true, "csrf": true, "context-storage": true, "language": true, "trailing-slash": true, "compress": true, "poweredby": true, "timeout": true,
}

// fromModel returns one package of a model.
func (m *machine) fromModel(program func() *goja.Program, name string) goja.Value {
	packages := m.runModel(program)
	v := packages.Get(denoServer.ReplaceAllString(name, "https://deno.land/std/http/server.ts"))
	if v == nil {
		return m.newUnknown("require('"+name+"')", &source{module: name}, "package "+name+" is not modelled").object
	}
	m.found.used = append(m.found.used, name)
	return v
}

// runModel runs a model once for the machine, and returns its packages.
func (m *machine) runModel(program func() *goja.Program) *goja.Object {
	return m.runWith(program(), m.helpers(), m.web())
}

// web returns the classes of the Fetch Standard.
func (m *machine) web() *goja.Object { return m.runWith(webModel(), m.helpers()) }

func (m *machine) runWith(p *goja.Program, args ...goja.Value) *goja.Object {
	if o := m.found.models[p]; o != nil {
		return o
	}
	v, err := m.vm.RunProgram(p)
	m.rethrow(err)
	start, _ := goja.AssertFunction(v)
	v, err = start(goja.Undefined(), args...)
	m.rethrow(err)
	o := v.(*goja.Object)
	m.found.models[p] = o
	return o
}

// installWeb sets the classes of the Fetch Standard as globals, made when they are
// first used.
func (m *machine) installWeb() {
	for _, name := range []string{"Headers", "Request", "Response"} {
		get := m.vm.ToValue(func(goja.FunctionCall) goja.Value {
			v := m.web().Get(name)
			m.hidden(name, v)
			return v
		})
		set := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
			m.hidden(name, c.Argument(0))
			return goja.Undefined()
		})
		_ = m.vm.GlobalObject().DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}

// helpers returns what models in JavaScript use of the machine.
func (m *machine) helpers() *goja.Object {
	if m.found.helpers != nil {
		return m.found.helpers
	}
	o := m.vm.NewObject()
	m.found.helpers = o
	for name, f := range map[string]func(goja.FunctionCall) goja.Value{
		"isUnknown": func(c goja.FunctionCall) goja.Value { return m.vm.ToValue(m.unknownObject(c.Argument(0)) != nil) },
		"require":   func(c goja.FunctionCall) goja.Value { return m.require(c.Argument(0).String(), ".") },
		"body":      func(goja.FunctionCall) goja.Value { return m.helpBody() },
		"stops":     m.helpStops, "serves": m.helpServes, "fail": m.helpFail, "unsure": m.helpUnsure, "answered": m.helpAnswered, "moduleOf": m.helpModuleOf, "pathOf": m.helpPathOf, "says": m.helpSays, "failAbout": m.helpFailAbout,
		"by": m.helpBy, "here": m.helpHere, "place": m.helpPlace, "stands": m.helpStands,
		"policy": m.helpPolicy, "set": m.helpSet, "route": m.helpRoute, "server": m.helpServer, "pattern": m.helpPattern,
		"maybe": m.helpMaybe, "refuse": m.helpRefuse, "version": m.helpVersion, "unknown": m.helpUnknown, "note": m.helpNote,
		"hasNodeServer": func(goja.FunctionCall) goja.Value {
			return m.vm.ToValue(slices.Contains(m.found.used, "@hono/node-server"))
		},
		"attach": m.helpAttach, "isServer": m.helpIsServer, "platform": m.helpPlatform,
		"quiet": m.helpQuiet, "guard": m.helpGuard, "onHeaders": m.helpOnHeaders,
	} {
		_ = o.Set(name, f)
	}
	for _, more := range []map[string]func(goja.FunctionCall) goja.Value{m.devHelpers(), m.nextHelpers()} {
		for name, f := range more {
			_ = o.Set(name, f)
		}
	}
	status := m.vm.NewObject()
	for code, text := range statusTexts {
		_ = status.Set(m.vm.ToValue(code).String(), text)
	}
	_ = o.Set("statuses", status)
	_ = o.Set("methods", methodNames)
	_ = o.Set("emitter", m.protos.emitter)
	return o
}

// helpBody returns the body of the request as text.
func (m *machine) helpBody() goja.Value {
	if m.current == nil {
		return m.vm.ToValue("")
	}
	m.current.bodyRead = true
	return m.vm.ToValue(decodeUTF8(m.current.from.Body))
}

// helpStops reports whether the exchange ended, so that a model does nothing more.
func (m *machine) helpStops(goja.FunctionCall) goja.Value {
	return m.vm.ToValue(m.current == nil || m.current.failed != nil || m.current.ended)
}

// helpServes says what an unknown function does as a middleware or a handler:
// "next" goes on, "answer" answers, and "stop" means that the answer is not known.
func (m *machine) helpServes(c goja.FunctionCall) goja.Value {
	u, x := m.unknownObject(c.Argument(0)), m.current
	switch {
	case u == nil || quietMiddleware[u.from.module] || quietFramework[u.from.module]:
		return m.vm.ToValue("next")
	case x == nil || saysCORS(u) || !x.passed:
		m.fail(u)
		return m.vm.ToValue("stop")
	}
	x.unsure = u
	if m.decide(u, "answers", true) {
		return m.vm.ToValue("answer")
	}
	return m.vm.ToValue("next")
}

// helpAnswered reports whether the answer's headers are known although an unknown
// value stands for the answer.
func (m *machine) helpAnswered(c goja.FunctionCall) goja.Value {
	u, x := m.unknownOf(c.Argument(0)), m.current
	if u == nil || x == nil || x.failed != nil {
		return m.vm.ToValue(false)
	}
	if saysCORS(u) || !x.passed {
		m.fail(u)
		return m.vm.ToValue(false)
	}
	x.unsure = u
	return m.vm.ToValue(true)
}

// helpMaybe decides whether an unknown value has a property that a text names.
func (m *machine) helpMaybe(c goja.FunctionCall) goja.Value {
	u := m.unknownObject(c.Argument(0))
	if u == nil {
		return m.vm.ToValue(false)
	}
	return m.vm.ToValue(m.decide(u, c.Argument(1).String(), c.Argument(2).ToBoolean()))
}

// fail makes the answer one that is not known.
func (m *machine) fail(u *unknown) {
	if x := m.current; x != nil && x.failed == nil {
		x.failed = u.errAbout()
		x.ended, x.sent = true, true
	}
}

func (m *machine) helpFail(c goja.FunctionCall) goja.Value {
	if u := m.unknownOf(c.Argument(0)); u != nil && m.current != nil {
		if x := m.current; x.failed == nil {
			x.failed = u.err()
			x.ended, x.sent = true, true
		}
	}
	return goja.Undefined()
}

// helpUnsure makes the status unknown because of a value.
func (m *machine) helpUnsure(c goja.FunctionCall) goja.Value {
	if u := m.unknownOf(c.Argument(0)); u != nil && m.current != nil {
		m.current.unsure = u
	}
	return goja.Undefined()
}

// helpStands says that objects stand for the answer, and how something unknown that
// gets one of them answers.
func (m *machine) helpStands(c goja.FunctionCall) goja.Value {
	x := m.current
	if x == nil {
		return goja.Undefined()
	}
	x.answerForeign, _ = goja.AssertFunction(c.Argument(0))
	x.stands = append(x.stands, c.Arguments[1:]...)
	return goja.Undefined()
}

// helpPolicy records a policy; its options have the names of package cors.
func (m *machine) helpPolicy(c goja.FunctionCall) goja.Value {
	p := &corsPolicy{m: m, at: m.position()}
	if n := m.found.place; p.at.Line == 0 && n > 0 {
		p.at = m.found.places[n-1]
	}
	if u := m.unknownObject(c.Argument(0)); u != nil {
		p.unknown = u
	} else {
		p.options, _ = c.Argument(0).(*goja.Object)
	}
	m.found.policies = append(m.found.policies, p)
	return m.vm.ToValue(len(m.found.policies) - 1)
}

// helpNote says that a policy sees the request: (policy, header, text).
func (m *machine) helpNote(c goja.FunctionCall) goja.Value {
	i := int(c.Argument(0).ToInteger())
	if x := m.current; x != nil && i < len(m.found.policies) {
		x.passed = true
		if len(c.Arguments) > 2 {
			x.decide(m.found.policies[i].at, c.Argument(1).String(), c.Argument(2).String())
		}
	}
	return goja.Undefined()
}

// helpModuleOf returns the package that an unknown value comes from; "" for a file.
func (m *machine) helpModuleOf(c goja.FunctionCall) goja.Value {
	if u := m.unknownObject(c.Argument(0)); u != nil && !u.from.local {
		return m.vm.ToValue(u.from.module)
	}
	return m.vm.ToValue("")
}

// helpPathOf returns how the program reached an unknown value.
func (m *machine) helpPathOf(c goja.FunctionCall) goja.Value {
	if u := m.unknownObject(c.Argument(0)); u != nil {
		return m.vm.ToValue(u.path)
	}
	return m.vm.ToValue("")
}

// helpSays reports whether the name of an unknown value says that it is about CORS.
func (m *machine) helpSays(c goja.FunctionCall) goja.Value {
	u := m.unknownObject(c.Argument(0))
	return m.vm.ToValue(u != nil && saysCORS(u))
}

// helpFailAbout makes the answer unknown because of what an unknown value does.
func (m *machine) helpFailAbout(c goja.FunctionCall) goja.Value {
	if u := m.unknownObject(c.Argument(0)); u != nil {
		m.fail(u)
	}
	return goja.Undefined()
}

// helpBy records that the program sets a header.
func (m *machine) helpBy(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	if x := m.current; x != nil && isCORS(name) {
		if strings.HasPrefix(name, "access-control-") {
			x.passed = true
		}
		x.decide(m.position(), name, "the program sets the header")
	}
	return goja.Undefined()
}

// helpHere keeps the position of the present call; helpPlace makes one the place of
// the policies that are made next.
func (m *machine) helpHere(goja.FunctionCall) goja.Value {
	m.found.places = append(m.found.places, m.position())
	return m.vm.ToValue(len(m.found.places) - 1)
}

func (m *machine) helpPlace(c goja.FunctionCall) goja.Value {
	m.found.place = int(c.Argument(0).ToInteger()) + 1
	return goja.Undefined()
}

// helpSet sets a header of the answer in the name of Node: (name, value).
func (m *machine) helpSet(c goja.FunctionCall) goja.Value {
	if x := m.current; x != nil {
		name := c.Argument(0).String()
		x.checkUnsent("set")
		m.checkName(name)
		x.set(name, m.headerValues(name, c.Argument(1))...)
	}
	return goja.Undefined()
}

// helpRoute records a route: (method, path).
func (m *machine) helpRoute(c goja.FunctionCall) goja.Value {
	if len(m.found.routeList) < 1000 {
		m.found.routeList = append(m.found.routeList, server.Route{Position: m.position(), Method: c.Argument(0).String(), Path: m.readable(c.Argument(1).String())})
	}
	return goja.Undefined()
}

// helpServer says that an object is a server that a function (req, res) answers for.
func (m *machine) helpServer(c goja.FunctionCall) goja.Value {
	o, _ := c.Argument(0).(*goja.Object)
	f, ok := goja.AssertFunction(c.Argument(1))
	if o == nil || !ok {
		return goja.Undefined()
	}
	serve := func(x *exchange) {
		_, err := f(goja.Undefined(), x.req, x.res)
		m.rethrow(err)
	}
	m.found.servers[o] = serve
	m.found.serverList = append(m.found.serverList, o)
	return goja.Undefined()
}

func (m *machine) helpRefuse(c goja.FunctionCall) goja.Value {
	m.refuse(c.Argument(0).String(), c.Argument(1).String())
	m.checkStopped()
	return goja.Undefined()
}

func (m *machine) helpVersion(c goja.FunctionCall) goja.Value {
	return m.vm.ToValue(m.program.version(c.Argument(0).String()).Version)
}

// helpUnknown returns an unknown value of a name: (path, help).
func (m *machine) helpUnknown(c goja.FunctionCall) goja.Value {
	return m.newUnknown(c.Argument(0).String(), &source{module: c.Argument(0).String()}, c.Argument(1).String()).object
}

// helpPattern compiles a path of path-to-regexp 8: (path, options) gives a function
// that returns the parameters of a path, or null.
func (m *machine) helpPattern(c goja.FunctionCall) goja.Value {
	if u := m.unknownOf(c.Argument(0)); u != nil {
		return m.vm.ToValue(func(goja.FunctionCall) goja.Value {
			m.fail(u)
			return goja.Null()
		})
	}
	o := c.Argument(1).ToObject(m.vm)
	r := &router{m: m, v5: true, sensitive: truthy(o.Get("sensitive")), strict: truthy(o.Get("strict"))}
	p := r.pattern(c.Argument(0), truthy(o.Get("end")))
	return m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		out, ok, bad := p.match(c.Argument(0).String(), m)
		if !ok && bad == nil {
			return goja.Null()
		}
		params := m.vm.NewObject()
		for _, p := range out.params {
			_ = params.Set(p.name, p.value)
		}
		return params
	})
}

// quietFramework are packages for Koa, Fastify and Hono that neither answer a
// request that is compared nor set a header that is compared.
var quietFramework = map[string]bool{
	"koa-logger": true, "koa-helmet": true, "koa-morgan": true, "koa-json": true, "koa-response-time": true, "koa-session": true,
	"koa-etag": true, "koa-conditional-get": true, "koa-passport": true, "koa-pino-logger": true, "koa-x-request-id": true, "koa2-ratelimit": true,
	"koa-ratelimit": true, "koa-generic-session": true, "koa-views": true, "koa-ejs": true, "@koa/multer": true,
	"koa-multer": true, "koa-locale": true, "koa-i18n": true, "koa-useragent": true, "koa-requestid": true,
}

// chooseFetch takes an exported object with a method fetch as the server, as Bun and
// Cloudflare Workers do.
func (m *machine) chooseFetch(o *goja.Object) {
	env := m.vm.ToValue(func(goja.FunctionCall) goja.Value {
		return m.newUnknown("env", &source{module: "env"}, "the platform gives it").object
	})
	fetch := m.vm.ToValue(func(c goja.FunctionCall) goja.Value { return m.callMethod(o, "fetch", c.Arguments...) })
	listen, _ := goja.AssertFunction(m.web().Get("listener"))
	handler, _ := goja.AssertFunction(m.native(listen, fetch, env))
	m.found.handler = func(x *exchange) { m.native(handler, x.req, x.res) }
}

// chooseFastify takes an exported plugin as the application, as fastify-cli does.
func (m *machine) chooseFastify(f *goja.Object) {
	app := m.callMethod(m.runModel(fastifyModel), "startPlugin", f)
	m.found.handler = m.found.servers[app.(*goja.Object)]
}
