<?php
header('Access-Control-Allow-Origin: *');
require 'a.php';
require 'a.php';
header('Vary: A');
