<?php
header('Access-Control-Allow-Origin: *')
if ($x) { }
