<?php
ob_start();
register_shutdown_function(function () {
    $body = ob_get_clean();
    header('Access-Control-Allow-Origin: ' . ($_SERVER['HTTP_ORIGIN'] ?? '*'));
    header('Content-Length: ' . strlen($body));
    echo $body;
});
echo "hello";
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    header('Access-Control-Allow-Methods: *');
    header('Access-Control-Allow-Headers: *');
    exit;
}
if ($_SERVER['REQUEST_URI'] == '/boom') { throw new Exception('x'); }
