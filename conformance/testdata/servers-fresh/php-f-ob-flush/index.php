<?php
ob_start();
echo 'start';
header('Access-Control-Allow-Origin: https://myapp.com');
ob_end_flush();
header('Vary: Origin');
ob_flush(); flush();
header('Access-Control-Allow-Credentials: true');
http_response_code(500);
