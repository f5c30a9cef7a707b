<?php
class NotFound extends RuntimeException { protected $code = 404; public function send() { http_response_code($this->getCode()); header('Vary: Accept', false); } }
final class Cors {
  private static function match(string $pattern, string $origin): bool { return fnmatch($pattern, $origin) || $pattern === '*'; }
  public static function allow(string ...$patterns): void {
    $origin = $_SERVER['HTTP_ORIGIN'] ?? '';
    $ok = array_filter($patterns, fn($p) => self::match($p, $origin));
    header('Vary: Origin');
    if (!$ok) { if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS' && $origin) { header('HTTP/1.1 403 Forbidden'); exit; } return; }
    header('Access-Control-Allow-Origin: ' . $origin);
    if ($_SERVER['REQUEST_METHOD'] !== 'OPTIONS') return;
    header('Access-Control-Allow-Methods: ' . join(', ', ['GET', 'POST']));
    header('Access-Control-Allow-Headers: ' . ($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? 'content-type'));
    exit;
  }
}
