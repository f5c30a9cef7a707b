<?php
require_once __DIR__ . '/src/Cors.php';
require_once __DIR__ . '/src/Router.php';
require_once __DIR__ . '/src/Response.php';

use App\Http\Cors;
use App\Http\Router;
use App\Http\Response;

$config = require __DIR__ . '/config.php';
(new Cors($config['cors']))->handle();

$router = new Router();
$router->get('/api/users', fn () => Response::json(['users' => []]));
$router->post('/api/users', function () {
    $body = json_decode((string) file_get_contents('php://input'), true) ?? [];
    return Response::json($body, 201);
});
$router->delete('/api/users', fn () => Response::json(null, 204));
$router->get('/denied', fn () => Response::json(['error' => 'unauthorized'], 401));
$router->get('/boom', function () { throw new \LogicException('x'); });
$router->dispatch($_SERVER['REQUEST_METHOD'], parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
