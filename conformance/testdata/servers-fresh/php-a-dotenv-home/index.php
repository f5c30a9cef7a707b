<?php
foreach (file(__DIR__ . '/.env', FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES) as $line) {
    if (strpos(trim($line), '#') === 0) { continue; }
    list($name, $value) = explode('=', $line, 2);
    $_ENV[trim($name)] = trim($value, " \t\"'");
    putenv(sprintf('%s=%s', trim($name), trim($value)));
}
$origins = explode('|', $_ENV['ALLOWED']);
$i = array_search($_SERVER['HTTP_ORIGIN'] ?? '', $origins);
if ($i !== false) {
    header('Access-Control-Allow-Origin: ' . $origins[$i]);
} else {
    header('Access-Control-Allow-Origin: ' . $origins[0]);
}
if (($_ENV['DEBUG'] ?? 'false') === 'true') { header('Access-Control-Allow-Headers: *'); }
if (filter_var(getenv('CREDS'), FILTER_VALIDATE_BOOLEAN)) header('Access-Control-Allow-Credentials: true');
if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') { header('Access-Control-Allow-Methods: GET'); exit; }
