<?php
$allowed = ['https://myapp.com/', 'https://otherapp.com'];
$o = $_SERVER['HTTP_ORIGIN'] ?? '';
if (in_array(rtrim($o, '/') . '/', $allowed) || in_array($o, $allowed)) { header('Access-Control-Allow-Origin:' . $o); }
header('Access-Control-Allow-Methods:GET,POST');
header('  Access-Control-Allow-Headers: X');
header('Access-Control-Max-Age: ' . 60 * 60 * 24);
header('Access-Control-Allow-Credentials: ' . true);
header('Access-Control-Expose-Headers: ' . null);
header('Access-Control-Allow-Private-Network : true');
