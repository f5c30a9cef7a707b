<!DOCTYPE html>
<html>
<?php header("Access-Control-Allow-Origin: *"); if ($_SERVER["REQUEST_METHOD"]=="OPTIONS") { header("HTTP/1.1 204 No Content"); exit; } ?>
<body></body></html>
