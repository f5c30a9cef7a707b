<?php
set_exception_handler(function (Throwable $e) {
    http_response_code(500);
    header('Content-Type: application/json');
    header('Access-Control-Allow-Origin: *');
    echo json_encode(['error' => $e->getMessage()]);
});
class ApiException extends Exception {
    public function __construct(string $message, private int $status = 400) { parent::__construct($message); }
    public function getStatus(): int { return $this->status; }
}
try {
    try {
        $p = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
        if ($p === '/boom') throw new DomainException('boom');
        if ($p === '/denied') throw new ApiException('denied', 401);
        if ($p === '/err500') intdiv2(1, 0);
        if ($p === '/missing') throw new ApiException('missing', status: 404);
        header('Access-Control-Allow-Origin: https://myapp.com');
        echo 'ok';
    } finally {
        header('Vary: Origin');
    }
} catch (ApiException $e) {
    http_response_code($e->getStatus());
    echo $e->getMessage();
}
function intdiv2($a, $b) { return $a % $b; }
