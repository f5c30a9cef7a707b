<?php
function f() {}
header('Access-Control-Allow-Methods: GET', false);
