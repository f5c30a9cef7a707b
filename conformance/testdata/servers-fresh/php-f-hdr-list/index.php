<?php
header('Access-Control-Allow-Origin: *');
header('Vary: Origin', false);
header_register_callback(function () { header('Access-Control-Allow-Methods: GET'); });
$sent = array_filter(headers_list(), fn($h) => stripos($h, 'access-control-') === 0);
if (count($sent) === 1) header('X-One: 1');
foreach ($sent as $h) { [$n, $v] = explode(': ', $h, 2); header_remove($n); header("$n: https://myapp.com"); }
