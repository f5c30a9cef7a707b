<?php
function config($key, $default = null) { static $c; if (!$c) $c = include ROOT . '/config.php'; $v = $c; foreach (explode('.', $key) as $k) { if (!isset($v[$k])) return $default; $v = $v[$k]; } return $v; }
function json_out($d, int $code = 200) { http_response_code($code); header('Content-Type: application/json'); echo json_encode($d, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES); }
function set_cors_headers(array $cors) {
    extract($cors);
    $o = $_SERVER['HTTP_ORIGIN'] ?? '';
    if (in_array('*', $origins) || in_array($o, $origins)) { header('Access-Control-Allow-Origin: ' . (in_array('*', $origins) ? '*' : $o)); }
    if (!empty($credentials)) header('Access-Control-Allow-Credentials: true');
    if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { foreach (compact('methods', 'headers') as $k => $v) header('Access-Control-Allow-' . ucfirst($k) . ': ' . implode(', ', (array) $v)); http_response_code(204); exit; }
}
