<?php
try {
    header('Access-Control-Allow-Origin: *');
    require 'missing.php';
} catch (\Throwable $e) {
    header('Vary: Origin');
    http_response_code(503);
}
register_shutdown_function(function () { header('X-Never: 1'); });
