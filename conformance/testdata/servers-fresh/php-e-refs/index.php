<?php
final class Headers implements ArrayAccess, IteratorAggregate, Countable {
    private array $h = [];
    public function offsetExists($k): bool { return isset($this->h[strtolower($k)]); }
    public function offsetGet($k): mixed { return $this->h[strtolower($k)] ?? null; }
    public function offsetSet($k, $v): void { $this->h[strtolower($k)] = $v; }
    public function offsetUnset($k): void { unset($this->h[strtolower($k)]); }
    public function getIterator(): Iterator { return new ArrayIterator($this->h); }
    public function count(): int { return count($this->h); }
    public function all(): array { return $this->h; }
}
$h = new Headers;
$h['Access-Control-Allow-Origin'] = $_SERVER['HTTP_ORIGIN'] ?? '*';
if ($h['access-control-allow-origin'] === 'null') { $h['Access-Control-Allow-Origin'] = 'https://myapp.com'; }
$counter = 0;
$add = function (string $name, string ...$values) use (&$h, &$counter) { $h[$name] = implode(', ', $values); $counter++; return $this ?? null; };
$add('Access-Control-Allow-Methods', 'GET', 'PUT');
$_SERVER['REQUEST_METHOD'] === 'OPTIONS' and $add('Access-Control-Allow-Headers', ...array_filter(explode(',', $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? '')));
function &pick(array &$a, $k) { if (!isset($a[$k])) { $a[$k] = []; } return $a[$k]; }
$tree = ['a' => ['b' => 1]];
$tree['a']['c'][] = 'x'; $tree['d']['e']['f'] = 2; $copy = $tree; $copy['a']['b'] = 99;
foreach ($tree['a'] as $k => &$v) { if (is_int($v)) $v += 10; } unset($v);
[$p, [, $q]] = [1, [2, 3]]; [$p, $q] = [$q, $p];
list('a' => list('b' => $ab)) = $tree;
function fact($n) { return $n <= 1 ? 1 : $n * fact($n - 1); }
$str = "{$tree['a']['b']}-{$copy['a']['b']}-$p$q-" . fact(5) . '-' . count($tree['a']['c']) . "-$ab-" . count($h);
$h['Access-Control-Expose-Headers'] = $str;
if (isset($h['vary'])) unset($h['vary']); else $h['Vary'] = $counter > 1 ? 'Origin' : 'Accept';
foreach ($h->all() as $name => $value) { header(ucwords($name, '-') . ": $value"); }
if (strcmp($_SERVER['REQUEST_METHOD'], 'OPTIONS') === 0) { header('HTTP/1.1 204'); exit; }
for ($i = 0, $j = 10; $i < $j; $i++, $j--) { if ($i === 3) continue; if ($i > 4) break; }
while ($i--): if ($i < 2) break; endwhile;
echo <<<JSON
{"i": $i, "j": {$j}, "s": "${str}"}
JSON;
