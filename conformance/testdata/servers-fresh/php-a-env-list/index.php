<?php
$allowed = array_filter(array_map('trim', explode(',', getenv('CORS_ORIGINS') ?: '*')));
$origin = isset($_SERVER['HTTP_ORIGIN']) ? $_SERVER['HTTP_ORIGIN'] : '';
if (in_array('*', $allowed)) {
    header('Access-Control-Allow-Origin: *');
} elseif ($origin !== '' && in_array($origin, $allowed)) {
    header('Access-Control-Allow-Origin: ' . $origin);
    header('Vary: Origin');
}
if (getenv('APP_ENV') !== 'production') {
    ini_set('display_errors', '1');
    header('X-Debug: 1');
}
header('Access-Control-Allow-Methods: ' . (getenv('CORS_METHODS') ?: 'GET,POST,PUT,DELETE,OPTIONS'));
header('Access-Control-Allow-Headers: Content-Type,Authorization');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(200); exit(); }
if ($_SERVER['REQUEST_URI'] === '/boom') throw new Exception('boom');
echo '{}';
