<?php
namespace App;
class Request {
    public readonly string $method;
    public readonly string $path;
    public function __construct(private array $server, public array $query = [], public array $post = []) {
        $this->method = $server['REQUEST_METHOD'];
        $this->path = '/' . trim(strtok($server['REQUEST_URI'], '?'), '/');
    }
    public function header(string $name, ?string $default = null): ?string {
        $key = 'HTTP_' . strtoupper(str_replace('-', '_', $name));
        return $this->server[$key] ?? $default;
    }
    public function __get($n) { return $this->query[$n] ?? null; }
}
