<?php
namespace App\Middleware;
class JsonMiddleware { public function process($req, callable $next) { return $next($req)->withHeader('Content-Type', 'application/json'); } }
