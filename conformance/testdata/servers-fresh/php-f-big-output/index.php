<?php
header('Access-Control-Allow-Origin: *');
echo str_repeat('x', 5000);
header('Vary: Origin');
header_remove('Access-Control-Allow-Origin');
http_response_code(404);
if (headers_sent($f, $l)) { header('X-Late: 1'); }
