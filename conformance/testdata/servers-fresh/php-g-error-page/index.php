<?php
require_once 'inc/cors.php';
Cors::allow('https://myapp.com', 'https://*.otherapp.com');
$routes = require 'routes.php';
foreach ($routes as [$verb, $re, $fn]) {
  if ($verb !== $_SERVER['REQUEST_METHOD']) continue;
  if (preg_match($re, parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), $args)) { array_shift($args); try { $fn(...$args); } catch (NotFound $e) { $e->send(); } finally { header('X-Done: 1'); } return; }
}
(new NotFound('no route'))->send();
