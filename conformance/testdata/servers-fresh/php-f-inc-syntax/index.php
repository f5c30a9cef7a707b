<?php
header('Access-Control-Allow-Origin: *');
header('Access-Control-Allow-Methods: GET, POST, OPTIONS');

if ($_SERVER['REQUEST_METHOD'] === 'GET') { require 'broken.php'; header('Vary: Accept'); }
try { if ($_SERVER['REQUEST_METHOD'] === 'POST') require 'broken.php'; } catch (ParseError $e) { http_response_code(418); }
