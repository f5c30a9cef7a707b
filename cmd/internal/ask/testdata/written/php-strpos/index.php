<?php
declare(strict_types=1);
$allowed = ['https://myapp.io', 'https://app.myapp.io'];
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
foreach ($allowed as $a) {
    if (strpos($origin, $a) === 0) {
        header('Access-Control-Allow-Origin: ' . $origin);
        header('Vary: Origin');
        header('Access-Control-Allow-Credentials: true');
        break;
    }
}
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    header('Access-Control-Allow-Methods: POST');
    header('Access-Control-Allow-Headers: Content-Type');
    http_response_code(204);
    exit;
}
echo json_encode(['ok' => true]);
