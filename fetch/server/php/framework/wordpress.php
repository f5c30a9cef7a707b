<?php
// What a plugin or a theme of WordPress sees of WordPress, and how a request goes
// through its hooks.
define('ABSPATH', '/'); define('WPINC', 'wp-includes'); define('WP_CONTENT_DIR', '/wp-content'); define('WP_DEBUG', false);

class __Hooks { public static $all = []; public static $count = 0; public static $did = []; public static $server; }
class WP { public $query_vars = []; public function __call($name, $args) { return __unknown('$wp->' . $name . '()'); } }
class WP_Error { public function __construct(public $code = '', public $message = '', public $data = []) {} public function __call($name, $args) { return __unknown('WP_Error->' . $name . '()'); } }
class WP_REST_Request {
	private $method; private $route;
	public function __construct($method = '', $route = '') { $this->method = $method; $this->route = $route; }
	public function get_method() { return $this->method; }
	public function get_route() { return $this->route; }
	public function get_header($key) { return $_SERVER['HTTP_' . strtoupper(str_replace('-', '_', $key))] ?? null; }
	public function get_headers() { return getallheaders(); }
	public function __call($name, $args) { return __unknown('$request->' . $name . '()'); }
}
class WP_HTTP_Response {
	protected $headers; protected $status; protected $data;
	public function __construct($data = null, $status = 200, $headers = []) { $this->data = $data; $this->status = $status; $this->headers = $headers; }
	public function header($key, $value, $replace = true) { $this->headers[$key] = $replace || !isset($this->headers[$key]) ? $value : $this->headers[$key] . ', ' . $value; }
	public function set_headers($headers) { $this->headers = $headers; }
	public function get_headers() { return $this->headers; }
	public function set_status($code) { $this->status = $code; }
	public function get_status() { return $this->status; }
	public function set_data($data) { $this->data = $data; }
	public function get_data() { return $this->data; }
	public function is_error() { return $this->status >= 400; }
	public function __call($name, $args) { return __outside('response->' . $name . '()', $args); }
}
class WP_REST_Response extends WP_HTTP_Response {}
class WP_REST_Server {
	const READABLE = 'GET'; const CREATABLE = 'POST'; const EDITABLE = 'POST, PUT, PATCH'; const DELETABLE = 'DELETE'; const ALLMETHODS = 'GET, POST, PUT, PATCH, DELETE';
	public $routes = [];
	public function send_header($key, $value) { header($key . ': ' . preg_replace('/\s+/', ' ', $value)); }
	public function send_headers($headers) { foreach ($headers as $k => $v) { $this->send_header($k, $v); } }
	public function remove_header($key) { header_remove($key); }
	public function set_status($code) { status_header($code); }
	public function __call($name, $args) { return __unknown('$server->' . $name . '()'); }
}

function add_filter($hook, $callback, $priority = 10, $accepted = 1) { __Hooks::$all[$hook][] = [$priority, __Hooks::$count++, $callback, $accepted]; return true; }
function add_action($hook, $callback, $priority = 10, $accepted = 1) { return add_filter($hook, $callback, $priority, $accepted); }
function remove_filter($hook, $callback, $priority = 10) {
	foreach (__Hooks::$all[$hook] ?? [] as $i => $h) { if ($h[0] == $priority && $h[2] === $callback) { unset(__Hooks::$all[$hook][$i]); return true; } }
	return false;
}
function remove_action($hook, $callback, $priority = 10) { return remove_filter($hook, $callback, $priority); }
function remove_all_filters($hook, $priority = false) {
	foreach (__Hooks::$all[$hook] ?? [] as $i => $h) { if ($priority === false || $h[0] == $priority) { unset(__Hooks::$all[$hook][$i]); } }
	return true;
}
function remove_all_actions($hook, $priority = false) { return remove_all_filters($hook, $priority); }
function has_filter($hook, $callback = false) {
	foreach (__Hooks::$all[$hook] ?? [] as $h) { if ($callback === false) { return true; } if ($h[2] === $callback) { return $h[0]; } }
	return false;
}
function has_action($hook, $callback = false) { return has_filter($hook, $callback); }
function did_action($hook) { return __Hooks::$did[$hook] ?? 0; }
// __next returns the callback that comes after one, in the order of priorities; a hook
// can change while it runs.
function __next($hook, $last) {
	$best = null;
	foreach (__Hooks::$all[$hook] ?? [] as $h) {
		$after = $last === null || $h[0] > $last[0] || $h[0] == $last[0] && $h[1] > $last[1];
		if ($after && ($best === null || $h[0] < $best[0] || $h[0] == $best[0] && $h[1] < $best[1])) { $best = $h; }
	}
	return $best;
}
function __first($args, $n) { $out = []; foreach ($args as $i => $v) { if ($i < $n) { $out[] = $v; } } return $out; }
function apply_filters($hook, $value, ...$args) {
	for ($h = __next($hook, null); $h !== null; $h = __next($hook, $h)) { $value = call_user_func_array($h[2], __first([$value, ...$args], $h[3])); }
	return $value;
}
function apply_filters_ref_array($hook, $args) { return apply_filters($hook, ...$args); }
function do_action($hook, ...$args) {
	__Hooks::$did[$hook] = did_action($hook) + 1;
	if (!$args) { $args = ['']; }
	for ($h = __next($hook, null); $h !== null; $h = __next($hook, $h)) { call_user_func_array($h[2], __first($args, $h[3])); }
}
function do_action_ref_array($hook, $args) { do_action($hook, ...$args); }

function __return_true() { return true; }
function __return_false() { return false; }
function __return_null() { return null; }
function __return_empty_array() { return []; }
function __return_empty_string() { return ''; }
function __($text) { return $text; }
function is_admin() { return false; }
function is_user_logged_in() { return empty($_COOKIE) ? false : __unknown('whether a user is logged in'); }
function wp_doing_ajax() { return str_ends_with(explode('?', $_SERVER['REQUEST_URI'])[0], '/wp-admin/admin-ajax.php'); }
function status_header($code) { http_response_code($code); }
function nocache_headers() { }
function wp_unslash($value) { return $value; }
function sanitize_text_field($value) { return trim($value); }
function esc_attr($value) { return $value; }
function esc_html($value) { return $value; }
function sanitize_url($url) {
	if ($url === '' || $url === null) { return ''; }
	if (!str_contains($url, ':') && !in_array($url[0], ['/', '#', '?'])) { return 'http://' . $url; }
	return preg_match('#^(https?|ftps?)://#i', $url) ? $url : '';
}
function esc_url_raw($url) { return sanitize_url($url); }
function esc_url($url) { return sanitize_url($url); }
function untrailingslashit($value) { return rtrim($value, '/\\'); }
function trailingslashit($value) { return untrailingslashit($value) . '/'; }
function wp_parse_url($url, $part = -1) { return parse_url($url, $part); }
function wp_json_encode($value) { return json_encode($value); }
function wp_send_json($value, $status = null) { if ($status) { status_header($status); } exit; }
function wp_send_json_success($value = null, $status = null) { wp_send_json($value, $status); }
function wp_send_json_error($value = null, $status = null) { wp_send_json($value, $status); }
function wp_die(...$args) { __status(__unknown('the status of wp_die()')); exit; }
function rest_ensure_response($value) { return $value instanceof WP_HTTP_Response ? $value : new WP_REST_Response($value); }
function rest_url($path = '') { return __unknown('rest_url()'); }
function get_option($name, $default = false) { return __unknown("get_option('" . $name . "')"); }
function home_url($path = '') { return __unknown('home_url()'); }
function site_url($path = '') { return __unknown('site_url()'); }
function get_site_url() { return __unknown('get_site_url()'); }
function get_home_url() { return __unknown('get_home_url()'); }
function wp_get_environment_type() { return __unknown('wp_get_environment_type()'); }
function current_user_can($what) { return is_user_logged_in(); }
function register_activation_hook($file, $callback) { }
function register_deactivation_hook($file, $callback) { }
function add_shortcode($name, $callback) { }
function register_post_type($name, $args = []) { }
function register_taxonomy($name, $of, $args = []) { }
function register_rest_field($of, $name, $args = []) { }
function rest_get_server() { return __Hooks::$server; }
function register_rest_route($space, $route, $args = [], $override = false) {
	foreach (isset($args['callback']) ? [$args] : $args as $k => $a) {
		if (is_int($k) && isset($a['callback'])) { rest_get_server()->routes[] = ['/' . trim($space, '/') . '/' . trim($route, '/'), $a['methods'] ?? 'GET', $a['callback']]; }
	}
	return true;
}

function get_http_origin() { return apply_filters('http_origin', $_SERVER['HTTP_ORIGIN'] ?? ''); }
function get_allowed_http_origins() { $host = $_SERVER['HTTP_HOST'] ?? ''; return apply_filters('allowed_http_origins', ['http://' . $host, 'https://' . $host]); }
function is_allowed_http_origin($origin = null) {
	$given = $origin;
	if ($origin === null) { $origin = get_http_origin(); }
	if ($origin && !in_array($origin, get_allowed_http_origins(), true)) { $origin = ''; }
	return apply_filters('allowed_http_origin', $origin, $given);
}
function send_origin_headers() {
	$origin = get_http_origin();
	if (is_allowed_http_origin($origin)) {
		__header('Access-Control-Allow-Origin: ' . $origin);
		__header('Access-Control-Allow-Credentials: true');
		if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { exit; }
		return $origin;
	}
	if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { status_header(403); exit; }
	return false;
}
function rest_send_cors_headers($value) {
	$origin = get_http_origin();
	if ($origin) {
		if ($origin !== 'null') { $origin = sanitize_url($origin); }
		__header('Access-Control-Allow-Origin: ' . $origin);
		__header('Access-Control-Allow-Methods: OPTIONS, GET, POST, PUT, PATCH, DELETE');
		__header('Access-Control-Allow-Credentials: true');
		__header('Vary: Origin', false);
	} elseif (!headers_sent() && $_SERVER['REQUEST_METHOD'] === 'GET' && !is_user_logged_in()) {
		__header('Vary: Origin', false);
	}
	return $value;
}
function rest_handle_options_request($response, $server, $request) {
	return !empty($response) || $request->get_method() !== 'OPTIONS' ? $response : new WP_REST_Response();
}
function rest_api_default_filters() {
	add_filter('rest_pre_serve_request', 'rest_send_cors_headers');
	add_filter('rest_pre_dispatch', 'rest_handle_options_request', 10, 3);
}

// __route returns the route of a request to the REST API; null for other requests.
function __route() {
	$path = rawurldecode(explode('?', $_SERVER['REQUEST_URI'])[0]);
	if (isset($_GET['rest_route'])) { return $_GET['rest_route']; }
	return preg_match('#^/(index\.php/)?wp-json(/.*)?$#', $path, $m) ? rtrim($m[2] ?? '', '/') : null;
}
function __rest() {
	$route = __route();
	if ($route === null) { return; }
	define('REST_REQUEST', true);
	$server = new WP_REST_Server();
	__Hooks::$server = $server;
	do_action('rest_api_init', $server);
	$request = new WP_REST_Request($_SERVER['HTTP_X_HTTP_METHOD_OVERRIDE'] ?? $_SERVER['REQUEST_METHOD'], $route === '' ? '/' : $route);
	__header('Access-Control-Expose-Headers: ' . implode(', ', apply_filters('rest_exposed_cors_headers', ['X-WP-Total', 'X-WP-TotalPages', 'Link'], $request)));
	__header('Access-Control-Allow-Headers: ' . implode(', ', apply_filters('rest_allowed_cors_headers', ['Authorization', 'X-WP-Nonce', 'Content-Disposition', 'Content-MD5', 'Content-Type'], $request)));
	$result = apply_filters('rest_pre_dispatch', null, $server, $request);
	if (empty($result)) { $result = __dispatch($server, $request); }
	$result = apply_filters('rest_post_dispatch', rest_ensure_response($result), $server, $request);
	$server->send_headers($result->get_headers());
	__status($result->get_status());
	apply_filters('rest_pre_serve_request', false, $result, $request, $server);
	exit;
}
// __dispatch runs the callback of a route when it names CORS headers; what others
// answer is not known.
function __dispatch($server, $request) {
	$result = null;
	foreach ($server->routes as $r) {
		if (__mentions($r[2]) && preg_match('@^' . $r[0] . '$@i', $request->get_route())) { $result = call_user_func($r[2], $request); break; }
	}
	$status = __unknown('what WordPress answers to ' . $_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI']);
	if ($result instanceof WP_HTTP_Response) { $result->set_status($status); return $result; }
	return new WP_REST_Response(null, $status);
}
add_action('rest_api_init', 'rest_api_default_filters', 10, 1);
add_action('parse_request', '__rest');

function __serve($none) {
	$wp = new WP();
	foreach (['muplugins_loaded', 'plugins_loaded', 'setup_theme', 'after_setup_theme', 'init', 'wp_loaded'] as $hook) { do_action($hook); }
	$unknown = __unknown('what WordPress answers to ' . $_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI']);
	if (wp_doing_ajax()) {
		send_origin_headers();
		__status($unknown);
		do_action('admin_init');
		return;
	}
	do_action('parse_request', $wp);
	__status($unknown);
	foreach (apply_filters('wp_headers', [], $wp) as $k => $v) { header($k . ': ' . $v); }
	foreach (['send_headers', 'wp'] as $hook) { do_action($hook, $wp); }
	foreach (['template_redirect', 'wp_head'] as $hook) { do_action($hook); }
}
