package ruby

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// request returns a request with some headers: "Name: value".
func request(method, target string, headers ...string) *server.Request {
	r := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}, {Name: "Accept", Value: "*/*"}}}
	for _, h := range headers {
		name, v, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, fetch.Header{Name: name, Value: v})
	}
	return r
}

// answerOf returns the status and the CORS lines of an answer in words.
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
	status := text(int64(a.Status))
	if a.StatusUnknown != nil {
		status = "?" + status
	}
	return strings.TrimSpace(status + "\n" + worlds.Lines(a))
}

// TestGuide compares the readings of a guide's lines with the recordings.
func TestGuide(t *testing.T) {
	fsys := os.DirFS(recordings)
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	text, err := os.ReadFile(recordings + "/guide/rails.txt")
	assert.NilError(t, err)
	rails, err := servers.ReadRecording(fsys, "rack-cors-rails-guide")
	assert.NilError(t, err)
	src := rails.Source
	src.Name, src.Text, src.Files = "rails.txt", string(text), withoutFile(t, "rack-cors-rails-guide", "config/application.rb")
	assert.Equal(t, recognise(src.Name, src.Text), server.Certain)
	m, err := load(t.Context(), src)
	assert.NilError(t, err)
	assert.Check(t, m.Fragment)
	differences, err := servers.Compare(t.Context(), m, rails, probes)
	assert.NilError(t, err)
	assert.Equal(t, len(differences), 0, "%v", differences)

	plain, err := servers.ReadRecording(fsys, "rack-cors-guide")
	assert.NilError(t, err)
	alone := m.Alternatives[0].Source
	_, app, _ := strings.Cut(plain.Source.Text, "J = {")
	alone.Text += "\nJ = {" + app
	alone.Env = plain.Source.Env
	m, err = load(t.Context(), alone)
	assert.NilError(t, err)
	differences, err = servers.Compare(t.Context(), m, plain, probes)
	assert.NilError(t, err)
	assert.Equal(t, len(differences), 0, "%v", differences)
}

// withoutFile returns the files of a recording but one.
func withoutFile(t *testing.T, folder, name string) fstest.MapFS {
	t.Helper()
	out := make(fstest.MapFS)
	for _, file := range []string{"config/application.rb", "config/routes.rb", "app/controllers/lab_controller.rb", "config.ru"} {
		text, err := os.ReadFile(recordings + "/" + folder + "/" + file)
		assert.NilError(t, err)
		if file != name {
			out[file] = &fstest.MapFile{Data: text}
		}
	}
	return out
}

const head = "require 'rack/cors'\nuse Rack::Cors do\n  allow do\n"

// TestAnswers asks small configurations for one preflight.
func TestAnswers(t *testing.T) {
	const allowed = "200\naccess-control-allow-origin: https://myapp.com\naccess-control-allow-methods: GET, PUT\naccess-control-expose-headers: \naccess-control-max-age: 7200"
	preflight := request("OPTIONS", "/api/users", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT")
	for _, c := range []struct {
		name, origins, options, want string
		env                          map[string]string
		complete                     bool
	}{
		{name: "a string", origins: `'https://myapp.com'`, want: allowed},
		{name: "a host", origins: `'myapp.com'`, want: allowed},
		{name: "an environment variable", origins: `ENV.fetch('O')`, env: map[string]string{"O": "https://myapp.com"}, want: allowed},
		{name: "a variable that is not known", origins: `ENV['O']`, want: "c.ru:4:9: the environment variable O is not known; give it with --env O=…"},
		{name: "a list that is not known", origins: `*ENV.fetch('O', '').split(',')`, want: "c.ru:4:10: the environment variable O is not known; give it with --env O=…"},
		{name: "one that is not known beside one that fits", origins: `'https://myapp.com', ENV['O']`, want: allowed},
		{name: "a variable that is not set", origins: `ENV.fetch('O')`, complete: true, want: `c.ru:4:9: KeyError: key not found: "O"`},
		{name: "nothing", origins: `ENV['O']`, complete: true, want: "c.ru:4:1: TypeError: no implicit conversion of nil into String"},
		{name: "everyone with credentials", origins: `'*'`, options: ", credentials: true", want: "c.ru:5:1: Rack::Cors::Resource::CorsMisconfigurationError: Allowing credentials for wildcard origins is insecure. Please specify more restrictive origins or set 'credentials' to false in your CORS configuration."},
		{name: "a block", origins: `do |source| source.end_with?('app.com') end`, want: allowed},
		{name: "a block that asks elsewhere", origins: `{ |source, env| Site.where(origin: source).exists? }`, want: "c.ru:4:25: Site is not known; give the file that defines it with --file, or its value with --set Site=…"},
		{name: "a look-ahead", origins: `/\Ahttps:\/\/(?!evil)/`, want: `c.ru:3:3: what the pattern /\Ahttps:\/\/(?!evil)/ matches: it has a group that is not modelled is not known; write it without, or compare strings`},
		{name: "methods that are not known", origins: `'https://myapp.com'`, options: ", max_age: Settings.age", want: "c.ru:5:62: Settings is not known; give the file that defines it with --file, or its value with --set Settings=…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := head + "origins " + c.origins + "\nresource '*', headers: :any, methods: [:get, :put]" + c.options + "\nend\nend\n"
			src := server.Source{Name: "c.ru", Text: body, Env: c.env, EnvComplete: c.complete}
			assert.Equal(t, answerOf(t, src, preflight), c.want)
		})
	}
}

// TestBehind asks for what is behind the middleware.
func TestBehind(t *testing.T) {
	policy := head + "origins 'https://myapp.com'\nresource '*', methods: [:get, :put]\nend\nend\n"
	get := request("GET", "/api/users", "Origin: https://evil.com")
	for name, c := range map[string]struct{ app, want string }{
		"an application":                        {"run ->(env) { [404, {}, []] }", "404\nvary: Origin"},
		"none":                                  {"", "?200\nvary: Origin"},
		"one that is not in the files":          {"run MyApp", "?200\nvary: Origin"},
		"one that may send headers of its own":  {"run MyApp.new(headers: { 'Access-Control-Allow-Origin' => '*' })", "c.ru:8:5: MyApp is not known; give the file that defines it with --file, or its value with --set MyApp=…"},
		"a condition that is not known":         {"run ->(env) { User.count > 3 ? [200, {}, []] : [404, {}, []] }", "?200\nvary: Origin"},
		"a header that is not known":            {"run ->(env) { [200, { 'Vary' => Config.vary }, []] }", "c.ru:8:33: Config is not known; give the file that defines it with --file, or its value with --set Config=…"},
		"an exception":                          {"run ->(env) { raise 'x' }", "500"},
		"an exception within the program rules": {"use Rack::ShowExceptions\nrun ->(env) { raise 'x' }", "500\nvary: Origin"},
	} {
		assert.Equal(t, answerOf(t, server.Source{Name: "c.ru", Text: policy + c.app}, get), c.want, name)
	}
}

// TestPolicy returns the facts with their positions.
func TestPolicy(t *testing.T) {
	m, err := load(t.Context(), server.Source{Name: "c.ru", Text: head + "    origins 'https://myapp.com', /x/\n    resource '/a/*', headers: %w[A b], methods: :get, credentials: true\n  end\nend\n"})
	assert.NilError(t, err)
	at := server.Position{File: "c.ru", Line: 5, Column: 5}
	assert.DeepEqual(t, m.Policy, []server.Fact{
		{Position: server.Position{File: "c.ru", Line: 4, Column: 5}, Subject: server.SubjectOrigins, Value: "https://myapp.com, /x/"},
		{Position: at, Subject: server.SubjectMethods, Where: "/a/*", Value: "GET"},
		{Position: at, Subject: server.SubjectHeaders, Where: "/a/*", Value: "a, b"},
		{Position: at, Subject: server.SubjectCredentials, Where: "/a/*", Value: "true"},
		{Position: at, Subject: server.SubjectMaxAge, Where: "/a/*", Value: "7200"},
	})
}

// TestNotMine refuses a file without a policy and without an application.
func TestNotMine(t *testing.T) {
	for _, text := range []string{"x = 1", "use Rack::Head", "run Unseen"} {
		_, err := load(t.Context(), server.Source{Name: "config.ru", Text: text})
		_, ok := errors.AsType[*server.InputError](err)
		assert.Check(t, ok, "%s: %v", text, err)
	}
}

// TestSinatra asks applications of Sinatra.
func TestSinatra(t *testing.T) {
	const classic = "require 'sinatra'\n"
	get := request("GET", "/api/users?x=1", "Origin: https://myapp.com")
	for text, want := range map[string]string{
		classic + "before { headers 'Vary' => 'A' }\nget('/api/:id') { |id| headers 'Allow' => id; 'x' }":                                                                              "200\nvary: A\nallow: users",
		classic + "after { response['Vary'] = response.status.to_s }\nget('/') { }":                                                                                                    "404\nvary: 404",
		classic + "get('/api/*') { halt 401, { 'Vary' => params['splat'].first }, 'x' }":                                                                                               "401\nvary: users",
		classic + "get('/api/users') { pass }\nget(%r{/api/(u.*)}) { |x| status 202; headers 'Vary' => x }":                                                                            "202\nvary: users",
		classic + "get('/api/users/?') { params['x'] == '1' ? 204 : 500 }":                                                                                                             "204",
		classic + "get('/api/users') { raise ArgumentError }\nerror(ArgumentError) { headers 'Vary' => 'E'; 418 }":                                                                     "418\nvary: E",
		classic + "get('/api/users') { raise 'x' }":                                                                                                                                    "500",
		classic + "set :allowed, ['https://myapp.com']\nhelpers { def ok? = settings.allowed.include?(request.env['HTTP_ORIGIN']) }\nbefore { response.headers['Vary'] = 'Y' if ok? }": "404\nvary: Y",
		classic + "post('/api/users') { 'x' }":                                                                                                                                         "404",
		classic + "register Sinatra::CrossOrigin\nget('/api/users') { 'x' }":                                                                                                           "app.rb:2:1: what the extension Sinatra::CrossOrigin does is not known; write its headers in the routes",
		"require 'sinatra/base'\nclass A < Sinatra::Base\n  before { headers 'Vary' => 'A' }\nend\nclass B < A\n  get('/api/users') { redirect '/x' }\nend":                            "302\nvary: A",
		"require 'sinatra/base'\nclass A < Sinatra::Base\n  configure(:development) { set :x, 1 }\n  get('/api/users') { settings.respond_to?(:x) ? 500 : 200 }\nend":                  "200",
	} {
		src := server.Source{Name: "app.rb", Text: text, Env: map[string]string{"RACK_ENV": "production"}, EnvComplete: true}
		assert.Equal(t, answerOf(t, src, get), want, text)
	}
}

// TestApplicationInOneFile runs a Rails application that is in config.ru: its class
// answers, and the routes that are appended come after the others.
func TestApplicationInOneFile(t *testing.T) {
	src := server.Source{Name: "config.ru", Text: `require 'action_controller/railtie'
require 'rack/cors'
class App < Rails::Application
  config.hosts.clear
  config.middleware.insert_before(0, Rack::Cors) { allow { origins 'https://myapp.com'; resource '*' } }
  routes.append { match '/users', to: ->(_env) { [200, {}, []] }, via: :all }
  routes.append { match '/*rest', to: ->(_env) { [418, {}, []] }, via: :all }
end
App.initialize!
run App
`}
	for path, status := range map[string]string{"/users": "200", "/missing": "418"} {
		got := answerOf(t, src, request("GET", path, "Origin: https://myapp.com"))
		assert.Check(t, strings.HasPrefix(got, status+"\n") && strings.Contains(got, "access-control-allow-origin: https://myapp.com"), got)
	}
}

// TestSameMeaning changes what means nothing and compares the answers.
func TestSameMeaning(t *testing.T) {
	text := head + "    origins 'https://myapp.com', 'https://b.example'\n    resource '*', headers: :any, methods: [:get, :put], credentials: true\n  end\nend\nrun ->(env) { [200, {}, []] }\n"
	r := request("OPTIONS", "/", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT")
	want := answerOf(t, server.Source{Name: "config.ru", Text: text}, r)
	assert.Check(t, strings.Contains(want, "access-control-allow-credentials: true"), want)
	for name, change := range map[string]*strings.Replacer{
		"comments":   strings.NewReplacer("\n", " # x\n"),
		"indents":    strings.NewReplacer("    ", ""),
		"quotes":     strings.NewReplacer("'", `"`),
		"bom":        strings.NewReplacer("require", "\ufeffrequire"),
		"crlf":       strings.NewReplacer("\n", "\r\n"),
		"rockets":    strings.NewReplacer("headers: ", ":headers => ", "methods: ", ":methods => "),
		"words":      strings.NewReplacer("[:get, :put]", "%i[get put]"),
		"brackets":   strings.NewReplacer("origins 'https://myapp.com', 'https://b.example'", "origins(['https://b.example', 'https://myapp.com'])"),
		"braces":     strings.NewReplacer("use Rack::Cors do", "use(Rack::Cors) {", "allow do", "allow {", "  end\nend", "  }\n}"),
		"parameters": strings.NewReplacer("Rack::Cors do", "Rack::Cors do |c|", "allow do", "c.allow do |a|", "origins", "a.origins", "resource", "a.resource"),
		"constants":  strings.NewReplacer("require 'rack/cors'", "LIST = %w[https://myapp.com].freeze", "'https://myapp.com'", "*LIST"),
	} {
		assert.Equal(t, answerOf(t, server.Source{Name: "config.ru", Text: change.Replace(text)}, r), want, name)
	}
}

// TestHostile reads texts that are made to take long.
func TestHostile(t *testing.T) {
	files := fstest.MapFS{"a.rb": {Data: []byte("require_relative 'a'\nrequire './a'")}}
	for name, text := range map[string]string{
		"loop": "while true; end", "until": "until false do x = 1 end", "recursion": "def f; f; end\nf", "blocks": strings.Repeat("[1].each { ", 100_000),
		"brackets": "x = " + strings.Repeat("[", 100_000), "strings": "a = 'x'\nloop { a = a + a }", "arrays": "a = [1]\nloop { a = a + a }", "lambda": "f = ->(x) { f.call(x) }\nf.call(1)",
		"require": "require_relative 'a'", "times": "1000000000.times { |i| i }", "repeat": "'x' * 1000000000", "long": strings.Repeat("x = 1\n", 50_000), "interpolation": strings.Repeat(`"#{`, 20_000),
		"range": "(1..1000000000).each { |x| x }", "heredoc": strings.Repeat("<<~A\n", 20_000), "push": "a = []\nloop { a << a }\n", "ends": strings.Repeat("if x\n", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			m, err := load(t.Context(), server.Source{Name: "config.ru", Text: text + "\n" + head + "origins '*'\nresource '*'\nend\nend\n", Files: files})
			if err == nil {
				_, err = m.Answer(t.Context(), request("GET", "/", "Origin: https://myapp.com"))
			}
			if err != nil {
				assert.Check(t, !strings.Contains(err.Error(), "\n") && len(err.Error()) < 600, "%s", err)
			}
		})
	}
}

// FuzzLoad reads any text and asks it once.
func FuzzLoad(f *testing.F) {
	f.Add(head + "origins *ENV.fetch('O', '').split(','), /x/i\nresource '/a/:b', headers: %w[a], if: proc { |e| e['A'] }\nend\nend\nrun ->(e) { [200, {}, []] }")
	f.Add("module A\n class B < C\n  def self.x(a, b: 1, *c) = a&.y { |z| z + 1 }\n end\nend\ncase x when 1 then 2 else 3 end")
	f.Add("Rails.application.config.middleware.insert_before 0, Rack::Cors do allow do origins '*' ; resource '*' end end")
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		m, err := load(ctx, server.Source{Name: "config.ru", Text: text})
		if err != nil {
			return
		}
		// Only a panic or a hang is a fault here.
		_, _ = m.Answer(ctx, request("GET", "/a", "Origin: https://myapp.com"))
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(b.Context(), server.Source{Name: "config.ru", Text: head + "origins 'https://myapp.com'\nresource '*'\nend\nend\n"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnswer(b *testing.B) {
	m, err := load(b.Context(), server.Source{Name: "config.ru", Text: head + "origins 'https://myapp.com'\nresource '*'\nend\nend\n"})
	if err != nil {
		b.Fatal(err)
	}
	r := request("GET", "/api", "Origin: https://myapp.com")
	for b.Loop() {
		if _, err := m.Answer(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
}

// TestBeginsAnew asks a program that changes what it loaded: each answer is that of the
// program as it was loaded.
func TestBeginsAnew(t *testing.T) {
	for name, app := range map[string]string{
		"a constant": "SEEN = []\nrun ->(env) { SEEN << 1; [200, { 'Vary' => SEEN.size.to_s }, []] }",
		"a hash":     "SEEN = {}\nrun ->(env) { n = SEEN.size.to_s; SEEN[env['PATH_INFO']] = 1; [200, { 'Vary' => n + 'x' }, []] }",
		"a variable": "n = 0\nrun ->(env) { n += 1; [200, { 'Vary' => n.to_s }, []] }",
		"a class":    "class A; @@n = 0; def self.n = @@n += 1; end\nrun ->(env) { [200, { 'Vary' => A.n.to_s }, []] }",
		"a global":   "$n = 0\nrun ->(env) { $n += 1; [200, { 'Vary' => $n.to_s }, []] }",
		"a method":   "class A; def self.vary = 'x'; end\nrun ->(env) { v = A.vary; A.class_eval { def self.vary = 'y' }; [200, { 'Vary' => v }, []] }",
		"unknown":    "LIST = Config.on ? ['a'] : ['b']\nrun ->(env) { LIST << 'c'; [LIST.size == 2 ? 200 : 500, { 'Vary' => 'x' }, []] }",
	} {
		m, err := load(t.Context(), server.Source{Name: "config.ru", Text: app})
		assert.NilError(t, err, name)
		want := ""
		for i := range 4 {
			a, err := m.Answer(t.Context(), request("GET", "/a"))
			assert.NilError(t, err, name)
			vary, _ := a.Header.Get("Vary")
			got := strconv.Itoa(a.Status) + vary
			if i == 0 {
				want = got
			}
			assert.Equal(t, got, want, name)
			assert.Check(t, strings.HasPrefix(got, "200"), "%s: %s", name, got)
		}
	}
}

// TestManyAtOnce asks one program from several goroutines.
func TestManyAtOnce(t *testing.T) {
	m, err := load(t.Context(), server.Source{Name: "config.ru", Text: head + "origins 'https://myapp.com', proc { |o, _| o.include?('xy') }\nresource '*'\nend\nend\nrun ->(e) { [200, {}, []] }\n"})
	assert.NilError(t, err)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			origin := []string{"https://myapp.com", "https://xy.example", "https://xz.example"}[i%3]
			for range 20 {
				a, err := m.Answer(t.Context(), request("GET", "/a", "Origin: "+origin))
				if err != nil {
					t.Error(err)
					return
				}
				_, allowed := a.Header.Get("Access-Control-Allow-Origin")
				assert.Check(t, allowed == (i%3 != 2))
			}
		})
	}
	all.Wait()
}
