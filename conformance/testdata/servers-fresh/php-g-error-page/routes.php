<?php
return [ ['GET', '#^/api/users$#', fn() => print('[]')], ['GET', '#^/api/users/(\d+)$#', function ($id) { if ($id > 10) throw new NotFound; echo $id; }], ['POST', '#^/api/(\w+)$#', function (string $what) { http_response_code(201); }], ['GET', '#^/boom#', function () { throw new Exception; }], ];
