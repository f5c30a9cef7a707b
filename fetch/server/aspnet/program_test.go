package aspnet

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// program returns a program whose one policy is built by some statements.
func program(before, policy string) string {
	return start + before + "\nbuilder.Services.AddCors(o => o.AddDefaultPolicy(p => {\n" + policy + "\n}));\nvar app = builder.Build();\napp.UseCors();\napp.MapGet(\"/x\", () => \"hi\");\napp.Run();\n"
}

// TestStatements follows statements that decide which origins a policy has.
func TestStatements(t *testing.T) {
	get := request("GET", "/x", "Origin: https://app1.example.com")
	const allowed = "200\naccess-control-allow-origin: https://app1.example.com"
	const unknownMode = "is not known"
	for _, c := range []struct{ name, before, policy, want string }{
		{"a list that a loop fills", `var l = new List<string>(); for (int i = 0; i < 2; i++) { l.Add($"https://app{i}.example.com"); }`, `p.WithOrigins(l.ToArray());`, allowed + "\nvary: Origin"},
		{"foreach", `var l = new[] { "1" };`, `foreach (var n in l) { p.WithOrigins("https://app" + n + ".example.com"); }`, allowed},
		{"foreach over what is not known", "", `foreach (var n in Secrets.Load()) { p.WithOrigins(n); }`, "Program.cs:4:19: Secrets is not known; give the file that defines it with --file, or its value with --set Secrets=…"},
		{"while and break", `var n = 0; while (true) { n += 1; if (n == 1) break; }`, `p.WithOrigins($"https://app{n}.example.com");`, allowed},
		{"switch", `var mode = "one";`, `switch (mode) { case "all": p.AllowAnyOrigin(); break; case "one": case "two": p.WithOrigins("https://app1.example.com"); break; default: break; }`, allowed},
		{"default of a switch", `var mode = "x";`, `switch (mode) { case "all": p.AllowAnyOrigin(); break; default: p.WithOrigins("https://app1.example.com"); break; }`, allowed},
		{"switch over what is not known", `var mode = Environment.GetEnvironmentVariable("MODE");`, `switch (mode) { case "all": p.AllowAnyOrigin(); break; }`, unknownMode},
		{"switch expression", `var mode = "b"; var origin = mode switch { "a" or "b" => "https://app1.example.com", _ => "https://x.example" };`, `p.WithOrigins(origin);`, allowed},
		{"pattern", `var mode = "b"; var origin = mode is "a" or "b" && true ? "https://app1.example.com" : "https://x.example";`, `p.WithOrigins(origin);`, allowed},
		{"a condition that is not known", `var l = new[] { "https://a.example" }; if (Flags.On) { l = new[] { "https://app1.example.com" }; }`, `p.WithOrigins(l);`, "Program.cs:2:44: Flags is not known; give the file that defines it with --file, or its value with --set Flags=…"},
		{"exception", `var l = "x"; try { throw new Exception("a"); } catch (Exception e) { l = "https://app1.example.com"; } finally { l += ""; }`, `p.WithOrigins(l);`, allowed},
		{"exception of nobody", `string l = null ?? throw new InvalidOperationException("a");`, `p.WithOrigins(l);`, "Program.cs:2:20: the program throws an exception: InvalidOperationException: a"},
		{"extension that is not given", "", `p.AllowMyApps();`, "Program.cs:4:3: what AllowMyApps does with the policy is not known; give the file that defines it with --file"},
		{"object as an origin", `var s = new Settings();`, `p.WithOrigins(s.Origin);`, "Program.cs:4:3: the text of an object is not known; write it as a text, or give its value with --set"},
		{"lists of a policy", "", `p.WithOrigins("https://app1.example.com"); p.WithMethods(new List<string> { "GET" }.ToArray());`, allowed},
		{"spread", `string[] a = ["https://app1.example.com"]; string[] l = [..a, "https://b.example"];`, `p.WithOrigins(l);`, allowed + "\nvary: Origin"},
		{"local function", `bool Fits(string o) { return o.EndsWith(".example.com"); }`, `p.SetIsOriginAllowed(Fits);`, allowed + "\nvary: Origin"},
		{"variable with a function", `Func<string, string> f = n => $"https://app{n}.example.com";`, `p.WithOrigins(f("1"));`, allowed},
		{"debug", "#if DEBUG\nvar origin = \"https://x.example\";\n#else\nvar origin = \"https://app1.example.com\";\n#endif", `p.WithOrigins(origin);`, allowed},
		{"hexadecimal", `var n = 0x1;`, `p.WithOrigins($"https://app{n}.example.com");`, allowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := answerOf(t, server.Source{Name: "Program.cs", Text: program(c.before, c.policy)}, get)
			if c.want == unknownMode {
				assert.Check(t, strings.Contains(got, "the environment variable MODE is not known"), got)
				return
			}
			assert.Equal(t, got, c.want)
		})
	}
}

// TestPolicyObject reads a CorsPolicy that is not a builder's.
func TestPolicyObject(t *testing.T) {
	body := start + `var policy = new CorsPolicy();
policy.Origins.Add("https://a.example");
policy.Methods.Add("*");
policy.Headers.Add("*");
policy.SupportsCredentials = true;
builder.Services.AddCors(o => o.AddPolicy("p", policy));
var app = builder.Build();
app.UseCors("p");
`
	got := answerOf(t, server.Source{Name: "Program.cs", Text: body}, request("OPTIONS", "/", "Origin: https://a.example", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a"))
	assert.Equal(t, got, "204\naccess-control-allow-origin: https://a.example\naccess-control-allow-credentials: true\naccess-control-allow-headers: x-a\naccess-control-allow-methods: PUT")
}

// TestOwnMiddleware runs middleware that sets CORS headers by itself.
func TestOwnMiddleware(t *testing.T) {
	get := request("GET", "/x", "Origin: https://a.example")
	preflight := request("OPTIONS", "/x", "Origin: https://a.example", "Access-Control-Request-Method: PUT")
	const inline = `app.Use(async (context, next) => {
  context.Response.Headers.Append("Access-Control-Allow-Origin", "*");
  context.Response.Headers["Access-Control-Allow-Methods"] = "GET, PUT";
  if (context.Request.Method == "OPTIONS") { context.Response.StatusCode = 204; return; }
  await next();
});
`
	const class = `
public class MyCors {
  private readonly RequestDelegate _next;
  public MyCors(RequestDelegate next) { _next = next; }
  public async Task InvokeAsync(HttpContext context) {
    var origin = context.Request.Headers["Origin"].ToString();
    if (origin == "https://a.example") context.Response.Headers.AccessControlAllowOrigin = origin;
    await _next(context);
  }
}
public static class Extensions { public static IApplicationBuilder UseMyCors(this IApplicationBuilder app) => app.UseMiddleware<MyCors>(); }
`
	const end = "app.MapGet(\"/x\", () => \"hi\");\napp.Run();\n"
	for _, c := range []struct {
		name, body string
		r          *server.Request
		want       string
	}{
		{"inline", inline + end, get, "200\naccess-control-allow-origin: *\naccess-control-allow-methods: GET, PUT"},
		{"inline preflight", inline + end, preflight, "204\naccess-control-allow-origin: *\naccess-control-allow-methods: GET, PUT"},
		{"inline with UseCors", "app.UseCors(p => p.WithOrigins(\"https://a.example\"));\n" + inline + end, get, "200\naccess-control-allow-origin: https://a.example\naccess-control-allow-methods: GET, PUT"},
		{"class", "app.UseMiddleware<MyCors>();\n" + end + class, get, "200\naccess-control-allow-origin: https://a.example"},
		{"class for another origin", "app.UseMiddleware<MyCors>();\n" + end + class, request("GET", "/x", "Origin: https://b.example"), "200"},
		{"extension", "app.UseMyCors();\n" + end + class, get, "200\naccess-control-allow-origin: https://a.example"},
		{"class that is not given", "app.UseMiddleware<Other.Cors>();\n" + end, get, "Program.cs:3:5: what the middleware Other.Cors does is not known; give the file that defines it with --file"},
		{"after the response", "app.Use(async (c, next) => { await next(); c.Response.Headers.Append(\"Access-Control-Allow-Origin\", \"*\"); });\n" + end, get,
			"Program.cs:3:63: whether the response is on its way already when Access-Control-Allow-Origin is set is not known; set it before the next middleware is called"},
		{"when the response starts", "app.Use((c, next) => { c.Response.OnStarting(() => { c.Response.Headers[\"Access-Control-Allow-Origin\"] = \"*\"; return Task.CompletedTask; }); return next(c); });\n" + end, get, "200\naccess-control-allow-origin: *"},
		{"added twice", "app.Use((c, next) => { c.Response.Headers.Add(\"Access-Control-Allow-Origin\", \"*\"); c.Response.Headers.Add(\"Access-Control-Allow-Origin\", \"*\"); return next(); });\n" + end, get, "500"},
		{"a branch", "app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/x\"), b => b.UseCors(p => p.AllowAnyOrigin()));\n" + end, get, "200\naccess-control-allow-origin: *"},
		{"another branch", "app.Map(\"/api\", b => { b.UseCors(p => p.AllowAnyOrigin()); b.Run(async c => { await c.Response.WriteAsync(\"hi\"); }); });\n" + end, get, "200"},
		{"a branch that answers", "app.Map(\"/x\", b => { b.UseCors(p => p.AllowAnyOrigin()); b.Run(async c => { await c.Response.WriteAsync(\"hi\"); }); });\n", get, "200\naccess-control-allow-origin: *"},
		{"null as an origin", "app.UseCors(p => p.SetIsOriginAllowed(o => new Uri(o).Host == \"a.example\"));\n" + end, request("GET", "/x", "Origin: null"), "500"},
		{"redirect to https", "app.UseHttpsRedirection();\napp.UseCors(p => p.AllowAnyOrigin());\n" + end, preflight, "Program.cs:3:5: whether UseHttpsRedirection redirects this request to https is not known; ask with an https URL, or give the port of https with --env ASPNETCORE_HTTPS_PORT=443"},
		{"redirect after CORS", "app.UseCors(p => p.AllowAnyOrigin());\napp.UseHttpsRedirection();\n" + end, preflight, "204\naccess-control-allow-origin: *"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, answerOf(t, server.Source{Name: "Program.cs", Text: start + "var app = builder.Build();\n" + c.body}, c.r), c.want)
		})
	}
}

// TestOtherMiddleware says what is assumed of middleware that nobody knows.
func TestOtherMiddleware(t *testing.T) {
	m, err := load(t.Context(), server.Source{Name: "Program.cs", Text: start + "var app = builder.Build();\napp.UseRouting();\napp.UseTenants();\napp.UseCors(p => p.AllowAnyOrigin());\n"})
	assert.NilError(t, err)
	var got []string
	for _, a := range m.Assumptions {
		if a.Position.Line > 0 {
			got = append(got, a.Text)
		}
	}
	assert.DeepEqual(t, got, []string{"UseTenants sets no CORS headers and answers no preflights: what it does is not read"})
}

// TestShapes reads programs in the shapes that people give them.
func TestShapes(t *testing.T) {
	get := request("GET", "/x", "Origin: https://a.example")
	const allowed = "?200\naccess-control-allow-origin: https://a.example"
	const policy = `o => o.AddDefaultPolicy(p => p.WithOrigins("https://a.example"))`
	for _, c := range []struct{ name, body, want string }{
		{"a generic host", `Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => w.ConfigureServices(s => s.AddCors(` + policy + `)).Configure(app => app.UseCors())).Build().Run();`, allowed},
		{"a Startup that the program calls", start + `var startup = new Startup(); startup.ConfigureServices(builder.Services); var app = builder.Build(); startup.Configure(app);
class Startup { public void ConfigureServices(IServiceCollection s) { s.AddCors(` + policy + `); } public void Configure(IApplicationBuilder app) { app.UseCors(); } }`, allowed},
		{"a static method", start + `CorsSetup.Add(builder.Services); var app = builder.Build(); app.UseCors();
static class CorsSetup { public static void Add(IServiceCollection s) { s.AddCors(` + policy + `); } }`, allowed},
		{"a static method that is not given", start + `Setup.AddCorsPolicies(builder.Services); var app = builder.Build(); app.UseCors();`, "Program.cs:2:7: what AddCorsPolicies does is not known; give the file that defines it with --file"},
		{"CORS as a filter", start + `builder.Services.Configure<MvcOptions>(o => { o.Filters.Add(new CorsAuthorizationFilterFactory("a")); }); var app = builder.Build();`,
			"Program.cs:2:18: what Configure does with CORS is not known; use AddCors and UseCors"},
		{"UseCors after UseMvc", start + `builder.Services.AddCors(` + policy + `); var app = builder.Build(); app.UseMvc(); app.UseCors();`,
			"Program.cs:2:124: whether an endpoint answers GET /x before UseCors, which comes later, runs is not known; put UseCors before UseMvc"},
		{"UseCors after UseEndpoints", start + `builder.Services.AddCors(` + policy + `); var app = builder.Build(); app.UseRouting(); app.UseEndpoints(e => { e.MapGet("/x", () => "hi"); }); app.UseCors();`, "200"},
		{"flags", start + `var app = builder.Build(); app.UseCors(p => p.WithOrigins("https://a.example, ".Split(",", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));`, allowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, answerOf(t, server.Source{Name: "Program.cs", Text: c.body}, get), c.want)
		})
	}
}
