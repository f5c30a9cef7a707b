package php

import (
	"strings"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// laravelOf returns config/cors.php with some options changed: "name => value".
func laravelOf(changes ...string) string {
	text := "<?php\n\nreturn [\n    'paths' => ['api/*', 'sanctum/csrf-cookie'],\n    'allowed_methods' => ['*'],\n    'allowed_origins' => ['*'],\n    'allowed_origins_patterns' => [],\n" +
		"    'allowed_headers' => ['*'],\n    'exposed_headers' => [],\n    'max_age' => 0,\n    'supports_credentials' => false,\n];\n"
	for _, c := range changes {
		name, v, _ := strings.Cut(c, " => ")
		from := strings.Index(text, "'"+name+"' => ") + len(name) + 6
		to := from + strings.Index(text[from:], "\n")
		text = text[:from] + v + "," + text[to:]
	}
	return text
}

// laravelAnswer returns an answer in words.
func laravelAnswer(t *testing.T, src server.Source, r *server.Request) string {
	t.Helper()
	m, err := loadLaravel(t.Context(), src)
	if err != nil {
		return err.Error()
	}
	a, err := m.Answer(t.Context(), r)
	if err != nil {
		return err.Error()
	}
	status := toString(int64(a.Status))
	if a.StatusUnknown != nil {
		status = "?" + status
	}
	return strings.TrimSpace(status + "\n" + worlds.Lines(a))
}

// TestLaravel asks policies for a preflight and for an actual request.
func TestLaravel(t *testing.T) {
	preflight := request("OPTIONS", "/api/users", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type")
	get := request("GET", "/api/users", "Origin: https://myapp.com")
	const rest = "\naccess-control-allow-methods: PUT\naccess-control-allow-headers: content-type\naccess-control-max-age: 0"
	const echo = "204\naccess-control-allow-origin: https://myapp.com\nvary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
	for _, c := range []struct {
		name    string
		changes []string
		r       *server.Request
		want    string
	}{
		{"the file as it comes", nil, preflight, "204\naccess-control-allow-origin: *\nvary: Access-Control-Request-Method, Access-Control-Request-Headers" + rest},
		{"the file as it comes, not a preflight", nil, get, "?200\naccess-control-allow-origin: *"},
		{"another path", nil, request("GET", "/login", "Origin: https://myapp.com"), "?200"},
		{"one origin", []string{"allowed_origins => ['https://a.example']"}, get, "?200\naccess-control-allow-origin: https://a.example"},
		{"two origins", []string{"allowed_origins => ['https://a.example', 'https://myapp.com']"}, get, "?200\naccess-control-allow-origin: https://myapp.com\nvary: Origin"},
		{"two others", []string{"allowed_origins => ['https://a.example', 'https://b.example']"}, get, "?200\nvary: Origin"},
		{"two others, a preflight", []string{"allowed_origins => ['https://a.example', 'https://b.example']"}, preflight, "204\nvary: Origin, Access-Control-Request-Method"},
		{"everyone with credentials", []string{"supports_credentials => true"}, preflight, strings.Replace(echo, "\nvary", "\nvary", 1) + "\naccess-control-allow-credentials: true" + rest},
		{"a wildcard", []string{"allowed_origins => ['https://*.com']"}, get, "?200\naccess-control-allow-origin: https://myapp.com\nvary: Origin"},
		{"a pattern", []string{"allowed_origins => []", "allowed_origins_patterns => ['#^https://my\\w+\\.com$#']"}, get, "?200\naccess-control-allow-origin: https://myapp.com\nvary: Origin"},
		{"a pattern that is none", []string{"allowed_origins => []", "allowed_origins_patterns => ['*']"}, get, "500"},
		{"lists", []string{"allowed_methods => ['get', 'PUT']", "allowed_headers => ['X-A', 'Content-Type']", "max_age => 60", "allowed_origins => ['https://a.example']"}, preflight,
			"204\naccess-control-allow-origin: https://a.example\naccess-control-allow-methods: GET, PUT\naccess-control-allow-headers: x-a, content-type\naccess-control-max-age: 60\nvary: Access-Control-Request-Method"},
		{"exposed headers", []string{"exposed_headers => ['X-A', 'X-B']"}, get, "?200\naccess-control-allow-origin: *\naccess-control-expose-headers: X-A, X-B"},
		{"the environment", []string{"allowed_origins => explode(',', env('ORIGINS', ''))"}, get, "cors.php:6:39: the environment variable ORIGINS is not known; give it with --env ORIGINS=…"},
		{"a setting of another file", []string{"allowed_origins => [env('FRONTEND', 'x'), 'https://b.example']"}, get, "cors.php:6:27: the environment variable FRONTEND is not known; give it with --env FRONTEND=…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := server.Source{Name: "cors.php", Text: laravelOf(c.changes...)}
			assert.Equal(t, recogniseLaravel(src.Name, src.Text), server.Certain)
			assert.Equal(t, recognise(src.Name, src.Text), server.NotMine)
			assert.Equal(t, laravelAnswer(t, src, c.r), c.want)
		})
	}
}

// TestLaravelEnv takes values from .env and from the environment.
func TestLaravelEnv(t *testing.T) {
	src := server.Source{
		Name: "config/cors.php", Text: laravelOf("allowed_origins => array_filter(array_map('trim', explode(',', env('ORIGINS', 'https://z.example'))))", "supports_credentials => env('CREDS', false)"),
		Files: fstest.MapFS{".env": {Data: []byte("# x\nORIGINS=\"https://a.example, https://myapp.com\" # y\nCREDS=true\n")}}, EnvComplete: true,
	}
	get := request("GET", "/api/users", "Origin: https://myapp.com")
	assert.Equal(t, laravelAnswer(t, src, get), "?200\naccess-control-allow-origin: https://myapp.com\nvary: Origin\naccess-control-allow-credentials: true")
	src.Env = map[string]string{"ORIGINS": "https://q.example", "CREDS": "false"}
	assert.Equal(t, laravelAnswer(t, src, get), "?200\naccess-control-allow-origin: https://q.example")
}
