<?php
echo ' ';
flush();
header('Access-Control-Allow-Origin: *');
ob_start();
echo 'y';
header('Vary: Origin');
ob_end_flush();
ob_flush();
