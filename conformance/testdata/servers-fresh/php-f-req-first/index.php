<?php
require_once __DIR__ . '/config/db.php';
header('Access-Control-Allow-Origin: *');
header('Vary: Origin');
