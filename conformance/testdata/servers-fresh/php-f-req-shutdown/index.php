<?php
register_shutdown_function(function () {
    $e = error_get_last();
    if ($e !== null && ($e['type'] & (E_ERROR | E_PARSE | E_COMPILE_ERROR))) {
        http_response_code(500);
        header('Access-Control-Allow-Origin: ' . ($_SERVER['HTTP_ORIGIN'] ?? '*'));
        header('Content-Type: application/json');
        echo json_encode(['error' => 'internal']);
    }
});
set_error_handler(function ($no, $msg) { throw new ErrorException($msg, 0, $no); });
header('Access-Control-Allow-Methods: GET');
try { echo $undefined; } catch (ErrorException $e) { header('Vary: Accept'); }
if ($_SERVER['REQUEST_METHOD'] !== 'OPTIONS') { require __DIR__ . '/app/bootstrap.php'; }
