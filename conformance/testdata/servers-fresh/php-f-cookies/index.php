<?php
session_set_cookie_params(['samesite' => 'None', 'secure' => true]);
session_start();
setcookie('a', 'b', time() + 3600, '/', '', true, true);
header('Access-Control-Allow-Origin: ' . ($_SERVER['HTTP_ORIGIN'] ?? ''));
header('Access-Control-Allow-Credentials: true');
if (isset($_SESSION['user'])) { header('Vary: Cookie', false); }
session_write_close();
$_SESSION['x'] = 1;
if (!isset($_SESSION['x'])) header('Access-Control-Max-Age: 0');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { exit(0); }
