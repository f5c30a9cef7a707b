package nginx_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nginx"
)

func loadText(t testing.TB, text string) *server.Model {
	t.Helper()
	m, err := nginx.Reader().Load(t.Context(), server.Source{Name: "api.conf", Text: text})
	assert.NilError(t, err)
	return m
}

func get(method, target string, header ...string) *server.Request {
	out := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}}
	for i := 0; i < len(header); i += 2 {
		out.Header = append(out.Header, fetch.Header{Name: header[i], Value: header[i+1]})
	}
	return out
}

// answer returns the status and the lines that a browser's check of CORS reads.
func answer(t testing.TB, m server.Answerer, req *server.Request) string {
	t.Helper()
	a, err := m.Answer(t.Context(), req)
	if err != nil {
		return err.Error()
	}
	out := []string{}
	for _, h := range a.Header {
		switch lower := fetch.ByteLowercase(h.Name); {
		case strings.HasPrefix(lower, "access-control-"), lower == "vary", lower == "location":
			out = append(out, lower+": "+h.Value)
		}
	}
	status := statusText(a)
	return strings.Join(append([]string{status}, out...), "\n")
}

func statusText(a *server.Answer) string {
	if a.StatusUnknown != nil {
		return "?"
	}
	return string(rune('0'+a.Status/100)) + string(rune('0'+a.Status/10%10)) + string(rune('0'+a.Status%10))
}

// A part of a configuration is completed.
func TestFragments(t *testing.T) {
	for text, want := range map[string]string{
		"add_header Access-Control-Allow-Origin * always;":                                                        "200\naccess-control-allow-origin: *",
		"location / { add_header Access-Control-Allow-Origin *; return 200; }":                                    "200\naccess-control-allow-origin: *",
		"server { location / { add_header Access-Control-Allow-Origin *; return 200; } }":                         "200\naccess-control-allow-origin: *",
		"map $http_origin $o { default x; } add_header Access-Control-Allow-Origin $o;":                           "200\naccess-control-allow-origin: x",
		"map $http_origin $o { default x; } location / { add_header Access-Control-Allow-Origin $o; return 200;}": "200\naccess-control-allow-origin: x",
		"listen 80; add_header Access-Control-Allow-Origin *; return 200;":                                        "200\naccess-control-allow-origin: *",
		"http { server { return 200; add_header Access-Control-Allow-Origin *; } }":                               "200\naccess-control-allow-origin: *",
	} {
		m := loadText(t, text)
		assert.Check(t, m.Fragment, text)
		assert.Check(t, len(m.Assumptions) > 0, text)
		assert.Equal(t, answer(t, m, get("GET", "/api", "Origin", "https://a.example")), want, text)
	}
}

// What is not given is not guessed.
func TestUnknown(t *testing.T) {
	for text, want := range map[string]string{
		"add_header Access-Control-Allow-Origin $cors;":                                                                    "api.conf:1:1: the value of $cors is not known; give the file that defines it with --file, or its value with --set cors=…",
		"add_header Access-Control-Allow-Origin $geoip_country_code;":                                                      "api.conf:1:1: the value of $geoip_country_code is not known; give it with --set geoip_country_code=…",
		"add_header X-Id $request_id; add_header Access-Control-Allow-Origin *;":                                           "200\naccess-control-allow-origin: *",
		"server { include cors.conf; return 200; }":                                                                        "api.conf:1:10: the content of cors.conf is not known; give it with --file",
		"location / { root /srv/www; add_header Access-Control-Allow-Origin * always; }":                                   "?\naccess-control-allow-origin: *",
		"location / { root /srv/www; add_header Access-Control-Allow-Origin *; }":                                          "api.conf:1:14: whether /srv/www/api exists is not known; give the files with --file",
		"location / { if ($geoip_city = x) { return 403; } add_header Access-Control-Allow-Origin * always; return 200; }": "?\naccess-control-allow-origin: *",
		"server { gzip on; gzip_vary on; location / { root /srv; add_header Access-Control-Allow-Origin * always; error_page 404 =200 /x; } location /x { default_type text/html; return 200 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; add_header Access-Control-Allow-Origin * always; } }": "?\naccess-control-allow-origin: *",
		"location / { if ($geoip_city = x) { set $a 1; } return 200; }": "200",
	} {
		assert.Equal(t, answer(t, loadText(t, text), get("GET", "/api")), want, text)
	}
}

// A text with a mistake is recognised too, so that the mistake is told.
func TestRecognise(t *testing.T) {
	for text, want := range map[string]server.Confidence{
		"server { listen 80; location / { proxy_pass http://a; } }":    server.Certain,
		"server { listen 80; location / { proxy_pass http://a; } } }":  server.Likely,
		"server { listen 80; location / { proxy_pass http://a; }":      server.Certain,
		"const app = express();\napp.listen(80);":                      server.NotMine,
		"from flask import Flask\napp = Flask(__name__)":               server.NotMine,
		"example.com {\n  header Access-Control-Allow-Origin *\n}":     server.NotMine,
		"<VirtualHost *:80>\nHeader set Access-Control-Allow-Origin *": server.NotMine,
	} {
		assert.Equal(t, nginx.Reader().Recognise("x", text), want, text)
	}
}

// A value that the text leaves open can be given.
func TestSet(t *testing.T) {
	m, err := nginx.Reader().Load(t.Context(), server.Source{
		Name: "api.conf", Text: "allow 10.0.0.0/8; deny all; add_header Access-Control-Allow-Origin https://$geoip_city;",
		Set: map[string]string{"geoip_city": "x.example", "remote_addr": "10.1.2.3"},
	})
	assert.NilError(t, err)
	assert.Equal(t, answer(t, m, get("GET", "/")), "200\naccess-control-allow-origin: https://x.example")
}

// The rules of versions differ.
func TestVersions(t *testing.T) {
	const text = "server { add_header Access-Control-Allow-Origin *; location / { add_header_inherit merge; add_header X-A b; return 200; } }"
	load := func(version string) (*server.Model, error) {
		src := server.Source{Name: "api.conf", Text: text}
		if version != "" {
			src.Versions = map[string]string{"nginx": version}
		}
		return nginx.Reader().Load(t.Context(), src)
	}
	_, err := load("1.22.1")
	assert.Error(t, err, `api.conf:1:65: unknown directive "add_header_inherit"`)
	for _, version := range []string{"1.29.3", ""} {
		m, err := load(version)
		assert.NilError(t, err)
		assert.Equal(t, answer(t, m, get("GET", "/")), "200\naccess-control-allow-origin: *")
		assert.Equal(t, m.Versions[0].Version, "1.29.3")
	}
	joined := loadText(t, "add_header Access-Control-Allow-Origin $http_x always;")
	assert.Equal(t, answer(t, joined, get("GET", "/", "X", "a", "X", "b")), "200\naccess-control-allow-origin: a")
}

// Regular expressions have what package regexp lacks.
func TestExpressions(t *testing.T) {
	for _, test := range []struct{ pattern, text, want string }{
		{`^/(?!api)(\w+)$`, "/docs", "docs"}, {`^/(?!api)(\w+)$`, "/apis", ""},
		{`(\w+)(?<!evil)\.com$`, "https://good.com", "good"}, {`(?<!evil)(\.com)$`, "https://evil.com", ""},
		{`^(a++)b`, "aab", "aa"}, {`^(?>(a|ab))c`, "abc", ""}, {`^(..)\1$`, "abab", "ab"},
		{`(?i)^/(?!x)(API)`, "/api", "api"}, {`(?=.*\d)^/([[:alpha:]]{2,3}?)`, "/abc1", "ab"},
	} {
		m := loadText(t, "location / { set $x ''; if ($http_x ~ \""+strings.ReplaceAll(test.pattern, `\`, `\\`)+"\") { set $x $1; } add_header Access-Control-Allow-Origin $x; return 200; }")
		want := "200"
		if test.want != "" {
			want += "\naccess-control-allow-origin: " + test.want
		}
		assert.Equal(t, answer(t, m, get("GET", "/", "X", test.text)), want, test.pattern)
	}
	slow := loadText(t, `location ~ ^/(?!x)((a+)+)+$ { return 200; } location / { return 404; }`)
	assert.Check(t, strings.Contains(answer(t, slow, get("GET", "/"+strings.Repeat("a", 60)+"!")), "too many steps"))
}

// nginx's own messages.
func TestStartErrors(t *testing.T) {
	for text, want := range map[string]string{
		"server { listen 80\n location / { } }":                            `"location" directive is not allowed here`,
		"server { location / { add_header A b c; } }":                      `invalid parameter "c"`,
		"server { location / { add_header A; } }":                          `invalid number of arguments in "add_header" directive`,
		"server { location / { add_header A b } }":                         `unexpected "}"`,
		"server { location / { return 200; }":                              `unexpected end of file, expecting "}"`,
		"server { location / { add_header A 'b'c; } }":                     `unexpected "c"`,
		"server { location / { add_header A 'b; } }":                       `unexpected end of file, expecting ";" or "}"`,
		"server { if ($http_origin) { add_header A b; } }":                 `"add_header" directive is not allowed here`,
		"server { location / { } location / { } }":                         `duplicate location "/"`,
		"server { location / { proxy_pass http://a:99999; } }":             `invalid port in upstream "a:99999"`,
		"events {} http { server { add_header A $nothing; } }":             `unknown "nothing" variable`,
		"server { location / { rewrite ^ /a b; } }":                        `invalid parameter "b"`,
		"server { location / { fooo bar; } }":                              `unknown directive "fooo"`,
		"server { location ~ ^/a { proxy_pass http://localhost:3000/; } }": `"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block`,
	} {
		_, err := nginx.Reader().Load(t.Context(), server.Source{Name: "nginx.conf", Text: text})
		start, ok := errors.AsType[*server.StartError](err)
		if text == "server { listen 80\n location / { } }" {
			assert.Assert(t, err != nil, text)
			continue
		}
		assert.Assert(t, ok, "%s: %v", text, err)
		assert.Equal(t, start.Message, want, text)
	}
}

// Texts that mean the same get the same answers.
func TestSameMeaning(t *testing.T) {
	const text = `server { listen 80; location / {
		add_header Access-Control-Allow-Origin $http_origin always;
		if ($request_method = OPTIONS) { return 204; }
		proxy_pass http://localhost:3000; } location /x { return 404; } }`
	ways := map[string]string{
		"comments":   strings.ReplaceAll(text, ";", "; # a } comment {\n"),
		"spaces":     strings.ReplaceAll(text, " ", " \t\r\n "),
		"quotes":     strings.NewReplacer("$http_origin", `"$http_origin"`, "OPTIONS)", "'OPTIONS')").Replace(text),
		"braces":     strings.ReplaceAll(text, "$http_origin", "${http_origin}"),
		"directives": strings.ReplaceAll(text, "listen 80;", "keepalive_timeout 65; listen 80; access_log off;"),
		"order":      strings.ReplaceAll(strings.ReplaceAll(text, "proxy_pass http://localhost:3000;", ""), "location / {", "location / { proxy_pass http://localhost:3000;"),
	}
	first := loadText(t, text)
	for name, other := range ways {
		m := loadText(t, other)
		for _, req := range []*server.Request{get("GET", "/"), get("OPTIONS", "/", "Origin", "https://a.example"), get("POST", "/x", "Origin", "null")} {
			assert.Equal(t, answer(t, m, req), answer(t, first, req), name)
		}
	}
}

// Each answer names the lines that decided it.
func TestDecided(t *testing.T) {
	m := loadText(t, "server {\nlocation /api {\nadd_header Access-Control-Allow-Origin *;\nreturn 404;\n} }")
	a, err := m.Answer(t.Context(), get("GET", "/api"))
	assert.NilError(t, err)
	var lines []int
	for _, d := range a.Decided {
		lines = append(lines, d.Position.Line)
	}
	assert.DeepEqual(t, lines, []int{2, 4, 3})
	assert.Equal(t, a.Decided[2].Text, "add_header Access-Control-Allow-Origin without always does not apply to this status")
}

// Hostile texts end quickly with an error.
func TestHostile(t *testing.T) {
	files := fstest.MapFS{"a.conf": {Data: []byte("include b.conf;")}, "b.conf": {Data: []byte("include a.conf; include b.conf;")}}
	for name, text := range map[string]string{
		"deep":    strings.Repeat("location / { ", 100_000),
		"circle":  "include a.conf;",
		"large":   strings.Repeat("add_header A b;\n", 300_000),
		"long":    "add_header A " + strings.Repeat("x", 1<<20) + ";",
		"nothing": "",
		"binary":  "\x00\xff{;}",
	} {
		_, err := nginx.Reader().Load(t.Context(), server.Source{Name: "x.conf", Text: text, Files: files})
		assert.Check(t, err != nil || name == "nothing", name)
		if err != nil {
			assert.Check(t, !strings.Contains(err.Error(), "\n"), name)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("server { listen 80; location / { add_header A \"$http_origin\" always; if ($a ~ b) { return 204; } } }")
	f.Add("map $http_origin $o { default ''; ~^https://(.*)$ $1; } server { add_header A $o; }")
	f.Add("location ~ ^/(?!a)(b*+)$ { rewrite ^ /x? last; } try_files $uri @a;")
	f.Fuzz(func(t *testing.T, text string) {
		nginx.Reader().Recognise("x", text)
		m, err := nginx.Reader().Load(context.Background(), server.Source{Name: "x", Text: text})
		if err != nil {
			return
		}
		for _, target := range []string{"/", "/b", "/a/../b?x=%41"} {
			_, _ = m.Answer(context.Background(), get("GET", target, "Origin", "https://a.example"))
		}
	})
}

const benchText = `map $http_origin $cors { default ""; ~^https://(.+\.)?myapp\.com$ $http_origin; }
server { listen 80; server_name api.example.com; add_header X-A b;
location / { add_header Access-Control-Allow-Origin $cors always; add_header Vary Origin always;
if ($request_method = OPTIONS) { return 204; } proxy_pass http://localhost:3000; } }
`

func BenchmarkLoad(b *testing.B) {
	text := benchText + strings.Repeat("server { listen 80; server_name a; location / { proxy_pass http://b; } }\n", 196)
	b.ReportAllocs()
	for b.Loop() {
		_, err := nginx.Reader().Load(b.Context(), server.Source{Name: "x.conf", Text: text})
		assert.NilError(b, err)
	}
}

func BenchmarkAnswer(b *testing.B) {
	m := loadText(b, benchText)
	for _, method := range []string{"GET", "OPTIONS"} {
		b.Run(method, func(b *testing.B) {
			req := get(method, "/api/users", "Origin", "https://myapp.com")
			b.ReportAllocs()
			for b.Loop() {
				_, err := m.Answer(b.Context(), req)
				assert.NilError(b, err)
			}
		})
	}
}
