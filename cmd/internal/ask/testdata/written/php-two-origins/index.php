<?php
header("Access-Control-Allow-Origin: https://www.myapp.com, https://myapp.com");
header("Access-Control-Allow-Credentials: true");
header("Access-Control-Allow-Methods: PUT, GET, POST, DELETE, OPTIONS");
header("Access-Control-Allow-Headers: Origin, X-Requested-With, Content-Type, Accept, Authorization");
if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') { die(); }
echo json_encode([]);
