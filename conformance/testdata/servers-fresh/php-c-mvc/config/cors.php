<?php
class Cors
{
    private static $config = [
        'origins' => ['https://myapp.com', 'http://localhost:*', 'https://*.otherapp.com'],
        'methods' => ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
        'headers' => ['Content-Type', 'Authorization', 'X-Requested-With'],
        'credentials' => true,
        'maxAge' => 3600,
    ];

    public static function handle(array $overrides = []): void
    {
        $config = array_merge(self::$config, $overrides);
        $origin = $_SERVER['HTTP_ORIGIN'] ?? '';
        if ($origin && self::match($origin, $config['origins'])) {
            header("Access-Control-Allow-Origin: {$origin}");
            header('Vary: Origin', false);
            $config['credentials'] && header('Access-Control-Allow-Credentials: true');
        }
        if (self::isPreflight()) {
            foreach (['Methods' => 'methods', 'Headers' => 'headers'] as $name => $key) {
                header("Access-Control-Allow-$name: " . implode(', ', $config[$key]));
            }
            header(vsprintf('Access-Control-Max-Age: %s', [$config['maxAge']]), true, 204);
            exit;
        }
    }

    protected static function match(string $origin, array $patterns): bool
    {
        foreach ($patterns as $p) {
            if ($p === $origin || fnmatch($p, $origin)) return true;
        }
        return false;
    }

    private static function isPreflight(): bool
    {
        return ($_SERVER['REQUEST_METHOD'] ?? '') === 'OPTIONS' && isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD']);
    }
}
