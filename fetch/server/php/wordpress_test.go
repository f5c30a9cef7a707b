package php

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// inOrder returns lines in the order of their letters.
func inOrder(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestWordPress asks plugins for a preflight and for an actual request.
func TestWordPress(t *testing.T) {
	preflight := request("OPTIONS", "/wp-json/wp/v2/posts", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type")
	get := request("GET", "/wp-json/wp/v2/posts?per_page=1", "Origin: https://myapp.com")
	page := request("GET", "/about/", "Origin: https://myapp.com")
	ajax := request("POST", "/wp-admin/admin-ajax.php", "Origin: https://myapp.com")
	const always = "access-control-allow-headers: Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type"
	const expose = "access-control-expose-headers: X-WP-Total, X-WP-TotalPages, Link"
	const methods = "access-control-allow-methods: OPTIONS, GET, POST, PUT, PATCH, DELETE"
	const own = "access-control-allow-origin: https://myapp.com\nvary: Origin\naccess-control-allow-credentials: true\n" + methods + "\n" + always + "\n" + expose
	const removed = `add_action('rest_api_init', function () { remove_filter('rest_pre_serve_request', 'rest_send_cors_headers'); add_filter('rest_pre_serve_request', function ($value) { header('Access-Control-Allow-Origin: *'); return $value; }); }, 15);`
	for _, c := range []struct {
		name, code string
		r          *server.Request
		want       string
	}{
		{"WordPress itself", `add_action('init', '__return_true');`, get, "?200\n" + own},
		{"WordPress itself, a preflight", `add_action('init', '__return_true');`, preflight, "200\n" + own},
		{"WordPress itself, a page", `add_action('init', '__return_true');`, page, "?200"},
		{"WordPress itself, admin-ajax", `add_action('init', '__return_true');`, ajax, "?200"},
		{"the REST API by its query", `add_action('init', '__return_true');`, request("GET", "/?rest_route=/wp/v2/posts", "Origin: https://myapp.com"), "?200\n" + own},
		{"another filter in its place", removed, get, "?200\naccess-control-allow-origin: *\n" + always + "\n" + expose},
		{"too early to remove the filter", strings.Replace(removed, "}, 15)", "}, 5)", 1), get, "?200\n" + own},
		{"a filter of another priority is not removed", strings.Replace(removed, "_cors_headers')", "_cors_headers', 11)", 1), get, "?200\naccess-control-allow-origin: *\nvary: Origin\naccess-control-allow-credentials: true\n" + methods + "\n" + always + "\n" + expose},
		{"init", `add_action('init', 'cors'); function cors() { header('Access-Control-Allow-Origin: *'); if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { status_header(204); exit(); } }`, preflight, "204\naccess-control-allow-origin: *"},
		{"init, and WordPress replaces it", `add_action('init', 'cors'); function cors() { header('Access-Control-Allow-Origin: *'); }`, get, "?200\n" + own},
		{"send_headers does not run for the REST API", `add_action('send_headers', function () { header('Access-Control-Allow-Origin: *'); });`, get, "?200\n" + own},
		{"send_headers of a page", `add_action('send_headers', function () { header('Access-Control-Allow-Origin: *'); });`, page, "?200\naccess-control-allow-origin: *"},
		{"wp_headers", `add_filter('wp_headers', function ($headers) { $headers['Access-Control-Allow-Origin'] = '*'; return $headers; });`, page, "?200\naccess-control-allow-origin: *"},
		{"allowed headers", `add_filter('rest_allowed_cors_headers', function ($h) { $h[] = 'X-A'; return $h; });`, preflight, "200\n" + strings.Replace(own, "Content-Type\n", "Content-Type, X-A\n", 1)},
		{"an origin for admin-ajax", `add_filter('allowed_http_origins', function ($o) { $o[] = 'https://myapp.com'; return $o; });`, ajax, "?200\naccess-control-allow-origin: https://myapp.com\naccess-control-allow-credentials: true"},
		{"a preflight for admin-ajax", `add_filter('allowed_http_origins', function ($o) { $o[] = 'https://b.example'; return $o; });`, request("OPTIONS", "/wp-admin/admin-ajax.php", "Origin: https://myapp.com"), "403"},
		{"a class", `class P { function __construct() { add_filter('rest_pre_serve_request', [$this, 'cors'], 20); } function cors($v) { header_remove('Access-Control-Allow-Credentials'); return $v; } } new P;`, get, "?200\n" + strings.Replace(own, "access-control-allow-credentials: true\n", "", 1)},
		{"a callback of a route", `add_action('rest_api_init', function () { register_rest_route('a/v1', '/b', ['methods' => 'GET', 'callback' => 'b']); remove_filter('rest_pre_serve_request', 'rest_send_cors_headers'); }); function b($r) { header('Access-Control-Allow-Origin: *'); return []; }`,
			request("GET", "/wp-json/a/v1/b", "Origin: https://myapp.com"), "?200\naccess-control-allow-origin: *\n" + always + "\n" + expose},
		{"an option", `add_action('init', function () { if (get_option('cors')) { header('Access-Control-Allow-Origin: *'); } });`, page, "cors.php:1:44: get_option('cors') is not known"},
		{"functions of WordPress that are not run", `add_theme_support('a'); add_action('send_headers', function () { wp_cache_flush(); header('Access-Control-Allow-Origin: *'); });`, page, "?200\naccess-control-allow-origin: *"},
		{"a function that decides", `add_action('send_headers', function () { if (is_ssl()) { header('Access-Control-Allow-Origin: *'); } });`, page, "cors.php:1:52: the value of is_ssl() (it is not run) is not known"},
		{"a function that may call one with headers", `my_hook('send_headers', function () { header('Access-Control-Allow-Origin: *'); }); add_action('init', '__return_true');`, page, "cors.php:1:7: the value of my_hook() (it is not run) is not known"},
		{"no direct access", `if (!defined('ABSPATH')) { exit; } add_action('send_headers', function () { header('Access-Control-Allow-Origin: *'); });`, page, "?200\naccess-control-allow-origin: *"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := server.Source{Name: "cors.php", Text: "<?php " + c.code}
			assert.Equal(t, recognise(src.Name, src.Text), server.Certain)
			assert.Equal(t, inOrder(answerOf(t, src, c.r)), inOrder(c.want))
			if !strings.Contains(c.want, "cors.php") {
				src.Text = "<?php\n" + strings.NewReplacer("(", " ( /* ; */ ", ";", " ;\n# x\n").Replace(c.code)
				assert.Equal(t, inOrder(answerOf(t, src, c.r)), inOrder(c.want))
			}
		})
	}
}

// TestIsWordPress tells the hooks of WordPress from others.
func TestIsWordPress(t *testing.T) {
	for text, want := range map[string]bool{
		"add_action('init', 'f');": true, "\\add_filter ('x', 'f');": true, "$hooks->add_action('init', 'f');": false, "Hooks::add_filter('x', 'f');": false,
		"my_add_action('x');": false, "function add_action($x) {} add_action('x');": false, "// add_action": false,
	} {
		assert.Equal(t, isWordPress(text), want, text)
	}
}
