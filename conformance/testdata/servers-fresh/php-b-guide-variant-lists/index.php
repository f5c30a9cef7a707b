<?php
// CORS
$allowed = ['https://myapp.com' => true, 'https://otherapp.com' => true];
$o = $_SERVER['HTTP_ORIGIN'] ?? null;
if (isset($allowed[$o])) header('Access-Control-Allow-Origin: '.$o) && false;
isset($allowed[$o]) ?: header('X-Denied: 1');
header('Vary: Origin');
header("Access-Control-Allow-Methods: " . strtoupper(implode(', ', ['get', 'post', 'options'])));
if($_SERVER['REQUEST_METHOD']=='OPTIONS'){http_response_code(204);exit;}
