<?php
function corsHeaders(?string $origin): iterable {
    if ($origin === null) return;
    yield 'Access-Control-Allow-Origin' => $origin;
    yield 'Vary' => 'Origin';
    if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
        yield 'Access-Control-Allow-Methods' => implode(', ', iterator_to_array(methods()));
        yield from ['Access-Control-Allow-Headers' => 'Content-Type', 'Access-Control-Max-Age' => 60];
    }
}
function methods() { foreach (['GET', 'POST'] as $m) { yield $m; } yield 'DELETE'; }
foreach (corsHeaders($_SERVER['HTTP_ORIGIN'] ?? null) as $k => $v) { header("$k: $v"); }
function counter() { $i = 0; while (true) { $x = yield $i++; if ($x === 'stop') return $i; } }
$g = counter();
$g->current(); $g->next(); $g->next();
header('X-Count: ' . $g->current());
$g->send('stop');
header('Access-Control-Expose-Headers: ' . ($g->valid() ? 'X-Yes' : 'X-' . $g->getReturn()));
$lazy = (function () { yield 1; yield 2; })();
if (array_sum([...$lazy]) === 3) http_response_code(202);
