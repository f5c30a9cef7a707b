<?php
// api/index.php
$allowedOrigins = [
    'https://myapp.com',
    'https://otherapp.com',
    'http://localhost:3000',
];
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (in_array($origin, $allowedOrigins, true)) {
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Allow-Credentials: true');
    header('Vary: Origin');
}
header('Access-Control-Allow-Methods: GET, POST, PUT, DELETE, OPTIONS');
header('Access-Control-Allow-Headers: Content-Type, Authorization, X-Requested-With');
header('Access-Control-Max-Age: 86400');

if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    http_response_code(204);
    exit;
}

header('Content-Type: application/json; charset=utf-8');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$parts = explode('/', trim($path, '/'));
if (($parts[0] ?? '') !== 'api') {
    http_response_code(404);
    echo json_encode(['error' => 'Not found']);
    exit;
}
$resource = $parts[1] ?? null;
$users = [['id' => 1, 'name' => 'Ann'], ['id' => 2, 'name' => 'Bob']];
switch ($_SERVER['REQUEST_METHOD']) {
    case 'GET':
        if ($resource === 'users') { echo json_encode($users); }
        else { http_response_code(404); echo json_encode(['error' => 'no such resource']); }
        break;
    case 'POST':
        $data = json_decode(file_get_contents('php://input'), true);
        if (!is_array($data) || empty($data['name'])) {
            http_response_code(422);
            echo json_encode(['error' => 'name missing']);
            break;
        }
        http_response_code(201);
        echo json_encode(['id' => 3] + $data);
        break;
    case 'PUT':
    case 'PATCH':
        echo json_encode(['updated' => true]);
        break;
    case 'DELETE':
        http_response_code(204);
        break;
    default:
        header('Allow: GET, POST, PUT, PATCH, DELETE');
        http_response_code(405);
}
