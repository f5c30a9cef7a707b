<?php
// What a middleware of Laravel sees of the framework.
namespace Symfony\Component\HttpFoundation;

class HeaderBag {
	public $lines = [];
	protected $names = [];
	private static function key($name) { return str_replace('_', '-', strtolower($name)); }
	public function set(string $key, string|array|null $values, bool $replace = true) {
		$k = self::key($key);
		$list = is_array($values) ? array_values($values) : [$values];
		$this->names[$k] = $key;
		$this->lines[$k] = $replace || !isset($this->lines[$k]) ? $list : array_merge($this->lines[$k], $list);
	}
	public function add(array $headers) { foreach ($headers as $k => $v) { $this->set($k, $v); } }
	public function replace(array $headers = []) { $this->lines = []; $this->add($headers); }
	public function has($key) { return isset($this->lines[self::key($key)]); }
	public function get($key, $default = null) { $k = self::key($key); return isset($this->lines[$k]) ? ($this->lines[$k][0] ?? null) : $default; }
	public function contains($key, $value) { return in_array($value, $this->lines[self::key($key)] ?? []); }
	public function remove($key) { unset($this->lines[self::key($key)]); }
	public function keys() { return array_keys($this->lines); }
	public function all($key = null) { return $key === null ? $this->lines : ($this->lines[self::key($key)] ?? []); }
	public function __call($name, $args) { return __outside('headers->' . $name . '()', $args); }
}
class ResponseHeaderBag extends HeaderBag {
	public function set(string $key, string|array|null $values, bool $replace = true) {
		__note($key, $values);
		parent::set($key, $values, $replace);
	}
	public function remove($key) { __removed($key); parent::remove($key); }
	public function setCookie($cookie) {}
	public function sent() { foreach ($this->lines as $k => $list) { foreach ($list as $v) { __send($this->names[$k], $v); } } }
}
class ServerBag {
	public function get($key, $default = null) { return $_SERVER[$key] ?? $default; }
	public function has($key) { return isset($_SERVER[$key]); }
	public function all() { return $_SERVER; }
	public function __call($name, $args) { return __outside('server->' . $name . '()', $args); }
}
class Response {
	const HTTP_OK = 200; const HTTP_CREATED = 201; const HTTP_ACCEPTED = 202; const HTTP_NO_CONTENT = 204; const HTTP_MOVED_PERMANENTLY = 301; const HTTP_FOUND = 302;
	const HTTP_BAD_REQUEST = 400; const HTTP_UNAUTHORIZED = 401; const HTTP_FORBIDDEN = 403; const HTTP_NOT_FOUND = 404; const HTTP_METHOD_NOT_ALLOWED = 405; const HTTP_NOT_ACCEPTABLE = 406;
	const HTTP_UNPROCESSABLE_ENTITY = 422; const HTTP_TOO_MANY_REQUESTS = 429; const HTTP_INTERNAL_SERVER_ERROR = 500; const HTTP_SERVICE_UNAVAILABLE = 503;
	public $headers;
	protected $content;
	protected $statusCode;
	public function __construct($content = '', $status = 200, $headers = []) {
		$this->headers = new ResponseHeaderBag();
		$this->content = $content;
		$this->statusCode = $status;
		$this->headers->add(__known($headers) ? $headers : __lose($headers));
	}
	public function header($key, $values, $replace = true) { $this->headers->set($key, $values, $replace); return $this; }
	public function withHeaders($headers) { $this->headers->add($headers instanceof HeaderBag ? $headers->all() : $headers); return $this; }
	public function withoutHeader($key) { foreach ((array) $key as $k) { $this->headers->remove($k); } return $this; }
	public function setVary($headers, $replace = true) { $this->headers->set('Vary', $headers, $replace); return $this; }
	public function hasVary() { return $this->headers->has('Vary'); }
	public function setStatusCode($code, $text = null) { $this->statusCode = $code; return $this; }
	public function getStatusCode() { return $this->statusCode; }
	public function status() { return $this->statusCode; }
	public function setContent($content) { $this->content = $content; return $this; }
	public function getContent() { return $this->content; }
	public function content() { return $this->content; }
	public function setData($content = []) { $this->content = $content; return $this; }
	public function cookie($cookie) { return $this; }
	public function withCookie($cookie) { return $this; }
	public function send() { __status($this->statusCode); $this->headers->sent(); return $this; }
	public function sendHeaders() { return $this->send(); }
	public function __call($name, $args) { return __outside('response->' . $name . '()', $args); }
}
class JsonResponse extends Response {}
class RedirectResponse extends Response {
	public function __construct($to = '', $status = 302, $headers = []) { parent::__construct('', $status, $headers); $this->headers->set('Location', $to); }
	public function __call($name, $args) { return $this; }
}
class StreamedResponse extends Response {}
class BinaryFileResponse extends Response {}

namespace Symfony\Component\HttpKernel\Exception;

class HttpException extends \RuntimeException {
	protected $statusCode; protected $headers;
	public function __construct($statusCode, $message = '', $previous = null, $headers = [], $code = 0) { parent::__construct($message, $code, $previous); $this->statusCode = $statusCode; $this->headers = $headers; }
	public function getStatusCode() { return $this->statusCode; }
	public function getHeaders() { return $this->headers; }
}
class AccessDeniedHttpException extends HttpException { public function __construct($message = '', $previous = null, $code = 0, $headers = []) { parent::__construct(403, $message, $previous, $headers, $code); } }
class NotFoundHttpException extends HttpException { public function __construct($message = '', $previous = null, $code = 0, $headers = []) { parent::__construct(404, $message, $previous, $headers, $code); } }
class BadRequestHttpException extends HttpException { public function __construct($message = '', $previous = null, $code = 0, $headers = []) { parent::__construct(400, $message, $previous, $headers, $code); } }

namespace Illuminate\Http;

class Response extends \Symfony\Component\HttpFoundation\Response {}
class JsonResponse extends \Symfony\Component\HttpFoundation\JsonResponse {}
class RedirectResponse extends \Symfony\Component\HttpFoundation\RedirectResponse {}
class Request {
	const METHOD_HEAD = 'HEAD'; const METHOD_GET = 'GET'; const METHOD_POST = 'POST'; const METHOD_PUT = 'PUT'; const METHOD_PATCH = 'PATCH'; const METHOD_DELETE = 'DELETE'; const METHOD_OPTIONS = 'OPTIONS';
	public $headers; public $server;
	public function __construct() {
		$this->headers = new \Symfony\Component\HttpFoundation\HeaderBag();
		$this->server = new \Symfony\Component\HttpFoundation\ServerBag();
		foreach (getallheaders() as $k => $v) { $this->headers->set($k, $v); }
	}
	public function header($key = null, $default = null) { return $key === null ? $this->headers->all() : $this->headers->get($key, $default); }
	public function hasHeader($key) { return $this->headers->has($key); }
	public function server($key = null, $default = null) { return $key === null ? $_SERVER : ($_SERVER[$key] ?? $default); }
	public function getRealMethod() { return strtoupper($_SERVER['REQUEST_METHOD']); }
	public function getMethod() { $m = $this->getRealMethod(); return $m === 'POST' ? strtoupper($this->headers->get('X-HTTP-METHOD-OVERRIDE', 'POST')) : $m; }
	public function method() { return $this->getMethod(); }
	public function isMethod($method) { return $this->getMethod() === strtoupper($method); }
	public function isMethodSafe() { return in_array($this->getMethod(), ['GET', 'HEAD', 'OPTIONS', 'TRACE']); }
	public function path() { $p = trim($this->getPathInfo(), '/'); return $p === '' ? '/' : $p; }
	public function decodedPath() { return rawurldecode($this->path()); }
	public function getPathInfo() { return explode('?', $_SERVER['REQUEST_URI'])[0]; }
	public function getRequestUri() { return $_SERVER['REQUEST_URI']; }
	public function is(...$patterns) {
		foreach ($patterns as $list) { foreach ((array) $list as $p) { if (__star($p, $this->decodedPath())) { return true; } } }
		return false;
	}
	public function segments() { return array_values(array_filter(explode('/', $this->decodedPath()), fn($s) => $s !== '')); }
	public function segment($index, $default = null) { return $this->segments()[$index - 1] ?? $default; }
	public function secure() { return isset($_SERVER['HTTPS']); }
	public function isSecure() { return $this->secure(); }
	public function getScheme() { return $this->secure() ? 'https' : 'http'; }
	public function getHttpHost() { return $this->headers->get('Host', ''); }
	public function httpHost() { return $this->getHttpHost(); }
	public function getHost() { return strtolower(preg_replace('/:\d+$/', '', $this->getHttpHost())); }
	public function host() { return $this->getHost(); }
	public function getSchemeAndHttpHost() { return $this->getScheme() . '://' . $this->getHttpHost(); }
	public function schemeAndHttpHost() { return $this->getSchemeAndHttpHost(); }
	public function root() { return $this->getSchemeAndHttpHost(); }
	public function url() { return rtrim($this->root() . $this->getPathInfo(), '/'); }
	public function fullUrl() { return $this->root() . $_SERVER['REQUEST_URI']; }
	public function ajax() { return $this->headers->get('X-Requested-With') === 'XMLHttpRequest'; }
	public function isXmlHttpRequest() { return $this->ajax(); }
	public function __get($name) { return __unknown('$request->' . $name); }
	public function __call($name, $args) { return __unknown('$request->' . $name . '()'); }
}

namespace Illuminate\Routing;

class ResponseFactory {
	public function make($content = '', $status = 200, $headers = []) { return new \Illuminate\Http\Response($content, $status, $headers); }
	public function noContent($status = 204, $headers = []) { return $this->make('', $status, $headers); }
	public function json($data = [], $status = 200, $headers = [], $options = 0) { return new \Illuminate\Http\JsonResponse($data, $status, $headers); }
	public function view($view, $data = [], $status = 200, $headers = []) { return $this->make('', $status, $headers); }
	public function redirectTo($path, $status = 302, $headers = []) { return new \Illuminate\Http\RedirectResponse($path, $status, $headers); }
	public function __call($name, $args) { return __outside('response()->' . $name . '()', $args); }
}

namespace Illuminate\Support\Facades;

class Response {
	public static function make($content = '', $status = 200, $headers = []) { return response()->make($content, $status, $headers); }
	public static function noContent($status = 204, $headers = []) { return response()->noContent($status, $headers); }
	public static function json($data = [], $status = 200, $headers = []) { return response()->json($data, $status, $headers); }
}
class Log { public static function __callStatic($name, $args) { return null; } }
class App { public static function environment(...$names) { return app()->environment(...$names); } }

namespace Illuminate\Support;

class Str {
	public static function is($pattern, $value) { foreach ((array) $pattern as $p) { if (__star($p, $value)) { return true; } } return false; }
	public static function contains($text, $needles) { foreach ((array) $needles as $n) { if ($n !== '' && str_contains($text, $n)) { return true; } } return false; }
	public static function startsWith($text, $needles) { foreach ((array) $needles as $n) { if ($n !== '' && str_starts_with($text, $n)) { return true; } } return false; }
	public static function endsWith($text, $needles) { foreach ((array) $needles as $n) { if ($n !== '' && str_ends_with($text, $n)) { return true; } } return false; }
}

namespace Illuminate\Foundation;

class Application {
	public function environment(...$names) {
		if (!$names) { return env('APP_ENV', 'production'); }
		return in_array(env('APP_ENV', 'production'), is_array($names[0]) ? $names[0] : $names);
	}
	public function isLocal() { return env('APP_ENV', 'production') === 'local'; }
	public function isProduction() { return env('APP_ENV', 'production') === 'production'; }
	public function __call($name, $args) { return __unknown('app()->' . $name . '()'); }
}

namespace Laravel;

function app($name = null) { return $name === null ? new \Illuminate\Foundation\Application() : __unknown('app(' . $name . ')'); }
function config($key = null, $default = null) { return __config($key); }
function logger(...$args) { return null; }
function info(...$args) { return null; }
function request() { return new \Illuminate\Http\Request(); }
function redirect($to = '', $status = 302, $headers = []) { return new \Illuminate\Http\RedirectResponse($to, $status, $headers); }
function response(...$args) {
	$factory = new \Illuminate\Routing\ResponseFactory();
	return $args ? $factory->make(...$args) : $factory;
}
function abort($code, $message = '', $headers = []) {
	if ($code instanceof \Symfony\Component\HttpFoundation\Response) { throw new \Illuminate\Http\Exceptions\HttpResponseException($code); }
	throw new \Symfony\Component\HttpKernel\Exception\HttpException($code, $message, null, $headers);
}
function abort_if($if, $code, $message = '', $headers = []) { if ($if) { abort($code, $message, $headers); } }
function abort_unless($if, $code, $message = '', $headers = []) { if (!$if) { abort($code, $message, $headers); } }

function __serve($class) {
	$behind = function ($request) {
		$what = 'what the application answers to ' . $_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI'];
		return new \Illuminate\Http\Response(__unknown($what), __unknown($what));
	};
	try {
		$response = __make($class)->handle(new \Illuminate\Http\Request(), $behind);
	} catch (\Symfony\Component\HttpKernel\Exception\HttpException $e) {
		$response = new \Illuminate\Http\Response('', $e->getStatusCode(), $e->getHeaders());
	} catch (\Illuminate\Http\Exceptions\HttpResponseException $e) {
		$response = $e->getResponse();
	}
	if (!__known($response)) { __lose($response); return; }
	if (is_string($response) || is_array($response)) { $response = new \Illuminate\Http\Response($response); }
	if (!($response instanceof \Symfony\Component\HttpFoundation\Response)) {
		__lose(__unknown('what Laravel makes of a middleware that returns no response'));
		return;
	}
	$response->send();
}

namespace Illuminate\Http\Exceptions;

class HttpResponseException extends \RuntimeException {
	protected $response;
	public function __construct($response) { $this->response = $response; }
	public function getResponse() { return $this->response; }
}
