<?
header('Access-Control-Allow-Origin: *');
?>
hello
