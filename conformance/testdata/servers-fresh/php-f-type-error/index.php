<?php
header('Access-Control-Allow-Origin: *');
function f(int $x): string { return $x; }
header('Vary: ' . f('12'));
if ($_SERVER['REQUEST_METHOD'] === 'GET') { header('Access-Control-Max-Age: ' . f('abc')); }
if ($_SERVER['REQUEST_METHOD'] === 'PUT') { $n = null; $n->x(); }
if ($_SERVER['REQUEST_METHOD'] === 'DELETE') { echo 1 % 0; }
if ($_SERVER['REQUEST_METHOD'] === 'PATCH') { $a = [] . ''; $x = 'a' * 1; }
header('Access-Control-Allow-Methods: X');
