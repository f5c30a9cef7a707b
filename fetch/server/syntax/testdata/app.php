<?php
declare(strict_types=1);
namespace App\Http;
use App\Models\{User, Post};
use Foo\Bar as Baz;
$allowed = ['http://localhost:3000', "https://{$host}/x", "a $b[0] $c->d"];
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (in_array($origin, $allowed, true) || preg_match('/^https:\/\/.*$/', $origin)) :
  header("Access-Control-Allow-Origin: " . $origin);
elseif (!$x = foo()): echo 1, 2;
else: exit(0);
endif;
foreach ($a as $k => $v) { $x[] = trim($v); }
function cors(?string $o = null, array ...$rest): void { global $y; return; }
$f = fn($x) => $x * 2; $g = function ($a) use ($b) { return $a; };
switch ($m) { case 'GET': a(); break; default: b(); }
$r = match(true) { $a, $b => 1, default => 2 };
class A extends B implements C { private $x = 1; public static function f(int $a) { return self::$x; } const Y = 2; }
return ['paths' => ['api/*'], 'origins' => explode(',', env('X', 'a,b')), 'max' => (int) getenv('Z')];
try { x(); } catch (\Exception $e) { die(json_encode(['e' => $e->getMessage()])); }
$t = $a ? 'b' : 'c'; $u = $a ?: 'd';
$h = <<<EOT
  a $b
  c
  EOT;
$obj?->foo()->bar[1]::BAZ; new Foo(1); @ini_set('a', 1); if ($a) b(); else c();
require __DIR__ . '/db.php';
?>
<html><?= $x ?>
