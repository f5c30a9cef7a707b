<?php
namespace App;
class Router {
    protected array $routes = [];
    public function on(string $methods, string $re, callable $f): static { $this->routes[] = compact('methods', 're', 'f'); return $this; }
    public function run(string $method, string $path): string {
        foreach ($this->routes as ['methods' => $ms, 're' => $re, 'f' => $f]) {
            if (in_array($method, explode('|', $ms)) && preg_match($re, $path, $m)) return (string) $f($m);
        }
        throw new \DomainException('no route');
    }
}
