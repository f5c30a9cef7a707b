<?php
declare(strict_types=1);

function cors(): void
{
    if (isset($_SERVER['HTTP_ORIGIN']) && preg_match('#^https://([a-z0-9-]+\.)?myapp\.com$#', $_SERVER['HTTP_ORIGIN'])) {
        header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
        header('Access-Control-Allow-Credentials: true');
        header('Access-Control-Max-Age: 600');
    }
    header('Vary: Origin', false);
    if ('OPTIONS' === $_SERVER['REQUEST_METHOD']) {
        if (isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) {
            header('Access-Control-Allow-Methods: GET, POST, PUT, PATCH, DELETE, OPTIONS');
        }
        if (isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'])) {
            header("Access-Control-Allow-Headers: {$_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS']}");
        }
        exit(0);
    }
}
cors();
$uri = rtrim(strtok($_SERVER['REQUEST_URI'], '?'), '/');
$routes = [
    'GET /api/users' => fn() => ['users' => []],
    'POST /api/users' => function () { http_response_code(201); return ['id' => 1]; },
    'GET /boom' => function () { throw new RuntimeException('boom'); },
];
$key = $_SERVER['REQUEST_METHOD'] . ' ' . $uri;
header('Content-Type: application/json');
if (!isset($routes[$key])) {
    http_response_code(404);
    echo json_encode(['error' => 'not found']);
    return;
}
try {
    echo json_encode($routes[$key]());
} catch (RuntimeException $e) {
    http_response_code(500);
    echo json_encode(['error' => $e->getMessage()]);
}
