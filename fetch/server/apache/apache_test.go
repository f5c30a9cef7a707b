package apache_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/apache"
)

// load reads a .htaccess file without anything else.
func load(t testing.TB, text string) *server.Model {
	m, err := apache.Reader().Load(t.Context(), server.Source{Name: ".htaccess", Text: text})
	assert.NilError(t, err)
	return m
}

// ask sends a request with an Origin; the result is the status and the CORS lines.
func ask(t testing.TB, m *server.Model, method, target, origin string) string {
	req := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}}
	if origin != "" {
		req.Header = append(req.Header, fetch.Header{Name: "Origin", Value: origin})
	}
	a, err := m.Answer(t.Context(), req)
	if err != nil {
		return err.Error()
	}
	out := []string{fmt.Sprint(a.Status)}
	for _, h := range a.Header {
		if l := fetch.ByteLowercase(h.Name); strings.HasPrefix(l, "access-control-") || l == "vary" || l == "location" {
			out = append(out, l+"="+h.Value)
		}
	}
	return strings.Join(out, " ")
}

func TestFragments(t *testing.T) {
	for _, c := range []struct{ name, text, method, want string }{
		{"bare line", `Header set Access-Control-Allow-Origin "*"`, "GET", "200 access-control-allow-origin=*"},
		{"colon", `Header add Access-Control-Allow-Origin: *`, "GET", "200 access-control-allow-origin=*"},
		{"preflight lost", "Header set Access-Control-Allow-Origin *\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^(.*)$ $1 [R=200,L]", "OPTIONS", "200"},
		{"preflight kept", "Header always set Access-Control-Allow-Origin *\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^(.*)$ $1 [R=204,L]", "OPTIONS", "204 access-control-allow-origin=*"},
		{"both tables", "Header set Access-Control-Allow-Origin *\nHeader always set Access-Control-Allow-Origin *", "GET", "200 access-control-allow-origin=* access-control-allow-origin=*"},
		{"variable of a program", `Header set Access-Control-Allow-Origin "%{HTTP_ORIGIN}e"`, "GET", "200 access-control-allow-origin=https://myapp.com"},
		{"not allowed", "Header set Access-Control-Allow-Origin *\nDocumentRoot /x", "GET", "500"},
		{"an unknown value", "Header set Access-Control-Allow-Origin ${ORIGIN}", "GET", ".htaccess:1:1: the variable ${ORIGIN} is not known; give it with --env ORIGIN=…"},
		{"an unknown value elsewhere", "Header set X-Test ${ORIGIN}\nHeader set Access-Control-Allow-Origin *", "GET", "200 access-control-allow-origin=*"},
		{"idle workers", `Header set Access-Control-Allow-Origin "%{Origin}i"`, "GET", ".htaccess:1:1: %i is not known"},
		{"vary of a condition", "RewriteEngine On\nRewriteCond %{HTTP:Origin} myapp\nRewriteRule ^ - [E=O:%{HTTP:Origin}]\nHeader set Access-Control-Allow-Origin %{O}e env=O", "GET", "200 vary=Origin access-control-allow-origin=https://myapp.com"},
		{"look-ahead", "<FilesMatch \"^(?!users)\">\nHeader set Access-Control-Allow-Origin *\n</FilesMatch>", "GET", "200"},
		{"forbidden", "Header always set Access-Control-Allow-Origin *\nRequire all denied", "GET", "403 access-control-allow-origin=*"},
		{"login", "Header set Access-Control-Allow-Origin *\nAuthType Basic\nAuthName x\nRequire valid-user", "OPTIONS", "401"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, ask(t, load(t, c.text), c.method, "/api/users", "https://myapp.com"), c.want)
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"site.conf", "<VirtualHost *:80>\nHeadr set X y\n</VirtualHost>", "site.conf:2:1: Headr is not a directive of a module that comes with the server; correct its name, or remove it if it belongs to a module of others"},
		{"site.conf", "<VirtualHost *:80>\nHeader sett X y\n</VirtualHost>", "site.conf:2:1: first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*'."},
		{"site.conf", "<VirtualHost *:80>\n<Directory /x>\n</VirtualHost>", "site.conf:3:1: Expected </Directory> but saw </VirtualHost>"},
		{"site.conf", "<VirtualHost *:80>", "site.conf:1:1: <VirtualHost> was not closed."},
		{"site.conf", "<VirtualHost *:80>\n<If \"%{HTTP_ORIGIN} == 'x'\">\n</If>\n</VirtualHost>", "site.conf:2:1: Cannot parse condition clause: Variable 'HTTP_ORIGIN' does not exist"},
		{"site.conf", "<VirtualHost *:80>\nInclude other.conf\n</VirtualHost>", "site.conf:2:1: the included file other.conf is not given; give it with --file, or remove the line"},
		{"site.conf", "LuaHookFixups /x.lua f\n<VirtualHost *:80>\n</VirtualHost>", "site.conf:1:1: module lua is not modelled; remove it to see the rest"},
		{"site.conf", "<VirtualHost *:80>\nRewriteRule (?<=x - [F]\n</VirtualHost>", ""},
	} {
		_, err := apache.Reader().Load(t.Context(), server.Source{Name: c.name, Text: c.text})
		assert.Assert(t, err != nil, c.text)
		if c.want != "" {
			assert.Error(t, err, c.want)
		}
	}
}

// TestVirtualHost reads a virtual host that proxies, with what is behind.
func TestVirtualHost(t *testing.T) {
	text := "<VirtualHost *:80>\n  ServerName api.example.com\n  ProxyPass / http://localhost:3000/\n  Header set Access-Control-Allow-Origin https://myapp.com\n</VirtualHost>\n"
	backend := server.Backend{{Status: 200, Header: fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "*"}}}}
	m, err := apache.Reader().Load(t.Context(), server.Source{Name: "site.conf", Text: text, Behind: []server.Behind{{Address: "127.0.0.1:3000", Server: backend}}})
	assert.NilError(t, err)
	assert.Equal(t, ask(t, m, "GET", "/", ""), "200 access-control-allow-origin=https://myapp.com")
	m, err = apache.Reader().Load(t.Context(), server.Source{Name: "site.conf", Text: text, Behind: []server.Behind{{Address: "127.0.0.1:3000"}}})
	assert.NilError(t, err)
	assert.Equal(t, ask(t, m, "GET", "/", ""), "503")
	assert.Equal(t, m.Policy[0].Value, "https://myapp.com, not on the server's own error documents")
	assert.Equal(t, m.Routes[0].Path, "/")
}

// TestMeaningless changes what has no meaning.
func TestMeaningless(t *testing.T) {
	text := "SetEnvIf Origin \"^https://myapp\\.com$\" O=$0\nHeader always set Access-Control-Allow-Origin \"%{O}e\" env=O\nHeader merge Vary Origin\n<Files users>\nHeader set Access-Control-Max-Age 5\n</Files>\n"
	want := ask(t, load(t, text), "GET", "/users", "https://myapp.com")
	assert.Equal(t, want, "200 access-control-allow-origin=https://myapp.com vary=Origin access-control-max-age=5")
	for name, f := range map[string]func(string) string{
		"comments":  func(s string) string { return strings.ReplaceAll(s, "\n", "\n# comment\n") },
		"spaces":    func(s string) string { return strings.ReplaceAll(s, "\n", "  \n\t ") },
		"newlines":  func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"quotes":    func(s string) string { return strings.ReplaceAll(s, `"`, `'`) },
		"case":      func(s string) string { return strings.ReplaceAll(s, "Header", "hEADER") },
		"joined":    func(s string) string { return strings.ReplaceAll(s, "set Access", "set \\\nAccess") },
		"module":    func(s string) string { return "<IfModule mod_headers.c>\n" + s + "</IfModule>\n" },
		"unrelated": func(s string) string { return "ServerSignature Off\n" + s + "ExpiresActive On\n" },
	} {
		assert.Equal(t, ask(t, load(t, f(text)), "GET", "/users", "https://myapp.com"), want, name)
	}
}

func TestHostile(t *testing.T) {
	circle := fstest.MapFS{"a.conf": {Data: []byte("Include a.conf\n")}}
	for name, src := range map[string]server.Source{
		"circle":  {Name: "a.conf", Text: "Include a.conf\nListen 80\n", Files: circle},
		"nesting": {Name: "a.conf", Text: strings.Repeat("<IfModule a.c>\n<Directory /x>\n", 50_000)},
		"size":    {Name: "a.conf", Text: strings.Repeat("x", 5<<20)},
		"many":    {Name: "a.conf", Text: strings.Repeat("Listen 80\n", 200_000)},
		"line":    {Name: "a.conf", Text: "Listen 80\n<If \"" + strings.Repeat("(", 100_000) + "\">\n</If>\n"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := apache.Reader().Load(t.Context(), src)
			assert.Assert(t, err != nil)
			assert.Assert(t, len(err.Error()) < 500, "%d", len(err.Error()))
			assert.Assert(t, !strings.Contains(err.Error(), "\n"))
		})
	}
}

// TestLoops asks for paths that are rewritten for ever.
func TestLoops(t *testing.T) {
	m := load(t, "RewriteEngine On\nRewriteRule ^(.*)$ x$1\nErrorDocument 500 /y\n")
	assert.Equal(t, ask(t, m, "GET", "/a", ""), "500")
	m = load(t, "RewriteEngine On\nRewriteRule ^(.*)$ $1a [N]\n")
	assert.Equal(t, ask(t, m, "GET", "/a", ""), "500")
}

func TestRecognise(t *testing.T) {
	for name, want := range map[string]server.Confidence{
		".htaccess": server.Certain, "httpd.conf": server.Certain, "sites-enabled/000-default.conf": server.Certain, "x.conf": server.Certain,
	} {
		assert.Equal(t, apache.Reader().Recognise(name, "<VirtualHost *:80>\n</VirtualHost>\n"), want, name)
	}
	assert.Equal(t, apache.Reader().Recognise("x.txt", "Header set Access-Control-Allow-Origin *\n"), server.Likely)
	assert.Equal(t, apache.Reader().Recognise("x.py", "import os\n"), server.NotMine)
}

// FuzzLoad reads any text and sends a request to what was read.
func FuzzLoad(f *testing.F) {
	f.Add(".htaccess", "Header set Access-Control-Allow-Origin *\nRewriteEngine On\nRewriteRule ^(.*)$ $1 [R=200,L]\n")
	f.Add("httpd.conf", "<VirtualHost *:80>\n<If \"%{HTTP:Origin} =~ /x/\">\nHeader edit* A \"(b)\" $1\n</If>\n</VirtualHost>\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		m, err := apache.Reader().Load(ctx, server.Source{Name: name, Text: text})
		if err != nil {
			_, isInput := errors.AsType[*server.InputError](err)
			_, isStart := errors.AsType[*server.StartError](err)
			assert.Assert(t, isInput || isStart || ctx.Err() != nil, "%v", err)
			return
		}
		ask(t, m, "OPTIONS", "/a/b.json", "https://myapp.com")
	})
}

const benchmarked = "SetEnvIf Origin \"^https://(myapp|otherapp)\\.com$\" O=$0\nHeader always set Access-Control-Allow-Origin \"%{O}e\" env=O\nHeader always merge Vary Origin\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} =OPTIONS\nRewriteRule ^ - [R=204,L]\n"

func BenchmarkAnswer(b *testing.B) {
	m := load(b, benchmarked)
	req := &server.Request{Method: "GET", Target: "/api/users", Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}, {Name: "Origin", Value: "https://myapp.com"}}}
	for b.Loop() {
		if _, err := m.Answer(b.Context(), req); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	text := strings.Repeat(benchmarked, 33)
	for b.Loop() {
		load(b, text)
	}
}
