<?php
$o = $_SERVER['HTTP_ORIGIN'] ?? 'x';
header("Access-Control-Allow-Origin: $o\r\n");
header("Access-Control-Allow-Methods: GET,
 POST");
header("Access-Control-Allow-Headers: a\nVary: b");
header("Access-Control-Allow-Credentials: true\n");
header("Access-Control-Expose-Headers:");
header('');
header(' Vary: Origin');
header(':x');
header("X-Null: a\0b");
header_remove('ACCESS-CONTROL-MAX-AGE');
