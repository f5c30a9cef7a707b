package php

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// middlewareOf returns a middleware with some statements in its method handle.
func middlewareOf(body string) string {
	return "<?php\n\nnamespace App\\Http\\Middleware;\n\nuse Closure;\nuse Illuminate\\Http\\Request;\nuse Symfony\\Component\\HttpFoundation\\Response;\n\nclass Cors\n{\n    protected $allowed = ['https://myapp.com', 'https://b.example'];\n\n" +
		"    // Access-Control-Allow-Origin\n    public function handle(Request $request, Closure $next)\n    {\n" + body + "\n    }\n}\n"
}

// TestMiddleware asks middleware for a preflight and for an actual request.
func TestMiddleware(t *testing.T) {
	preflight := request("OPTIONS", "/api/users", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type")
	get := request("GET", "/api/users?x=1", "Origin: https://myapp.com")
	other := request("GET", "/api/users", "Origin: https://evil.example")
	const everyone = "access-control-allow-origin: *"
	for _, c := range []struct {
		name, body string
		r          *server.Request
		want       string
	}{
		{"headers of what next returns", `return $next($request)->header('Access-Control-Allow-Origin', '*')->header('Access-Control-Allow-Methods', 'GET, PUT');`, get,
			"?200\n" + everyone + "\naccess-control-allow-methods: GET, PUT"},
		{"the same for a preflight", `return $next($request)->header('Access-Control-Allow-Origin', '*');`, preflight, "?200\n" + everyone},
		{"methods as arguments of their own", `return $next($request)->header('Access-Control-Allow-Origin', '*')->header('Access-Control-Allow-Methods', 'GET', 'POST', 'PUT');`, get,
			"?200\n" + everyone + "\naccess-control-allow-methods: GET"},
		{"headers->set", `$response = $next($request); $response->headers->set('Access-Control-Allow-Origin', '*'); $response->headers->set('Vary', 'Origin', false); return $response;`, get,
			"?200\n" + everyone + "\nvary: Origin"},
		{"a header that is set twice", `$response = $next($request); $response->headers->set('access_control-allow-origin', 'x'); $response->headers->set('Access-Control-Allow-Origin', '*'); return $response;`, get, "?200\n" + everyone},
		{"two values", `$r = $next($request); $r->headers->set('Access-Control-Allow-Origin', ['https://a.example', 'https://b.example']); return $r;`, get,
			"?200\naccess-control-allow-origin: https://a.example\naccess-control-allow-origin: https://b.example"},
		{"true is not a text", `return $next($request)->header('Access-Control-Allow-Origin', '*')->header('Access-Control-Allow-Credentials', true);`, get, "?200\n" + everyone + "\naccess-control-allow-credentials: 1"},
		{"a preflight that is answered here", `$headers = ['Access-Control-Allow-Origin' => '*', 'Access-Control-Max-Age' => 60]; if ($request->isMethod('options')) { return response()->json('{"method":"OPTIONS"}', 200, $headers); } return $next($request);`,
			preflight, "200\n" + everyone + "\naccess-control-max-age: 60"},
		{"no headers for other methods", `$headers = ['Access-Control-Allow-Origin' => '*']; if ($request->isMethod('OPTIONS')) { return response()->json('ok', 200, $headers); } return $next($request);`, get, "?200"},
		{"status 204 with headers", `if ($request->getMethod() === "OPTIONS") { return response('', 204)->withHeaders(['Access-Control-Allow-Origin' => $request->header('Origin'), 'Access-Control-Allow-Headers' => $request->header('Access-Control-Request-Headers')]); } return $next($request);`,
			preflight, "204\naccess-control-allow-origin: https://myapp.com\naccess-control-allow-headers: content-type"},
		{"no content", `return response()->noContent()->header('Access-Control-Allow-Origin', '*');`, preflight, "204\n" + everyone},
		{"a new response", `$r = new Response('', Response::HTTP_ACCEPTED, ['Access-Control-Allow-Origin' => '*']); return $r;`, preflight, "202\n" + everyone},
		{"a list", `$origin = $request->headers->get('Origin'); $response = $next($request); if (in_array($origin, $this->allowed)) { $response->headers->set('Access-Control-Allow-Origin', $origin); } return $response;`, get,
			"?200\naccess-control-allow-origin: https://myapp.com"},
		{"a list without the origin", `$origin = $request->headers->get('Origin'); $response = $next($request); if (in_array($origin, $this->allowed)) { $response->headers->set('Access-Control-Allow-Origin', $origin); } return $response;`, other, "?200"},
		{"header() itself", `header('Access-Control-Allow-Origin: *'); return $next($request);`, get, "?200\n" + everyone},
		{"header() and the response", `header('Access-Control-Allow-Origin: *'); return $next($request)->header('Access-Control-Allow-Origin', '*');`, get, "?200\n" + everyone + "\n" + everyone},
		{"an end", `header('Access-Control-Allow-Origin: *'); if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') { http_response_code(204); exit; } return $next($request);`, preflight, "204\n" + everyone},
		{"abort", `if (!in_array($request->header('origin'), $this->allowed)) { abort(403); } return $next($request)->header('Access-Control-Allow-Origin', '*');`, other, "403"},
		{"a path", `$r = $next($request); if ($request->is('api/*')) { $r->header('Access-Control-Allow-Origin', '*'); } return $r;`, get, "?200\n" + everyone},
		{"the status of the application", `$r = $next($request); if ($r->getStatusCode() == 200) { $r->header('Access-Control-Allow-Origin', '*'); } return $r;`, get,
			"Cors.php:16:6: what the application answers to GET /api/users?x=1 is not known"},
		{"the environment", `return $next($request)->header('Access-Control-Allow-Origin', env('FRONTEND'));`, get, "Cors.php:16:63: the environment variable FRONTEND is not known; give it with --env FRONTEND=…"},
		{"a setting", `return $next($request)->header('Access-Control-Allow-Origin', config('app.frontend'));`, get, "Cors.php:16:63: config('app.frontend') is not known; give it with --set config.app.frontend=…"},
		{"nothing is returned", `$next($request)->header('Access-Control-Allow-Origin', '*');`, get, "Cors.php:1:1: what Laravel makes of a middleware that returns no response is not known"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := server.Source{Name: "Cors.php", Text: middlewareOf(c.body)}
			assert.Equal(t, recogniseLaravel(src.Name, src.Text), server.Certain)
			assert.Equal(t, recognise(src.Name, src.Text), server.NotMine)
			assert.Equal(t, laravelAnswer(t, src, c.r), c.want)
			spaced := strings.NewReplacer("(", " ( ", ";", " ; /* ' */ ", "->", " // x\n -> ").Replace(c.body)
			if !strings.Contains(c.want, "Cors.php") {
				src.Text = middlewareOf(spaced)
				assert.Equal(t, laravelAnswer(t, src, c.r), c.want)
			}
		})
	}
}

// TestMiddlewareModel says where the decisions stand and what is taken for granted.
func TestMiddlewareModel(t *testing.T) {
	src := server.Source{Name: "Cors.php", Text: middlewareOf("        return $next($request)\n            ->header('Access-Control-Allow-Origin', '*');")}
	m, err := loadLaravel(t.Context(), src)
	assert.NilError(t, err)
	assert.Equal(t, len(m.Policy), 1)
	assert.Equal(t, m.Policy[0].Position.Line, 17)
	assert.Equal(t, m.Policy[0].Value, "*")
	assert.Equal(t, m.Assumptions[1].Position.Line, 9)
	a, err := m.Answer(t.Context(), request("GET", "/", "Origin: https://myapp.com"))
	assert.NilError(t, err)
	assert.Equal(t, a.Decided[0].Position.Line, 17)
	assert.Equal(t, a.Decided[0].Text, "the response gets Access-Control-Allow-Origin: *")
}
