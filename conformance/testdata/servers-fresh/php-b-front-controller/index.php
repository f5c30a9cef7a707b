<?php
namespace App;

error_reporting(E_ALL);
ini_set('display_errors', '0');
spl_autoload_register(function (string $class) {
    $prefix = 'App\\';
    if (strncmp($prefix, $class, strlen($prefix)) !== 0) return;
    $file = __DIR__ . '/app/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    if (file_exists($file)) require $file;
});
require_once 'helpers.php';
use App\Middleware\{CorsMiddleware, JsonMiddleware};
use App\Controllers\UserController;

$request = new Request($_SERVER, $_GET, $_POST);
$pipeline = array_reduce(
    array_reverse([new CorsMiddleware(['https://myapp.com', '*.otherapp.com']), new JsonMiddleware]),
    fn ($next, $mw) => fn ($req) => $mw->process($req, $next),
    fn ($req) => (new Kernel())->handle($req)
);
$response = $pipeline($request);
$response->emit();
