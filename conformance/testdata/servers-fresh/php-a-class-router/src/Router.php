<?php
namespace App\Http;

class Router
{
    /** @var array<string, array<string, callable>> */
    protected array $routes = [];

    public function __call($name, $args)
    {
        [$path, $handler] = $args;
        $this->routes[strtoupper($name)][$path] = $handler;
        return $this;
    }

    public function dispatch(string $method, string $path): void
    {
        $method = $method === 'HEAD' ? 'GET' : $method;
        $handler = $this->routes[$method][$path] ?? null;
        if ($handler) {
            $handler()->send();
            return;
        }
        $allowed = [];
        foreach ($this->routes as $m => $paths) {
            if (isset($paths[$path])) {
                $allowed[] = $m;
            }
        }
        if ($allowed) {
            header('Allow: ' . implode(', ', $allowed));
            Response::json(['error' => 'method not allowed'], 405)->send();
            return;
        }
        Response::json(['error' => 'not found'], 404)->send();
    }
}
