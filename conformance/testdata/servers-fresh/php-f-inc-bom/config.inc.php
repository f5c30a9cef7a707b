<?php
define('APP_NAME', 'x');
return true;