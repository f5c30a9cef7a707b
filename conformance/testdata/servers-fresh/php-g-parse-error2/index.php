<?php
header('Access-Control-Allow-Origin: *');
function strlen() {}
if ($x { }
