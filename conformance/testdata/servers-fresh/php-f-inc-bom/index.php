<?php
require 'cors.inc';
require 'config.inc.php';
cors();
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') exit;
echo APP_NAME;
