<?php
namespace App\Middleware;
use App\Request, App\Response;
class CorsMiddleware {
    public function __construct(private array $origins) {}
    private function match(?string $origin): bool {
        if (!$origin) return false;
        foreach ($this->origins as $o) {
            if ($o === $origin) return true;
            if (str_contains($o, '*') && preg_match('/^https:\/\/' . str_replace('\*', '[^.]+', preg_quote($o, '/')) . '$/', $origin)) return true;
        }
        return false;
    }
    public function process(Request $req, callable $next): Response {
        $origin = $req->header('Origin');
        $ok = $this->match($origin);
        if ($req->method === 'OPTIONS') {
            $res = \response('', 204)->withHeader('Access-Control-Allow-Methods', 'GET,POST')->withHeader('Access-Control-Allow-Headers', $req->header('Access-Control-Request-Headers', '*'));
        } else {
            $res = $next($req);
        }
        if ($ok) $res = $res->withHeader('Access-Control-Allow-Origin', $origin)->withHeader('Access-Control-Allow-Credentials', 'true');
        return $res->withHeader('Vary', 'Origin');
    }
}
