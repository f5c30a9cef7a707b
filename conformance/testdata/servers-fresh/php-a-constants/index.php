<?php
define('ALLOWED_ORIGIN', 'https://myapp.com');
const CORS_HEADERS = [
    'Access-Control-Allow-Origin' => ALLOWED_ORIGIN,
    'Access-Control-Allow-Methods' => 'GET, POST',
    'Access-Control-Allow-Headers' => 'Content-Type',
];
function send_headers(array $h, int $code = 200, bool $replace = true): void {
    foreach ($h as $name => $value) header("$name: $value", $replace, $code);
}
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { send_headers(CORS_HEADERS, 204); exit; }
$isApi = (bool) preg_match('~^/api(/|$)~i', $_SERVER['REQUEST_URI'], $m);
send_headers($isApi ? CORS_HEADERS : ['X-Frame-Options' => 'DENY'], code: $isApi ? 200 : 404);
$list = [3, 1, 2];
usort($list, fn($a, $b) => $a <=> $b);
[$first, , $third] = $list;
['a' => $a, 'b' => [$b1]] = ['a' => 1, 'b' => [2]];
header("X-List: $first-$third-$a-$b1");
if ($third === 3 and $b1 === 2 and $first == '1') header('Access-Control-Expose-Headers: X-List');
