<?php
$h = function_exists('apache_request_headers') ? apache_request_headers() : getallheaders();
if (isset($h['Origin'])) header('Access-Control-Allow-Origin: ' . $h['Origin']);
if (isset($h['origin'])) header('X-Lower: 1');
if (!empty($h['Access-Control-Request-Headers'])) header('Access-Control-Allow-Headers: ' . $h['Access-Control-Request-Headers']);
$ci = array_change_key_case($h, CASE_UPPER);
header('Access-Control-Allow-Methods: ' . strtoupper($ci['ACCESS-CONTROL-REQUEST-METHOD'] ?? $_SERVER['REQUEST_METHOD']));
if (array_key_exists('HTTP_ACCEPT', $_SERVER) && strpos($_SERVER['HTTP_ACCEPT'], '*/*') !== false) header('Vary: Accept');
header('Access-Control-Expose-Headers: ' . implode(',', array_intersect(array_map('strtolower', array_keys($h)), ['host', 'origin'])));
