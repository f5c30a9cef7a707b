<?php
  if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
        header("HTTP/1.1 200 OK");
        header("Access-Control-Allow-Origin: *");
        header("Access-Control-Allow-Headers: Content-Type, Authorization, X-Requested-With");
        header("Content-Length: 0");
        exit(0);
    }
    if (PHP_SAPI !== 'cli') header("Access-Control-Allow-Origin: https://myapp.com");
?>
