<?php
declare(strict_types=1);

namespace App\Http;

final class Cors
{
    private array $origins;
    private const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

    public function __construct(private array $options)
    {
        $this->origins = array_map(fn (string $o): string => rtrim($o, '/'), $options['origins'] ?? []);
    }

    public function handle(): void
    {
        $origin = $_SERVER['HTTP_ORIGIN'] ?? null;
        if ($origin === null) {
            return;
        }
        header('Vary: Origin');
        if (!$this->isAllowed($origin)) {
            if ($this->isPreflight()) {
                http_response_code(403);
                exit;
            }
            return;
        }
        header('Access-Control-Allow-Origin: ' . $origin);
        if ($this->options['credentials'] ?? false) {
            header('Access-Control-Allow-Credentials: true');
        }
        if (!empty($this->options['expose'])) {
            header('Access-Control-Expose-Headers: ' . implode(', ', $this->options['expose']));
        }
        if ($this->isPreflight()) {
            header('Access-Control-Allow-Methods: ' . implode(', ', self::METHODS));
            header('Access-Control-Allow-Headers: ' . implode(', ', $this->options['headers']));
            header(sprintf('Access-Control-Max-Age: %d', $this->options['max_age']));
            http_response_code(204);
            exit;
        }
    }

    private function isAllowed(string $origin): bool
    {
        foreach ($this->origins as $allowed) {
            if ($allowed === '*' || strcasecmp($allowed, $origin) === 0) {
                return true;
            }
        }
        return false;
    }

    private function isPreflight(): bool
    {
        return $_SERVER['REQUEST_METHOD'] === 'OPTIONS'
            && array_key_exists('HTTP_ACCESS_CONTROL_REQUEST_METHOD', $_SERVER);
    }
}
