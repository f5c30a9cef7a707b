<?php
header('Access-Control-Allow-Origin: *');
function strlen($x) { return 1; }
header('Vary: A');
