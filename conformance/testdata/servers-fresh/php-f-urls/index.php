<?php
$o = $_SERVER['HTTP_ORIGIN'] ?? '';
$u = parse_url($o);
$host = $u['host'] ?? '';
if (filter_var($o, FILTER_VALIDATE_URL) && ($u['scheme'] ?? '') === 'https' && (strtolower($host) === 'myapp.com' || str_ends_with($host, '.myapp.com'))) {
    header("Access-Control-Allow-Origin: {$u['scheme']}://{$host}" . (isset($u['port']) ? ":{$u['port']}" : ''));
}
$q = parse_url($_SERVER['REQUEST_URI'], PHP_URL_QUERY); parse_str((string) $q, $out);
if (filter_input(INPUT_SERVER, 'HTTP_ORIGIN') === 'null') header('Vary: null');
if (filter_var('0', FILTER_VALIDATE_BOOLEAN, FILTER_NULL_ON_FAILURE) === false) header('Access-Control-Max-Age: ' . filter_var('12', FILTER_VALIDATE_INT, ['options' => ['min_range' => 1]]));
header('Access-Control-Expose-Headers: ' . http_build_query(['a' => 1, 'b' => ['x', 'y z']]) . urlencode('a b/c') . rawurlencode('a b') . count($out));
if (!$o || parse_url($o) === false) http_response_code(400);
[$scheme, $rest] = array_pad(explode('://', $o, 2), 2, null);
if ($rest === null) header('Access-Control-Allow-Methods: NONE');
