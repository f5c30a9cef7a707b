<?php
if ($_SERVER['REQUEST_METHOD'] !== 'GET') { header('Allow: GET'); json_out(null, 405); return; }
json_out([['id' => 1]]);
