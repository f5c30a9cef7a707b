<?php
namespace Mini;
class App implements RequestHandler {
    private array $mw = []; private array $routes = [];
    public function add(callable $m): self { array_unshift($this->mw, $m); return $this; }
    public function __call(string $m, array $a) { return $this->map([strtoupper($m)], ...$a); }
    public function map(array $methods, string $path, callable $h): self {
        $re = '#^' . preg_replace_callback('/\{(\w+)(?::([^}]+))?\}/', fn ($x) => '(?P<' . $x[1] . '>' . ($x[2] ?? '[^/]+') . ')', $path) . '$#';
        foreach ($methods as $m) $this->routes[] = compact('m', 're', 'h');
        return $this;
    }
    public function handle(Request $r): Response {
        foreach ($this->routes as ['m' => $m, 're' => $re, 'h' => $h]) if ($m === $r->method && preg_match($re, $r->path)) return $h($r, new Response());
        return (new Response())->withStatus(405);
    }
    public function run(): void {
        $next = $this;
        foreach (array_reverse($this->mw) as $m) $next = new class($m, $next) implements RequestHandler { public function __construct(private $m, private $next) {} public function handle(Request $r): Response { return ($this->m)($r, $this->next); } };
        $res = $next->handle(Request::fromGlobals());
        http_response_code($res->status);
        foreach ($res->headers as $n => $vs) foreach ($vs as $i => $v) header("$n: $v", $i === 0);
        echo $res->body;
    }
}
interface RequestHandler { public function handle(Request $r): Response; }
class Request { private function __construct(public readonly string $method, public readonly string $path, private array $h) {} public static function fromGlobals(): self { return new self($_SERVER['REQUEST_METHOD'], explode('?', $_SERVER['REQUEST_URI'])[0], getallheaders()); }
    public function getHeaderLine(string $n): string { foreach ($this->h as $k => $v) if (!strcasecmp($k, $n)) return $v; return ''; } }
class Response { public int $status = 200; public array $headers = []; public string $body = '';
    public function withHeader($n, $v) { $c = clone $this; $c->headers[$n] = (array) $v; return $c; }
    public function withAddedHeader($n, $v) { $c = clone $this; $c->headers[$n][] = $v; return $c; }
    public function withStatus(int $s): static { $c = clone $this; $c->status = $s; return $c; }
    public function withJson($d) { $c = $this->withHeader('Content-Type', 'application/json'); $c->body = json_encode($d); return $c; } }
