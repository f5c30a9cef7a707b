<?php
declare(strict_types=1);
namespace Api\Http {
    const METHODS = 'GET, POST';
    function send(string $n, string $v): void { \header("$n: $v"); }
    abstract class Base { const ORIGIN = '*'; protected static array $sent = []; public static function boot(): static { static $one; return $one ??= new static(); } public function __invoke() { return static::ORIGIN; } }
    final class Cors extends Base { const ORIGIN = 'https://myapp.com'; public function __get($n) { return self::$sent[$n] ?? "no-$n"; } public function __isset($n) { return $n === 'yes'; } public static function __callStatic($n, $a) { send('Access-Control-' . $n, implode(', ', $a)); self::$sent[$n] = true; } }
}
namespace {
    use Api\Http\Cors; use function Api\Http\send; use const Api\Http\METHODS;
    $c = Cors::boot();
    send('Access-Control-Allow-Origin', $c());
    Cors::{'Allow-Methods'}(METHODS);
    call_user_func([Cors::class, 'Expose-Headers'], 'X-A', isset($c->yes) ? 'X-B' : 'X-C', $c->foo);
    $f = strtoupper(...);
    header($f('vary') . ': ' . Cors::class);
    if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS'): http_response_code(204); exit; endif;
}
