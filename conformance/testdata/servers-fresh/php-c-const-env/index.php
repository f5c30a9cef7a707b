<?php
declare(strict_types=1);
namespace Acme\Api;

use InvalidArgumentException;
use function sprintf, in_array;
use const PHP_EOL;

interface Middleware { const DEFAULT_STATUS = 204; public function __invoke(array $server, callable $next): array; }

final class CorsMiddleware implements Middleware
{
    public const ALLOWED_METHODS = 'GET, HEAD, POST';
    private ?string $pattern;
    public function __construct(?string $pattern = null, private readonly int $maxAge = 60 * 10)
    {
        if ($pattern === '') {
            throw new InvalidArgumentException('empty');
        }
        $this->pattern = $pattern;
    }
    public function __invoke(array $server, callable $next): array
    {
        $origin = $server['HTTP_ORIGIN'] ?? null;
        $ok = $origin !== null && $this->pattern !== null && (bool) preg_match('{' . $this->pattern . '}D', $origin);
        $headers = ['Vary' => 'Origin'] + ($ok ? ['Access-Control-Allow-Origin' => $origin, 'Access-Control-Expose-Headers' => 'X-Id'] : []);
        if ($server['REQUEST_METHOD'] === 'OPTIONS') {
            return [self::DEFAULT_STATUS, $headers + ['Access-Control-Allow-Methods' => static::ALLOWED_METHODS, 'Access-Control-Max-Age' => (string) $this->maxAge, 'Allow' => self::ALLOWED_METHODS], ''];
        }
        [$status, $inner, $body] = $next($server);
        return [$status, [...$headers, ...$inner], $body];
    }
}

function env(string $name, mixed $default = null): mixed
{
    $v = getenv($name);
    return match (true) { $v === false => $default, strtolower($v) === 'true' => true, strtolower($v) === 'false' => false, default => $v };
}

$stack = [new CorsMiddleware(env('ALLOWED_ORIGIN_REGEX'))];
$app = static fn (array $s): array => match ($s['REQUEST_URI']) {
    '/api/users' => [200, ['Content-Type' => 'application/json'], '[]'],
    '/boom' => throw new \DomainException('boom'),
    '/vary' => [200, ['Vary' => 'Accept'], ''],
    '/own' => [200, ['Access-Control-Allow-Origin' => 'https://own.example'], ''],
    default => [404, [], 'nope' . PHP_EOL],
};
foreach (array_reverse($stack) as $mw) { $next = $app; $app = fn (array $s): array => $mw($s, $next); }
try { [$status, $headers, $body] = $app($_SERVER); }
catch (\DomainException | \JsonException $e) { [$status, $headers, $body] = [env('APP_DEBUG', false) ? 500 : 503, [], $e::class . ':' . $e->getLine()]; }
http_response_code($status);
array_map(fn (string $k, string $v) => header(sprintf('%s: %s', $k, $v)), array_keys($headers), $headers);
echo $body;
