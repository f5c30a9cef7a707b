<?php
$http_origin = $_SERVER['HTTP_ORIGIN'];
$host = parse_url($http_origin, PHP_URL_HOST);
$allowed_domains = array("myapp.com", "otherapp.com");
$ok = false;
foreach ($allowed_domains as $domain) {
    if ($host === $domain || substr($host, -strlen(".$domain")) === ".$domain") {
        $ok = true;
        break;
    }
}
if ($ok) {
    header("Access-Control-Allow-Origin: " . $http_origin);
    header("Access-Control-Allow-Credentials: true");
}
$port = parse_url($http_origin, PHP_URL_PORT);
if ($port) { header("X-Port: $port"); header('Access-Control-Expose-Headers: X-Port'); }
switch ($_SERVER['REQUEST_METHOD']) {
    case "OPTIONS":
        header("Access-Control-Allow-Headers: Origin, X-Requested-With, Content-Type, Accept");
        header("Access-Control-Allow-Methods: GET, POST, PUT, DELETE");
        header("HTTP/1.1 200 OK");
        exit();
    case "GET": case "HEAD": break;
    default: if (!isset($_SERVER['HTTP_X_REQUESTED_WITH'])) { http_response_code(400); }
}
