package aspnet

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// request returns a request with some headers: "Name: value".
func request(method, target string, headers ...string) *server.Request {
	r := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}}
	for _, h := range headers {
		name, v, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, fetch.Header{Name: name, Value: v})
	}
	return r
}

// answerOf returns an answer in words.
func answerOf(t *testing.T, src server.Source, r *server.Request) string {
	t.Helper()
	m, err := load(t.Context(), src)
	if err != nil {
		return err.Error()
	}
	a, err := m.Answer(t.Context(), r)
	if err != nil {
		return err.Error()
	}
	out := text(float64(a.Status))
	if a.StatusUnknown != nil {
		out = "?" + out
	}
	for _, h := range a.Header {
		out += "\n" + fetch.ByteLowercase(h.Name) + ": " + h.Value
	}
	return out
}

// TestGuide reads the lines of a guide: the two methods of Startup.
func TestGuide(t *testing.T) {
	body, err := os.ReadFile("../../../conformance/testdata/servers/guide/aspnet.txt")
	assert.NilError(t, err)
	src := server.Source{Name: "aspnet.txt", Text: string(body)}
	assert.Equal(t, recognise(src.Name, src.Text), server.Certain)
	m, err := load(t.Context(), src)
	assert.NilError(t, err)
	assert.Check(t, m.Fragment)
	assert.Equal(t, len(m.Policy), 4)
	assert.Equal(t, m.Policy[0].Value, "https://myapp.com")
	assert.Equal(t, m.Policy[0].Position.Line, 9)
	const allowed = "access-control-allow-origin: https://myapp.com\naccess-control-allow-credentials: true"
	for _, c := range []struct {
		r    *server.Request
		want string
	}{
		{request("OPTIONS", "/api/users", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type, authorization"),
			"204\n" + allowed + "\naccess-control-allow-headers: content-type,authorization\naccess-control-allow-methods: PUT"},
		{request("OPTIONS", "/api/users", "Origin: https://evil.com", "Access-Control-Request-Method: PUT"), "204"},
		{request("OPTIONS", "/api/users", "Origin: https://MYAPP.com", "Access-Control-Request-Method: PUT"), "204"},
		{request("OPTIONS", "/api/users", "Origin: https://myapp.com"), "?405\n" + allowed},
		{request("GET", "/api/users", "Origin: https://myapp.com"), "?200\n" + allowed},
		{request("GET", "/api/users", "Origin: https://evil.com"), "?200"},
		{request("GET", "/api/users"), "?200"},
	} {
		assert.Equal(t, answerOf(t, src, c.r), c.want)
	}
}

const start = "var builder = WebApplication.CreateBuilder(args);\n"

// TestPolicies asks policies for one preflight from https://app.example.com.
func TestPolicies(t *testing.T) {
	preflight := request("OPTIONS", "/x", "Origin: https://app.example.com", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a")
	files := fstest.MapFS{
		"appsettings.json":             {Data: []byte("{ // settings\n\"Cors\": { \"Origins\": [\"https://app.example.com\", \"http://b.example\"], \"One\": \"https://app.example.com,https://c.example\", \"Empty\": [] } }")},
		"appsettings.Development.json": {Data: []byte(`{"Cors": {"Origins": ["https://dev.example"]}}`)},
	}
	const two = "204\naccess-control-allow-origin: https://app.example.com\nvary: Origin"
	const one = "204\naccess-control-allow-origin: https://app.example.com"
	for _, c := range []struct{ name, chain, want string }{
		{"an origin", `p.WithOrigins("https://APP.example.com")`, one},
		{"a slash", `p.WithOrigins("https://app.example.com/")`, "204"},
		{"two", `p.WithOrigins("https://app.example.com", "https://b.example")`, two},
		{"everyone", `p.AllowAnyOrigin()`, "204\naccess-control-allow-origin: *"},
		{"everyone with credentials", `p.AllowAnyOrigin().AllowCredentials()`, "Program.cs:2:72: " + insecure},
		{"lists", `p.WithOrigins("https://app.example.com").WithMethods("GET", "PUT").WithHeaders("X-A", "X-B").WithExposedHeaders("X-C").SetPreflightMaxAge(TimeSpan.FromMinutes(10))`,
			one + "\naccess-control-allow-headers: X-A,X-B\naccess-control-allow-methods: GET,PUT\naccess-control-max-age: 600"},
		{"a function", `p.SetIsOriginAllowed(_ => true)`, two},
		{"a function of the host", `p.SetIsOriginAllowed(o => new Uri(o).Host == "localhost" || new Uri(o).Host.EndsWith(".example.com"))`, two},
		{"a function that says no", `p.SetIsOriginAllowed(o => new Uri(o).IsLoopback)`, "204"},
		{"a function with a body", `p.SetIsOriginAllowed(o => { var u = new Uri(o); if (u.Scheme != "https") return false; return u.Host.StartsWith("app"); })`, two},
		{"a function that asks elsewhere", `p.SetIsOriginAllowed(o => db.Sites.Any(s => s.Url == o))`, "Program.cs:2:79: db is not known; give the file that defines it with --file, or its value with --set db=…"},
		{"subdomains", `p.WithOrigins("https://*.example.com").SetIsOriginAllowedToAllowWildcardSubdomains()`, two},
		{"settings", `p.WithOrigins(builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? Array.Empty<string>())`, two},
		{"a setting that is split", `p.WithOrigins(builder.Configuration["Cors:One"]!.Split(',', StringSplitOptions.RemoveEmptyEntries))`, two},
		{"an empty setting", `p.WithOrigins(builder.Configuration.GetSection("Cors:Empty").Get<string[]>())`, "204"},
		{"no such setting", `p.WithOrigins(builder.Configuration.GetSection("Cors:None").Get<string[]>() ?? new[] { "https://app.example.com" })`, one},
		{"an environment variable", `p.WithOrigins(Environment.GetEnvironmentVariable("ORIGINS").Split(";"))`, "Program.cs:2:67: the environment variable ORIGINS is not known; give it with --env ORIGINS=…"},
		{"everything", `p.WithOrigins("https://app.example.com").AllowAnyHeader().AllowAnyMethod()`, one + "\naccess-control-allow-headers: x-a\naccess-control-allow-methods: PUT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := start + `builder.Services.AddCors(o => o.AddPolicy("a", p => ` + c.chain + "));\nvar app = builder.Build();\napp.UseCors(\"a\");\napp.Run();\n"
			got := answerOf(t, server.Source{Name: "Program.cs", Text: body, Files: files}, preflight)
			assert.Equal(t, got, c.want)
		})
	}
}

// TestPipeline asks for what the order of the middleware and the endpoints decide.
func TestPipeline(t *testing.T) {
	const policies = start + "builder.Services.AddCors(o => {\n o.AddPolicy(\"a\", p => p.WithOrigins(\"https://a.example\").AllowAnyMethod());\n o.AddDefaultPolicy(p => p.WithOrigins(\"https://b.example\").AllowAnyMethod());\n});\nvar app = builder.Build();\n"
	get := func(origin string) *server.Request { return request("GET", "/x", "Origin: "+origin) }
	preflight := func(origin string) *server.Request {
		return request("OPTIONS", "/x", "Origin: "+origin, "Access-Control-Request-Method: GET")
	}
	for _, c := range []struct {
		name, body string
		r          *server.Request
		want       string
	}{
		{"a name", `app.UseCors("a"); app.MapGet("/x", () => "hi");`, get("https://a.example"), "200\naccess-control-allow-origin: https://a.example"},
		{"the default", `app.UseCors(); app.MapGet("/x", () => "hi");`, get("https://b.example"), "200\naccess-control-allow-origin: https://b.example"},
		{"a name that does not exist", `app.UseCors("c"); app.MapGet("/x", () => "hi");`, preflight("https://a.example"), "405"},
		{"no UseCors", `app.MapGet("/x", () => "hi");`, get("https://a.example"), "200"},
		{"a policy in place", `app.UseCors(p => p.AllowAnyOrigin());`, get("https://q.example"), "?200\naccess-control-allow-origin: *"},
		{"RequireCors", `app.UseCors(); app.MapGet("/x", () => "hi").RequireCors("a");`, get("https://a.example"), "200\naccess-control-allow-origin: https://a.example"},
		{"RequireCors for a preflight", `app.UseCors(); app.MapGet("/x", () => "hi").RequireCors("a");`, preflight("https://a.example"), "204\naccess-control-allow-origin: https://a.example\naccess-control-allow-methods: GET"},
		{"RequireCors without UseCors", `app.MapGet("/x", () => "hi").RequireCors("a");`, get("https://a.example"), "500"},
		{"UseRouting after UseCors", `app.UseCors(); app.UseRouting(); app.MapGet("/x", () => "hi").RequireCors("a");`, get("https://b.example"), "500"},
		{"no such path", `app.UseCors("a"); app.MapGet("/y", () => "hi");`, get("https://a.example"), "404\naccess-control-allow-origin: https://a.example"},
		{"a group", `app.UseCors(); var g = app.MapGroup("/x").RequireCors("a"); g.MapGet("/y", () => "hi");`, request("GET", "/x/y", "Origin: https://a.example"), "200\naccess-control-allow-origin: https://a.example"},
		{"development", `if (app.Environment.IsDevelopment()) { app.UseCors("a"); } else { app.UseCors(); }`, get("https://b.example"), "?200\naccess-control-allow-origin: https://b.example"},
		{"a condition that is not known", `if (flags.Open) { app.UseCors("a"); }`, get("https://a.example"), "Program.cs:7:5: flags is not known; give the file that defines it with --file, or its value with --set flags=…"},
		{"two", `app.UseCors("a"); app.UseCors();`, preflight("https://b.example"), "204"},
		{"an extension method of another file", `app.UseMyCors(); app.MapCorsThings();`, get("https://a.example"), "?200"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := answerOf(t, server.Source{Name: "Program.cs", Text: policies + c.body + "\napp.Run();\n"}, c.r)
			if c.name == "an extension method of another file" {
				assert.Check(t, strings.Contains(got, "UseMyCors"), got)
				return
			}
			if c.want == "405" {
				assert.Equal(t, strings.TrimPrefix(got, "?"), c.want)
				return
			}
			assert.Equal(t, got, c.want)
		})
	}
}

// TestControllers reads attributes, and a Startup beside a Program.
func TestControllers(t *testing.T) {
	files := fstest.MapFS{
		"Startup.cs": {Data: []byte(`namespace A { public class Startup {
  private const string Name = "a";
  public Startup(IConfiguration c) { Configuration = c; }
  public IConfiguration Configuration { get; }
  public void ConfigureServices(IServiceCollection services) { services.AddMyCors(Name); services.AddControllers(); }
  public void Configure(IApplicationBuilder app, IWebHostEnvironment env) { app.UseRouting(); app.UseCors(Name); app.UseAuthorization(); app.UseEndpoints(e => { e.MapControllers(); }); }
} }`)},
		"Ext.cs": {Data: []byte(`static class Ext { public static void AddMyCors(this IServiceCollection s, string name) { s.AddCors(o => { o.AddPolicy(name, b => b.WithOrigins("https://a.example")); o.AddPolicy("other", b => b.AllowAnyOrigin()); }); } }`)},
		"UsersController.cs": {Data: []byte(`[ApiController] [Route("api/[controller]")]
public class UsersController : ControllerBase {
  [HttpGet] public IActionResult All() => Ok();
  [HttpGet("{id:int}")] [EnableCors("other")] public IActionResult One(int id) => Ok();
  [HttpDelete("{id}")] [DisableCors] public IActionResult Delete(int id) => Ok();
}`)},
	}
	src := server.Source{Name: "Program.cs", Files: files, Text: "public class Program { public static void Main(string[] args) { Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => { w.UseStartup<Startup>(); }).Build().Run(); } }"}
	for want, r := range map[string]*server.Request{
		"?200\naccess-control-allow-origin: https://a.example": request("GET", "/api/users", "Origin: https://a.example"),
		"?200\naccess-control-allow-origin: *":                 request("GET", "/api/users/3", "Origin: https://q.example"),
		"204":                                                  request("OPTIONS", "/api/users/3", "Origin: https://a.example", "Access-Control-Request-Method: DELETE"),
		"?200":                                                 request("DELETE", "/api/users/3", "Origin: https://a.example"),
	} {
		assert.Equal(t, answerOf(t, src, r), want)
	}
}

// TestHostile reads texts that are made to take long.
func TestHostile(t *testing.T) {
	for name, body := range map[string]string{
		"recursion": "void F() { F(); }\nF();", "functions": "f = x => f(x); f(1);", "chain": "app" + strings.Repeat(".UseX()", 20_000) + ";", "brackets": "x = " + strings.Repeat("(", 100_000),
		"lambdas": strings.Repeat("app.Use(x => {", 20_000), "ifs": strings.Repeat("if (a) { ", 20_000), "long": strings.Repeat("x = 1;\n", 50_000), "lists": "foreach (var a in l) { foreach (var b in l) { x = 1; } }",
	} {
		t.Run(name, func(t *testing.T) {
			got := answerOf(t, server.Source{Name: "Program.cs", Text: "app.UseCors(p => p.AllowAnyOrigin());\n" + body}, request("GET", "/", "Origin: https://a.example"))
			assert.Check(t, len(got) < 500, got)
		})
	}
}

// TestSameMeaning changes what means nothing and compares the answers.
func TestSameMeaning(t *testing.T) {
	body := start + "builder.Services.AddCors(options => { options.AddPolicy(\"a\", policy => { policy.WithOrigins(\"https://a.example\").AllowAnyMethod(); }); });\nvar app = builder.Build();\napp.UseCors(\"a\");\n"
	r := request("OPTIONS", "/", "Origin: https://a.example", "Access-Control-Request-Method: PUT")
	want := answerOf(t, server.Source{Name: "Program.cs", Text: body}, r)
	assert.Equal(t, want, "204\naccess-control-allow-origin: https://a.example\naccess-control-allow-methods: PUT")
	for name, change := range map[string]*strings.Replacer{
		"comments":  strings.NewReplacer(";", "; // x\n", "{", "{ /* y */"),
		"lines":     strings.NewReplacer(".AllowAny", "\n    .AllowAny", " => ", "\n=>\n", ".AddCors", "\n  .AddCors"),
		"crlf":      strings.NewReplacer("\n", "\r\n"),
		"names":     strings.NewReplacer("options", "o", "policy", "p"),
		"arrows":    strings.NewReplacer("{ policy.WithOrigins", "policy.WithOrigins", "AllowAnyMethod(); }", "AllowAnyMethod()"),
		"verbatim":  strings.NewReplacer(`"https`, `@"https`),
		"variables": strings.NewReplacer("builder.Services.AddCors", "var list = new[] { \"https://a.example\" };\nbuilder.Services.AddCors", `"https://a.example"`, "list"),
		"constants": strings.NewReplacer("builder.Services", "const string Name = \"a\";\nbuilder.Services", `"a"`, "Name"),
	} {
		assert.Equal(t, answerOf(t, server.Source{Name: "Program.cs", Text: change.Replace(body)}, r), want, name)
	}
}

// FuzzLoad reads any text and asks it once.
func FuzzLoad(f *testing.F) {
	f.Add(start + "builder.Services.AddCors(o => o.AddPolicy(\"a\", p => p.WithOrigins(x ?? new[] { \"a\" }).SetIsOriginAllowed(o => new Uri(o).Host == \"a\")));\napp.UseCors(\"a\");")
	f.Add("class A : B { [HttpGet(\"{id}\")] [EnableCors(\"x\")] public int Get() => 1; }\nif (a is not null) { app.UseCors(); } else app.UseX();")
	f.Fuzz(func(t *testing.T, body string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		m, err := load(ctx, server.Source{Name: "Program.cs", Text: body})
		if err != nil {
			return
		}
		// Only a panic or a hang is a fault here.
		_, _ = m.Answer(ctx, request("GET", "/a", "Origin: https://a.example"))
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(b.Context(), server.Source{Name: "Program.cs", Text: "app.UseCors(p => p.WithOrigins(\"https://a.example\"));"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnswer(b *testing.B) {
	m, err := load(b.Context(), server.Source{Name: "Program.cs", Text: "app.UseCors(p => p.WithOrigins(\"https://a.example\"));"})
	if err != nil {
		b.Fatal(err)
	}
	r := request("GET", "/", "Origin: https://a.example")
	for b.Loop() {
		if _, err := m.Answer(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
}
