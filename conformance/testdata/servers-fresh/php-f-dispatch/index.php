<?php
define('ROOT', dirname(__FILE__));
require ROOT . '/functions.php';
set_cors_headers(config('cors'));
$path = trim(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), '/');
$file = ROOT . '/endpoints/' . basename($path) . '.php';
if (is_file($file)) { require $file; exit; }
json_out(['error' => 'Not Found'], 404);
