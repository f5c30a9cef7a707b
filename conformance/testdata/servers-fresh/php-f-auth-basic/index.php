<?php
require 'headers.php';
if (!isset($_SERVER['PHP_AUTH_USER'])) {
    header('WWW-Authenticate: Basic realm="x"');
    header('HTTP/1.0 401 Unauthorized');
    echo 'no';
    exit;
}
$token = null; $auth = $_SERVER['HTTP_AUTHORIZATION'] ?? $_SERVER['REDIRECT_HTTP_AUTHORIZATION'] ?? '';
if (preg_match('/Bearer\s(\S+)/', $auth, $m)) $token = $m[1];
