<?php
namespace App;
final class Cors {
    private array $patterns = [];
    public function __construct(array $origins, private readonly int $maxAge = 0, private bool $credentials = false, private array $methods = ['GET', 'PUT', 'POST']) {
        foreach (array_filter($origins) as $o) {
            $this->patterns[] = str_contains($o, '*') ? '/^https:\/\/' . str_replace('\*', '[^.\/]+', preg_quote($o, '/')) . '$/' : $o;
        }
    }
    private function allowed(?string $origin): bool {
        if ($origin === null || $origin === '') return false;
        foreach ($this->patterns as $p) {
            if ($p[0] === '/' ? preg_match($p, $origin) === 1 : strcasecmp($p, $origin) === 0) return true;
        }
        return false;
    }
    public function handle(array $server, array $headers): bool {
        $headers = array_change_key_case($headers, CASE_LOWER);
        $origin = $headers['origin'] ?? null;
        header('Vary: Origin');
        if ($this->allowed($origin)) {
            header("Access-Control-Allow-Origin: {$origin}");
            $this->credentials && header('Access-Control-Allow-Credentials: true');
        }
        if (strtoupper($server['REQUEST_METHOD']) !== 'OPTIONS') return false;
        if (isset($server['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) {
            [$m, $h] = [$server['HTTP_ACCESS_CONTROL_REQUEST_METHOD'], $server['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? 'content-type'];
            header('Access-Control-Allow-Methods: ' . implode(', ', array_unique([...$this->methods, 'OPTIONS'])));
            header("Access-Control-Allow-Headers: " . ucwords(trim($h), '-'));
            header('Access-Control-Max-Age: ' . $this->maxAge);
            http_response_code(in_array($m, $this->methods, true) ? 204 : 405);
            return true;
        }
        http_response_code(200);
        return true;
    }
}
