<?php
header('Access-Control-Allow-Origin: *', true, 202);
header('X-A: b', true, 0);
header('Vary: A, B');
header('vary: C', false, 203);
header('VARY: D');
header(header: 'Access-Control-Allow-Methods: GET', response_code: 201);
header("Access-Control-Expose-Headers:\tX-A  ");
header('Access-Control-Max-Age:600');
header('Access-Control-Allow-Headers : X-B');
header('access-control-allow-credentials: TRUE');
if (isset($_SERVER['HTTP_ORIGIN'])) header('Status: 404 Not Found');
if ($_SERVER['REQUEST_METHOD'] === 'DELETE') header('HTTP/1.1 204');
if ($_SERVER['REQUEST_METHOD'] === 'PUT') header('Location: https://a.example/', true, 308);
if ($_SERVER['REQUEST_METHOD'] === 'PATCH') { http_response_code(301); header('Location: /a'); }
if ($_SERVER['REQUEST_METHOD'] === 'HEAD') { header('HTTP/1.1 404 Not Found'); http_response_code(200); }
if (http_response_code() === 201) header('X-Was: 201');
