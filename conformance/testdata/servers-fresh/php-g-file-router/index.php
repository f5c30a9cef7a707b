<?php
if (PHP_SAPI === 'cli-server' && is_file(__DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH))) return false;
if (preg_match('/\.(?:png|css|js)$/', $_SERVER["REQUEST_URI"])) return false;
$allowed = ['https://myapp.com' => ['GET', 'POST'], 'https://otherapp.com' => ['GET']];
$o = $_SERVER['HTTP_ORIGIN'] ?? '';
if ([$o => $methods] = array_intersect_key($allowed, [$o => 1]) ?: [$o => null] and $methods) { header("Access-Control-Allow-Origin: $o"); header('Access-Control-Allow-Methods: ' . implode(',', $methods)); }
$_SERVER['REQUEST_METHOD'] === 'OPTIONS' && exit(http_response_code(204));
include __DIR__ . '/public/' . (strlen(trim($_SERVER['REQUEST_URI'], '/')) ? 'api' : 'home') . '.php';
