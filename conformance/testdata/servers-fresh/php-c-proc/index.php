<?php
/* ------------------------------------------------------------
   API entry
   ------------------------------------------------------------ */
ob_start();
session_start();
date_default_timezone_set("Europe/Berlin");

$http_origin = isset($_SERVER['HTTP_ORIGIN']) ? $_SERVER['HTTP_ORIGIN'] : NULL;
if ($http_origin == "https://myapp.com" || $http_origin == "https://otherapp.com" || $http_origin == "http://localhost:3000")
{
    header("Access-Control-Allow-Origin: $http_origin");
}
else
    header("Access-Control-Allow-Origin: https://myapp.com");

header('Access-Control-Allow-Credentials: true');
header('Access-Control-Allow-Headers: X-Requested-With, Content-Type, Origin, Cache-Control, Pragma, Authorization, Accept, Accept-Encoding');
header('P3P: CP="CAO PSA OUR"');

if (strtolower($_SERVER['REQUEST_METHOD']) == 'options'){
	header('Access-Control-Allow-Methods: PUT, POST, GET, OPTIONS, DELETE');
	header('Content-Length: 0');
	ob_end_flush();
	exit;
}

$request = explode("/", substr(@$_SERVER['PATH_INFO'], 1));
$method = $_SERVER['REQUEST_METHOD'];
$input = json_decode(file_get_contents('php://input'), true);

function respond($data, $status = 200) {
	http_response_code($status);
	header("Content-Type:application/json");
	die(json_encode($data));
}

function getBearerToken() {
	$headers = null;
	if (isset($_SERVER['Authorization'])) {
		$headers = trim($_SERVER["Authorization"]);
	} else if (isset($_SERVER['HTTP_AUTHORIZATION'])) {
		$headers = trim($_SERVER["HTTP_AUTHORIZATION"]);
	} elseif (function_exists('apache_request_headers')) {
		$requestHeaders = apache_request_headers();
		$requestHeaders = array_combine(array_map('ucwords', array_keys($requestHeaders)), array_values($requestHeaders));
		if (isset($requestHeaders['Authorization'])) {
			$headers = trim($requestHeaders['Authorization']);
		}
	}
	if (!empty($headers)) {
		if (preg_match('/Bearer\s(\S+)/', $headers, $matches)) {
			return $matches[1];
		}
	}
	return null;
}

switch (array_shift($request)) {
	case 'api':
		$table = preg_replace('/[^a-z0-9_]+/i', '', array_shift($request));
		$key = array_shift($request) + 0;
		if ($table == 'users' && $method == 'DELETE' && getBearerToken() === null) respond(['message' => 'Unauthorized'], 401);
		if ($table == 'users') respond(['table' => $table, 'key' => $key, 'n' => is_array($input) ? count($input) : 0], $method === 'POST' ? 201 : 200);
		break;
	case 'boom':
		$x = [1, 2, 3];
		unset($x[1]);
		$y = array_sum($x) / (count($x) - 2);
		break;
	case 'denied': respond(null, 401);
	case 'err500': trigger_error('bad', E_USER_WARNING); respond(null, 500);
}
http_response_code(404);
echo json_encode(array('message' => 'Not found', 'path' => $_SERVER['REQUEST_URI'], 'time' => time()));
