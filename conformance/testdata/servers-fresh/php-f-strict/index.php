<?php
$o = $_SERVER['HTTP_ORIGIN'] ?? null;
$list = ['https://myapp.com', 0, null, true === false, '1e1', 'null'];
$loose = in_array($o, $list); $strict = in_array($o, $list, true);
$key = array_search($o, $list, strict: true);
if ($loose) header('Access-Control-Allow-Origin: ' . ($o ?? 'none'));
if ($strict && $key !== false) header("Vary: Origin-$key");
if ('10' == '1e1') header('Access-Control-Allow-Methods: A');
if ('abc' == 0) header('Access-Control-Allow-Headers: B');
if (null == false && [] == false && '0' == false && '' == null) header('Access-Control-Expose-Headers: C');
if ('https://myapp.com' <=> $o) header('Access-Control-Max-Age: 5');
switch ($o) { case null: http_response_code(400); break; case 'null': case "https://evil.com": http_response_code(403); break; default: http_response_code(200); }
