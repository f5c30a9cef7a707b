<?php
error_reporting(E_ALL & ~E_NOTICE);
ini_set('display_errors', 0);
date_default_timezone_set('UTC');
session_start();
header_remove();
global $CORS;
$CORS = ['origin' => ['https://myapp.com', 'null'], 'headers' => ['content-type', 'authorization', 'x-custom']];
function allowOrigin(&$out, $origin, ...$more) {
    global $CORS;
    static $n = 0;
    $n++;
    $out['n'] = $n;
    if (!in_array($origin, array_merge($CORS['origin'], $more))) return false;
    $out['Access-Control-Allow-Origin'] = $origin;
    return true;
}
$out = array();
$ok = allowOrigin($out, @$_SERVER['HTTP_ORIGIN'], 'https://otherapp.com', ...['http://localhost:3000']);
if (!$ok && !empty($_SERVER['HTTP_ORIGIN'])) : header('Access-Control-Allow-Origin: ' . $CORS['origin'][0]); endif;
unset($out['n']);
array_walk($out, function ($v, $k) { header("$k: $v"); });
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    $asked = array_filter(array_map('trim', explode(',', strtolower($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? ''))));
    $given = array_values(array_intersect($asked, $CORS['headers']));
    if (count($given)) { sort($given); header('Access-Control-Allow-Headers: ' . implode(',', $given)); }
    $m = $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'] ?? null;
    if ($m && in_array(strtoupper($m), ['GET', 'POST', 'PUT'], true)) header("Access-Control-Allow-Methods: {$m}");
    else http_response_code(405);
    exit;
}
$i = 0;
while (true) { if (++$i > 5) break; if ($i % 2) continue; $t = ($t ?? '') . $i; }
do { $t .= '!'; } while (strlen($t) < 4);
header("Access-Control-Expose-Headers: X-$t");
