<?php
$cfg = ['cors' => ['origins' => ['https://myapp.com'], 'n' => 0]];
$o = &$cfg['cors']['origins'];
$o[] = 'https://otherapp.com';
$n = &$cfg['cors']['n']; $n++; $n += 2;
foreach ($cfg['cors']['origins'] as &$x) { $x = rtrim($x, '/'); } unset($x);
function addOrigin(array &$list, string $v) { $list[] = $v; }
addOrigin($cfg['cors']['origins'], 'http://localhost:3000');
$copy = $cfg; $copy['cors']['n'] = 100;
$obj = new stdClass; $obj->list = []; $r = &$obj->list; $r['a'] = 1;
$swap = fn(&$a, &$b) => [$a, $b] = [$b, $a];
$arr = [1, 2]; $swap($arr[0], $arr[1]);
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (in_array($origin, $o)) header("Access-Control-Allow-Origin: $origin");
header('X-N: ' . $cfg['cors']['n'] . $arr[0] . count($obj->list));
header('Access-Control-Expose-Headers: X-N' . count($cfg['cors']['origins']) . '-' . $cfg['cors']['n'] . $arr[0]);
