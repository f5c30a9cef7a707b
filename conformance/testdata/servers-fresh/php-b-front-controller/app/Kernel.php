<?php
namespace App;
use App\Controllers\UserController;
class Kernel {
    private array $routes = [
        ['GET', '#^/api/users$#', [UserController::class, 'index']],
        ['GET', '#^/api/users/(?<id>\d+)$#', [UserController::class, 'show']],
        ['POST', '#^/api/users$#', [UserController::class, 'store']],
    ];
    public function handle(Request $r): Response {
        foreach ($this->routes as [$method, $pattern, $handler]) {
            if ($r->method === $method && preg_match($pattern, $r->path, $m)) {
                [$class, $action] = $handler;
                return call_user_func_array([new $class, $action], array_filter($m, 'is_string', ARRAY_FILTER_USE_KEY));
            }
        }
        return \response('{"error":"not found"}', 404);
    }
}
