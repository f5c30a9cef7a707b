<?php
header('Access-Control-Allow-Origin: *'); header('Content-Type: application/json');
$in = json_decode(file_get_contents('php://input'));
$m = strtolower($_SERVER['REQUEST_METHOD']);
$handlers = ['get' => 'index', 'post' => ['Api', 'store'], 'put' => [new Api, 'update'], 'options' => 'Api::options'];
if (!is_callable($handlers[$m] ?? null)) { http_response_code(405); header('Allow: ' . strtoupper(implode(', ', array_keys($handlers)))); exit(json_encode(['error' => true])); }
echo json_encode(call_user_func($handlers[$m], $in));
function index() { return []; }
class Api { static function store($in) { if (empty($in->name)) { http_response_code(422); return ['errors' => ['name']]; } http_response_code(201); return $in; }
 function update($in) { throw new class('bad') extends Exception { public function render() { http_response_code(409); } }; }
 static function options() { header('Access-Control-Allow-Methods: GET, POST'); http_response_code(204); } }
