<?php
$cors = array(
    '/api' => array('origin' => '*', 'methods' => array('GET', 'POST')),
    '/static' => array('origin' => 'https://myapp.com', 'methods' => array('GET')),
);
$path = $_SERVER['REQUEST_URI'];
$rule = null;
foreach ($cors as $prefix => $r) {
    if (strpos($path, $prefix) === 0) { $rule = $r; break; }
}
if ($rule != null) {
    header('Access-Control-Allow-Origin: ' . $rule['origin']);
    if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') {
        header('Access-Control-Allow-Methods: ' . join(', ', $rule['methods']));
        header('Access-Control-Allow-Headers: ' . $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS']);
        exit;
    }
    if ($rule['origin'] !== '*') header('Vary: Origin');
} else {
    header('HTTP/1.1 404 Not Found', true, 404);
}
$size = 0;
for ($i = 0, $n = count($cors); $i < $n; ++$i) { $size += $i ** 2; }
printf("%05.2f %s %'*10s %d%%", 3.14159, 'a', 'b', $size);
$text = 'Hello {$name}'; $name = "W"; $arr = ['k' => ['z' => 'deep'], 3 => 'three']; $obj = new stdClass; $obj->p = new stdClass; $obj->p->q = 'Q'; $fn = 'strtoupper';
header("X-T: {$arr['k']['z']} $arr[k] $arr[3] {$obj->p->q} \x41\u{42}\103 \$name {$fn('up')}");
$s = <<<"HTML"
    <b>$name</b>
      {$arr['k']['z']}
    HTML;
header('Access-Control-Expose-Headers: ' . str_replace(["\n", '<', '>', ' '], ['|', '(', ')', '_'], $s));
$h = <<<'RAW'
$x {$y}
RAW;
header('Timing-Allow-Origin: ' . ($h ?: 'none'));
