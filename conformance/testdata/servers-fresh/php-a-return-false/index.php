<?php
// router for php -S
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && file_exists(__DIR__ . $path)) {
    return false;
}
header('Access-Control-Allow-Origin: *');
if ($path === '/api/users') { echo '[]'; } elseif (preg_match('/^\/(err|boom)/', $path)) { return false; } else { http_response_code(404); }
