package aspnet

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// framework is a call of what concerns CORS or the pipeline; ok is false when it is
// another call.
func (m *machine) framework(s *scope, at pos, in value, name string, x *syntax.Call) (v value, ok bool) {
	if p, isPolicy := in.(*policy); isPolicy {
		m.policyMethod(s, at, p, name, x)
		return p, true
	}
	if e, isEndpoint := in.(*endpoint); isEndpoint {
		m.endpointMethod(s, at, e, name, x)
		return e, true
	}
	if g, isGroup := in.(*group); isGroup {
		return m.groupMethod(s, at, g, name, x)
	}
	switch name {
	case "AddCors":
		for _, a := range m.arguments(s, x.Args) {
			m.apply(at, a, []value{&marker{"CorsOptions"}})
		}
		return in, true
	case "AddPolicy", "AddDefaultPolicy":
		if k, isMarker := in.(*marker); !isMarker || k.name != "CorsOptions" {
			return in, true
		}
		m.addPolicy(s, at, name, x)
		return in, true
	case "UseEndpoints":
		m.pipeline = append(m.pipeline, &stage{at: at, name: name})
		for _, a := range m.arguments(s, x.Args) {
			m.apply(at, a, []value{&marker{"endpoints"}})
		}
		return in, true
	}
	if _, isMarker := in.(*marker); !isMarker || m.functionOf(in, name) != nil {
		return nil, false
	}
	switch {
	case m.branches(s, at, name, x):
		return in, true
	case strings.HasPrefix(name, "Use"), name == "Run" && len(x.Args) == 1:
		m.use(s, at, name, x)
		return in, true
	case strings.HasPrefix(name, "Map"):
		return m.mapEndpoint(s, at, "", name, x), true
	}
	return nil, false
}

// policyMethod is a method of a policy: one of the builder, or of the program.
func (m *machine) policyMethod(s *scope, at pos, p *policy, name string, x *syntax.Call) {
	args := m.arguments(s, x.Args)
	switch {
	case p.set(m, at, name, args):
	case m.functionOf(p, name) != nil:
		m.callOn(m.functions[name], p, args)
	default:
		p.unknown = m.unknown(at, "what "+name+" does with the policy", "give the file that defines it with --file")
	}
}

// addPolicy is AddPolicy and AddDefaultPolicy.
func (m *machine) addPolicy(s *scope, at pos, method string, x *syntax.Call) {
	name := "__DefaultCorsPolicy"
	args := m.arguments(s, x.Args)
	if method == "AddDefaultPolicy" {
		name = m.defaultName
	} else if len(args) > 0 {
		if u := unknownIn(args[0]); u != nil {
			m.lose(u.err)
			return
		}
		name = text(args[0])
		args = args[1:]
	}
	p := m.policyOf(at, name, args)
	if m.policies[name] == nil {
		m.order = append(m.order, p)
	}
	m.policies[name] = p
}

// policyOf returns the policy of arguments: a function that builds it, or a policy.
func (m *machine) policyOf(at pos, name string, args []value) *policy {
	p := &policy{at: at, name: name}
	if len(args) == 0 {
		return p
	}
	switch a := args[len(args)-1].(type) {
	case *policy:
		a.name = name
		return a
	case *lambda:
		m.apply(at, a, []value{p})
		p.build()
	case *unknown:
		p.unknown = a
	default:
		p.unknown = m.unknown(at, "the policy "+name, "give the file that defines it with --file")
	}
	return p
}

// use adds a stage to the pipeline.
func (m *machine) use(s *scope, at pos, name string, x *syntax.Call) {
	st := &stage{at: at, name: name}
	args := m.arguments(s, x.Args)
	switch {
	case name == "UseStartup":
		return
	case name == "UseCors":
		st.cors = m.corsStageOf(at, args)
	case name == "Use" || name == "Run":
		if len(args) > 0 {
			st.own = m.inlineMiddleware(at, args[0], name == "Run")
		}
	case name == "UseMiddleware":
		st.own = m.custom(at, x.Types)
	case strings.Contains(name, "Cors"):
		m.lose(m.unknownError(at, "what "+name+" does", "give the file that defines it with --file"))
	case !ofFramework[name]:
		m.assumptions = append(m.assumptions, server.Assumption{Position: at.Position(), Text: name + " sets no CORS headers and answers no preflights: what it does is not read"})
	}
	m.pipeline = append(m.pipeline, st)
}

// ofFramework are the middleware of ASP.NET Core, and of libraries that everybody uses,
// that set no CORS headers.
var ofFramework = map[string]bool{
	"UseRouting": true, "UseEndpoints": true, "UseAuthentication": true, "UseAuthorization": true, "UseHttpsRedirection": true, "UseHsts": true,
	"UseStaticFiles": true, "UseDefaultFiles": true, "UseFileServer": true, "UseDirectoryBrowser": true, "UseSpaStaticFiles": true, "UseSpa": true,
	"UseExceptionHandler": true, "UseDeveloperExceptionPage": true, "UseDatabaseErrorPage": true, "UseMigrationsEndPoint": true, "UseStatusCodePages": true,
	"UseStatusCodePagesWithReExecute": true, "UseStatusCodePagesWithRedirects": true, "UseResponseCompression": true, "UseRequestDecompression": true,
	"UseResponseCaching": true, "UseOutputCache": true, "UseForwardedHeaders": true, "UseSession": true, "UseCookiePolicy": true, "UseRequestLocalization": true,
	"UseRateLimiter": true, "UseAntiforgery": true, "UseWebSockets": true, "UsePathBase": true, "UseHttpLogging": true, "UseW3CLogging": true,
	"UseHealthChecks": true, "UseRewriter": true, "UseHostFiltering": true, "UseRequestTimeouts": true, "UseCertificateForwarding": true, "UseBlazorFrameworkFiles": true,
	"UseWebAssemblyDebugging": true, "UseMvc": true, "UseMvcWithDefaultRoute": true, "UseIdentity": true, "UseIdentityServer": true, "UseUrls": true, "UseKestrel": true,
	"UseIISIntegration": true, "UseIIS": true, "UseContentRoot": true, "UseWebRoot": true, "UseEnvironment": true, "UseServiceProviderFactory": true, "UseSerilog": true,
	"UseSerilogRequestLogging": true, "UseSwagger": true, "UseSwaggerUI": true, "UseSwaggerUi": true, "UseSwaggerUi3": true, "UseOpenApi": true, "UseReDoc": true,
	"UseSqlServer": true, "UseNpgsql": true, "UseSqlite": true, "UseMySql": true, "UseInMemoryDatabase": true, "UseLazyLoadingProxies": true, "UseWindowsService": true,
	"UseSystemd": true, "UseHangfireDashboard": true, "UseHangfireServer": true, "UseHttpMetrics": true, "UseMetricServer": true, "UseApplicationInsights": true,
}

// corsStageOf is UseCors with its arguments.
func (m *machine) corsStageOf(at pos, args []value) *corsStage {
	c := &corsStage{}
	switch a := first(args).(type) {
	case nil:
	case string:
		c.name, c.named = a, true
	case *lambda, *policy:
		c.policy = m.policyOf(at, "UseCors", args)
		m.order = append(m.order, c.policy)
	case *unknown:
		c.unknown = a
	default:
		c.unknown = m.unknown(at, "the policy of UseCors", "")
	}
	return c
}

// branches is Map, MapWhen or UseWhen with a pipeline of its own; it reports false for
// other calls.
func (m *machine) branches(s *scope, at pos, name string, x *syntax.Call) bool {
	if len(x.Args) != 2 || name != "Map" && name != "MapWhen" && name != "UseWhen" {
		return false
	}
	build, ok := x.Args[1].Value.(*syntax.Lambda)
	if !ok || len(build.Params) != 1 || !configures(s.file, build) {
		return false
	}
	args := m.arguments(s, x.Args)
	b := &branch{joins: name == "UseWhen"}
	b.fits = func(m *machine, x *exchange) bool { return m.isTrue(m.apply(at, args[0], []value{&httpContext{x}})) }
	if name == "Map" {
		path := text(args[0])
		b.fits = func(_ *machine, x *exchange) bool { return startsWithSegments(x.path(), path) }
	}
	outer := m.pipeline
	m.pipeline = nil
	m.apply(at, args[1], []value{&marker{"app"}})
	b.stages, m.pipeline = m.pipeline, append(outer, &stage{at: at, name: name, branch: b})
	return true
}

// configures reports whether a function configures a pipeline, and does not answer a
// request.
func configures(f *file, fn *syntax.Lambda) bool {
	body := fn.Body
	if fn.Result != nil {
		body = []syntax.Stmt{&syntax.ExprStmt{At: syntax.At(fn.Result.Offset()), X: fn.Result}}
	}
	for _, st := range body {
		text := textOf(f, st)
		if strings.HasPrefix(text, fn.Params[0].Name+".Use") || strings.HasPrefix(text, fn.Params[0].Name+".Run") || strings.HasPrefix(text, fn.Params[0].Name+".Map") {
			return true
		}
	}
	return false
}

// startsWithSegments reports whether a path is another one, or is below it.
func startsWithSegments(path, prefix string) bool {
	path, prefix = fetch.ByteLowercase(path), strings.TrimSuffix(fetch.ByteLowercase(prefix), "/")
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '/')
}

// group is MapGroup("/x").
type group struct {
	path  string
	rules []func(e *endpoint)
}

func (m *machine) groupMethod(s *scope, at pos, g *group, name string, x *syntax.Call) (value, bool) {
	if strings.HasPrefix(name, "Map") {
		v := m.mapEndpoint(s, at, g.path, name, x)
		if e, ok := v.(*endpoint); ok {
			for _, rule := range g.rules {
				rule(e)
			}
		}
		return v, true
	}
	if name == "RequireCors" {
		args := m.arguments(s, x.Args)
		g.rules = append(g.rules, func(e *endpoint) { m.require(at, e, args) })
	}
	return g, true
}

// verbs are the methods of the Map… functions.
var verbs = map[string]string{"MapGet": "GET", "MapPost": "POST", "MapPut": "PUT", "MapDelete": "DELETE", "MapPatch": "PATCH"}

// mapEndpoint is MapGet, MapControllers and the like.
func (m *machine) mapEndpoint(s *scope, at pos, prefix, name string, x *syntax.Call) value {
	args := m.arguments(s, x.Args)
	path := prefix
	if len(args) > 0 {
		if p, ok := args[0].(string); ok {
			path = prefix + "/" + strings.Trim(p, "/")
		}
	}
	switch {
	case name == "MapGroup":
		return &group{path: path}
	case name == "MapControllers" || name == "MapControllerRoute" || name == "MapDefaultControllerRoute":
		m.controllers = true
		return &endpoint{at: at} // RequireCors on all of them is not followed
	case verbs[name] == "" && name != "Map" && name != "MapMethods":
		if strings.Contains(name, "Cors") {
			m.lose(m.unknownError(at, "what "+name+" does", "give the file that defines it with --file"))
		}
		m.others = true
		return &endpoint{at: at}
	}
	e := &endpoint{at: at, path: path}
	if v := verbs[name]; v != "" {
		e.methods = []string{v}
	}
	if name == "MapMethods" && len(args) > 1 {
		e.methods, _ = m.texts(at, args[1])
	}
	for _, a := range args {
		if l, ok := a.(*lambda); ok {
			m.attributes(l.file, e, l.fn.Attributes)
			e.status = simpleStatus(l.fn)
		}
	}
	m.endpoints = append(m.endpoints, e)
	return e
}

// simpleStatus returns the status of a function that returns a text or Results.Ok();
// 0 when it is not known.
func simpleStatus(fn *syntax.Lambda) int {
	if _, ok := fn.Result.(*syntax.Text); ok {
		return 200
	}
	if c, ok := fn.Result.(*syntax.Call); ok {
		switch pathOf(c.Fun) {
		case "Results.Ok", "TypedResults.Ok", "Results.Json", "Results.Text":
			return 200
		case "Results.NoContent", "TypedResults.NoContent":
			return 204
		case "Results.NotFound", "TypedResults.NotFound":
			return 404
		}
	}
	return 0
}

// endpointMethod is a method of an endpoint: RequireCors and others.
func (m *machine) endpointMethod(s *scope, at pos, e *endpoint, name string, x *syntax.Call) {
	args := m.arguments(s, x.Args)
	switch {
	case name == "RequireCors" && e.path == "":
		m.lose(m.unknownError(at, "to which endpoints RequireCors applies", "write the policy in UseCors"))
	case name == "RequireCors":
		m.require(at, e, args)
	case name == "RequireAuthorization":
		e.status = 0
	}
}

func (m *machine) require(at pos, e *endpoint, args []value) {
	e.enabled = true
	if len(args) == 0 {
		return
	}
	if n, ok := args[0].(string); ok {
		e.name = n
		return
	}
	e.policy = m.policyOf(at, "RequireCors", args)
}

// attributes reads [EnableCors] and [DisableCors].
func (m *machine) attributes(f *file, e *endpoint, list []syntax.Expr) {
	for _, a := range list {
		name, args := attributeOf(a)
		switch name {
		case "DisableCors":
			e.disabled, e.enabled = true, false
		case "EnableCors":
			e.enabled, e.disabled = true, false
			if len(args) > 0 {
				if v, ok := m.eval(newScope(f), args[0].Value).(string); ok {
					e.name = v
				}
			}
		}
	}
}

// attributeOf returns the name and the arguments of an attribute.
func attributeOf(x syntax.Expr) (string, []syntax.Arg) {
	if c, ok := x.(*syntax.Call); ok {
		return strings.TrimSuffix(pathOf(c.Fun), "Attribute"), c.Args
	}
	return strings.TrimSuffix(pathOf(x), "Attribute"), nil
}

// controller reads the routes of a controller.
func (m *machine) controller(f *file, c *syntax.Class) {
	if !strings.HasSuffix(c.Name, "Controller") {
		return
	}
	base := &endpoint{}
	m.attributes(f, base, c.Decorators)
	prefix := routeOf(c.Decorators, "Route")
	for _, st := range c.Body {
		fn, ok := st.(*syntax.Func)
		if !ok || !slices.Contains(fn.Modifiers, "public") {
			continue
		}
		for verb, method := range map[string]string{"HttpGet": "GET", "HttpPost": "POST", "HttpPut": "PUT", "HttpDelete": "DELETE", "HttpPatch": "PATCH"} {
			for _, d := range fn.Decorators {
				if name, _ := attributeOf(d); name != verb {
					continue
				}
				e := *base
				e.at, e.methods = pos{File: f, Offset: fn.Offset()}, []string{method}
				m.attributes(f, &e, fn.Decorators)
				template := routeOf(fn.Decorators, verb)
				if template == "" {
					template = routeOf(fn.Decorators, "Route")
				}
				e.path = controllerPath(prefix, template, c.Name, fn.Name)
				m.endpoints = append(m.endpoints, &e)
			}
		}
	}
}

// routeOf returns the text of a route attribute.
func routeOf(list []syntax.Expr, want string) string {
	for _, a := range list {
		if name, args := attributeOf(a); name == want && len(args) > 0 {
			if t, ok := args[0].Value.(*syntax.Text); ok {
				return t.Value
			}
		}
	}
	return ""
}

func controllerPath(prefix, template, class, action string) string {
	p := prefix + "/" + template
	if strings.HasPrefix(template, "/") || strings.HasPrefix(template, "~/") {
		p = template
	}
	p = strings.NewReplacer("[controller]", strings.TrimSuffix(class, "Controller"), "[action]", action, "~", "").Replace(p)
	return "/" + strings.Trim(p, "/")
}
