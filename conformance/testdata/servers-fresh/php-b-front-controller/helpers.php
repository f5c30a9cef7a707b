<?php
if (!function_exists('response')) {
    function response(string $body = '', int $status = 200, array $headers = []): \App\Response {
        return new \App\Response($body, $status, $headers);
    }
}
