<?php
function cors_headers(?string $origin): array {
    static $allowed = ['https://myapp.com' => ['GET', 'PUT'], 'https://otherapp.com' => ['GET']];
    if (!$origin || !array_key_exists($origin, $allowed)) return ['Vary' => 'Origin'];
    return ['Access-Control-Allow-Origin' => $origin, 'Access-Control-Allow-Methods' => implode(', ', $allowed[$origin]), 'Access-Control-Allow-Credentials' => 'true', 'Vary' => 'Origin'];
}
$pipeline = array_reduce(array_reverse([
    function (array $req, callable $next) {
        $res = $next($req);
        foreach (cors_headers($req['origin']) as $k => $v) $res['headers'][$k] = $v;
        return $res;
    },
    function (array $req, callable $next) {
        if ($req['method'] === 'OPTIONS') return ['status' => isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD']) ? 204 : 200, 'headers' => ['Access-Control-Allow-Headers' => $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? '*'], 'body' => ''];
        return $next($req);
    },
    function (array $req, callable $next) {
        if (str_starts_with($req['path'], '/denied') || substr($req['path'], -6) === 'denied') return ['status' => 401, 'headers' => [], 'body' => ''];
        return $next($req);
    },
]), fn (callable $next, callable $mw) => fn (array $req) => $mw($req, $next), function (array $req) {
    switch (true) {
        case preg_match('~^/api/(?<what>users|items)/?$~', $req['path'], $m):
            return ['status' => 200, 'headers' => ['Content-Type' => 'application/json', 'X-What' => ucfirst($m['what'])], 'body' => json_encode([])];
        case $req['path'] == '/vary': return ['status' => 200, 'headers' => ['Vary' => 'Accept'], 'body' => ''];
    }
    return ['status' => 404, 'headers' => [], 'body' => 'nf'];
});
$res = $pipeline(['method' => $_SERVER['REQUEST_METHOD'], 'path' => strtok($_SERVER['REQUEST_URI'], '?'), 'origin' => $_SERVER['HTTP_ORIGIN'] ?? null]);
http_response_code($res['status']);
array_walk($res['headers'], function ($v, $k) { header("$k: $v"); });
print $res['body'];
