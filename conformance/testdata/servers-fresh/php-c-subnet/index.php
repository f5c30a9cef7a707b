<?php
$allowed_hosts = ['myapp.com', 'otherapp.com'];
$origin = trim($_SERVER['HTTP_ORIGIN'] ?? $_SERVER['HTTP_REFERER'] ?? '');
$parts = $origin ? parse_url($origin) : false;
if ($parts && isset($parts['scheme'], $parts['host']) && in_array(strtolower($parts['scheme']), ['http', 'https']) && in_array(preg_replace('/^www\./', '', $parts['host']), $allowed_hosts, true)) {
    $allow = $parts['scheme'] . '://' . $parts['host'] . (isset($parts['port']) ? ':' . $parts['port'] : '');
    header('Access-Control-Allow-Origin: ' . $allow);
} else if (filter_var($origin, FILTER_VALIDATE_URL) === false && $origin !== '') {
    header('HTTP/1.1 400 Bad Request');
    exit('bad origin');
} elseif (strncasecmp($origin, 'https://', 8) === 0) {
    header($_SERVER["SERVER_PROTOCOL"] . " 403 Forbidden", true, 403);
}
$type = explode(';', $_SERVER['CONTENT_TYPE'] ?? '')[0];
if (in_array($_SERVER['REQUEST_METHOD'], ['POST', 'PUT', 'PATCH']) && $type !== 'application/json') { http_response_code(415); exit; }
if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') {
    $req = array_map('strtolower', array_filter(preg_split('/[\s,]+/', $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? '')));
    sort($req);
    if ($req) header('Access-Control-Allow-Headers: ' . join(', ', array_unique($req)));
    if (!empty($m = $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) header("Access-Control-Allow-Methods: " . strtoupper(trim($m)));
    header_remove('Content-Type'); http_response_code(204); return;
}
echo ucfirst(strrev('olleh')), PHP_EOL, number_format(3), "\n";
