<?php
$o = $_SERVER['HTTP_ORIGIN'] ?? '*';
$lines = explode("\n", trim(<<<HEADERS
  Access-Control-Allow-Origin: {$o}
  Access-Control-Allow-Methods: GET, POST
  Vary: ${o}
  HEADERS));
foreach ($lines as $l) header($l);
$raw = <<<'RAW'
Access-Control-Allow-Headers: $x-{y}
RAW;
header($raw);
printf("%s", sprintf('%05.1f|%-5s|%x', 3.14159, 'ab', 255));
header(sprintf('Access-Control-Max-Age: %2$d%1$s', 'z', '42abc'));
header('Access-Control-Expose-Headers: ' . vsprintf('%s-%\'*6s-%u', ['a', 'b', 3]) . number_format(1234.5) . ucwords('hello world'));
if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') exit(0);
