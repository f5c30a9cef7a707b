<?php
$http_origin = $_SERVER['HTTP_ORIGIN'];
if (preg_match('/myapp.com$/', $http_origin)) {
    header('Access-Control-Allow-Origin: ' . $http_origin);
    header('Access-Control-Allow-Credentials: true');
}
header('Access-Control-Allow-Methods: GET, POST');
header('Access-Control-Allow-Headers: *');
echo json_encode(array('a' => 1));
