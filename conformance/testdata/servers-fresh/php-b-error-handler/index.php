<?php
set_error_handler(function ($severity, $message, $file, $line) {
    throw new ErrorException($message, 0, $severity, $file, $line);
});
header('Access-Control-Allow-Origin: https://myapp.com');
try {
    $origin = $_SERVER['HTTP_ORIGIN'];
    header('Vary: Origin');
    if (!str_starts_with($origin, 'https://')) throw new InvalidArgumentException('bad scheme', 400);
} catch (ErrorException $e) {
    http_response_code(400);
} catch (InvalidArgumentException | LogicException $e) {
    http_response_code($e->getCode());
} catch (Throwable $t) {
    http_response_code(500);
}
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { header('Access-Control-Allow-Methods: GET'); exit; }
echo $undefined_thing;
