<?php
error_reporting(0);
$x = $undefined; $y = $arr['k']; $z = $_SERVER['HTTP_NOPE'];
header("Access-Control-Allow-Origin: $_SERVER[HTTP_ORIGIN]");
header('Access-Control-Allow-Methods: ' . $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD']);
header("Vary: {$x}a");
if ($_SERVER['HTTP_ORIGIN'] == 'https://evil.com') exit('no');
$a = 'str'; echo $a[10]; $n = '5 apples' + 3;
header('Access-Control-Max-Age: ' . $n);
