<?php
/* headers */
if (isset($_SERVER['HTTP_ORIGIN']) && in_array(parse_url($_SERVER['HTTP_ORIGIN'])['host'] ?? '', ['myapp.com', 'localhost'])) {
    header(header: 'Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN'], replace: true);
    header('Access-Control-Expose-Headers: ' . ($_SERVER['REQUEST_METHOD'] === 'GET' ? 'X-Total' : 'X-Id'));
}
elseif (array_key_exists('HTTP_ORIGIN', $_SERVER) and $_SERVER['HTTP_ORIGIN'] === 'null')
    header('Access-Control-Allow-Origin: null');
else if (!isset($_SERVER['HTTP_ORIGIN'])) {
    header('Access-Control-Allow-Origin: *');
}
if (($_SERVER['REQUEST_METHOD'] ?? 'GET') === 'OPTIONS' && !empty($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) {
    header('Access-Control-Allow-Methods: ' . $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD']);
    if (!empty($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'])) { header('Access-Control-Allow-Headers: ' . $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS']); }
    http_response_code(204);
    exit;
}
if (empty($_SERVER['HTTP_AUTHORIZATION']) && in_array($_SERVER['REQUEST_METHOD'], ['PUT', 'DELETE'])) {
    header('WWW-Authenticate: Basic realm="api"');
    header('HTTP/1.0 401 Unauthorized');
    echo 'auth';
    exit;
}
parse_str(parse_url($_SERVER['REQUEST_URI'], PHP_URL_QUERY) ?? '', $q);
header('Vary: ' . implode(', ', array_merge(['Origin'], $q ? ['X-Q'] : [])));
