<?php
ini_set('display_errors', '1');
error_reporting(E_ALL);
header('Access-Control-Allow-Origin: https://myapp.com');
include 'nope.php';
header('Vary: Origin');
require 'database.php';
header('Access-Control-Allow-Credentials: true');
