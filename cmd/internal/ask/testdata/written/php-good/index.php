<?php

$allowedOrigins = [
    'https://www.myapp.com',
    'https://myapp.com',
];
header('Vary: Origin');
$origin = $_SERVER['HTTP_ORIGIN'] ?? null;
if ($origin !== null && in_array($origin, $allowedOrigins, true)) {
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Allow-Credentials: true');
    if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
        header('Access-Control-Allow-Methods: GET, POST, PUT, DELETE');
        header('Access-Control-Allow-Headers: Content-Type, X-CSRF-Token');
        header('Access-Control-Max-Age: 600');
        http_response_code(204);
        exit;
    }
}
header('Content-Type: application/json');
echo '[]';
