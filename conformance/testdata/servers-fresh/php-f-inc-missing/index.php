<?php
include 'config/settings.php';
$ok = @include_once('other.php');
header('Access-Control-Allow-Origin: ' . ($ok === false ? 'https://myapp.com' : '*'));
if (!(include 'third.php')) header('Vary: Origin');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(200); exit(0); }
