<?php
$start = microtime(true);
header('Access-Control-Allow-Origin: *');
header('X-Id: ' . bin2hex(random_bytes(8)) . uniqid() . date('c') . time() . mt_rand());
header('Expires: ' . gmdate('D, d M Y H:i:s', time() + 60) . ' GMT');
header('X-Time: ' . round((microtime(true) - $start) * 1000, 2));
error_log('x'); @file_put_contents('/tmp/php-x-log', 'x', FILE_APPEND);
header('Vary: Origin');
