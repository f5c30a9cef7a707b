<?php
$o = $_SERVER['HTTP_ORIGIN'] ?? '';
$pats = ['/^https?:\/\/(www\.)?myapp\.com$/i', '{^https://(?<sub>[a-z]+)\.myapp\.com(?::(\d+))?$}', '~^http://localhost(:\d+)?\z~D'];
foreach ($pats as $i => $p) {
    if (preg_match($p, $o, $m)) { header('Access-Control-Allow-Origin: ' . $m[0]); header("Vary: p$i" . ($m['sub'] ?? '')); break; }
}
$clean = preg_replace('/[^a-z0-9,-]/i', '', $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? '');
$parts = preg_split('/\s*,\s*/', $clean, -1, PREG_SPLIT_NO_EMPTY);
if ($parts) header('Access-Control-Allow-Headers: ' . implode(', ', preg_grep('/^(content|author|x-)/i', $parts)));
$n = preg_match_all('/p/', $o, $all);
header('Access-Control-Expose-Headers: n' . $n . count($all[0]) . preg_quote('a.b'));
header('Access-Control-Allow-Methods: ' . preg_replace_callback('/[a-z]+/', fn($m) => ucfirst($m[0]), 'get, put-x'));
