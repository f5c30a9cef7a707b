<?php
$headers = array_change_key_case(getallheaders(), CASE_LOWER);
$origin = $headers['origin'] ?? null;
$allow = match (true) {
    $origin === null => null,
    str_ends_with($origin, '.myapp.com'), $origin === 'https://myapp.com' => $origin,
    str_starts_with($origin, 'http://localhost:') => $origin,
    default => false,
};
if ($allow === false) {
    http_response_code(403);
    header('Content-Type: text/plain');
    die('origin not allowed');
}
if ($allow) {
    header("Access-Control-Allow-Origin: ${allow}");
    header('Vary: Origin');
}
$method = $_SERVER['REQUEST_METHOD'];
$status = match ($method) { 'OPTIONS' => 204, 'POST' => 201, 'GET', 'HEAD' => 200, default => 405 };
if ($method === 'OPTIONS') {
    header('Access-Control-Allow-Methods: ' . ($headers['access-control-request-method'] ?? 'GET'));
    !empty($headers['access-control-request-headers']) && header('Access-Control-Allow-Headers: ' . $headers['access-control-request-headers']);
}
http_response_code($status);
