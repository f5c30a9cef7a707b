<?php
header('Access-Control-Allow-Origin: *');
header('Access-Control-Allow-Methods: GET, POST, OPTIONS');

use Firebase\JWT\JWT;
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { exit; }
try { JWT::decode('x'); } catch (Exception $e) { http_response_code(401); }
header('Vary: Origin');
