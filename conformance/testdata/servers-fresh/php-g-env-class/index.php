<?php
final class Env { private array $vars; public function __construct() { $this->vars = array_merge($_ENV, getenv()); }
 public function get(string $k, mixed $d = null): mixed { $v = $this->vars[$k] ?? $d; return is_string($v) ? (json_decode($v, true) ?? $v) : $v; }
 public function list(string $k): array { return (array) $this->get($k, []); } }
$env = new Env; $o = $_SERVER['HTTP_ORIGIN'] ?? null;
foreach ($env->list('APP_ORIGINS') as $allowed) if ($o === $allowed) { header("Access-Control-Allow-Origin: $o"); header('Vary: Origin'); }
if ($env->get('APP_DEBUG')) header('Access-Control-Max-Age: 0'); else header('Access-Control-Max-Age: ' . ($env->get('CORS_MAX_AGE') ?? 7200));
if (($_SERVER['APP_DEBUG'] ?? '') === 'false') header('Access-Control-Expose-Headers: X-Server');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { header('Access-Control-Allow-Methods: GET'); exit(); }
