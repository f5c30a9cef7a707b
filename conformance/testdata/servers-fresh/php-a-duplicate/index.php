<?php
header('Access-Control-Allow-Origin: *');
header('access-control-allow-origin: https://myapp.com', false);
header('Vary: Accept-Encoding');
header('Vary: Origin', false);
header('Vary: Cookie', FALSE);
header_remove('X-Powered-By');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { header_remove('Vary'); header('HTTP/1.1 204 No Content'); exit; }
if (strpos($_SERVER['REQUEST_URI'], '/api/') !== 0) { header("HTTP/1.0 404 Not Found"); exit("not found"); }
if (stripos($_SERVER['CONTENT_TYPE'] ?? '', 'application/json') === false && $_SERVER['REQUEST_METHOD'] === 'POST') { header('Location: /login', true, 307); exit; }
if ($_SERVER['REQUEST_METHOD'] === 'DELETE') { header('Location: /x'); }
if ($_SERVER['REQUEST_METHOD'] === 'PATCH') { header('WWW-Authenticate: Bearer'); }
echo 1;
