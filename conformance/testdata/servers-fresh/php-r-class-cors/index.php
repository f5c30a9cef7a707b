<?php
declare(strict_types=1);
require __DIR__ . '/src/Cors.php';
require_once __DIR__ . '/src/Router.php';
use App\{Cors, Router};
$config = parse_ini_string("max_age = 600\ncreds = true\n");
$cors = new Cors(origins: ['https://myapp.com', '*.myapp.com', getenv('EXTRA') ?: null], maxAge: (int) $config['max_age'], credentials: (bool) $config['creds']);
if ($cors->handle($_SERVER, getallheaders())) { exit; }
$router = new Router();
$router->on('GET|POST', '#^/api/(users|items)$#', fn (array $m): string => json_encode(['r' => $m[1]]));
$router->on('PUT', '#^/api/users$#', function () { http_response_code(201); header('Location: /api/users/1', true, 201); return ''; });
$router->on('GET', '#^/vary$#', static function () { header('Vary: Accept', false); header_remove('Access-Control-Allow-Credentials'); return 'x'; });
$router->on('GET', '#^/boom$#', fn () => throw new \RuntimeException('x', 418));
try {
    echo $router->run($_SERVER['REQUEST_METHOD'], parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
} catch (\DomainException $e) {
    header(sprintf('%s %d %s', $_SERVER['SERVER_PROTOCOL'], 404, 'Nope'));
} catch (\Throwable $e) {
    http_response_code($e->getCode());
} finally {
    header('X-Done: 1');
}
