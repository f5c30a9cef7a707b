<?php
require_once __DIR__ . '/vendor/autoload.php';
require_once __DIR__ . '/config/cors.php';
require_once __DIR__ . '/core/App.php';

Cors::handle();

$app = new App();
$app->route('GET', '/api/users(/\d+)?', ['UserController', 'index']);
$app->route('POST', '/api/users', 'UserController@store');
$app->route('*', '/boom', function () { throw new \Exception("boom", 418); });
$app->run();
