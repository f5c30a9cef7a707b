<?php
spl_autoload_register(static function ($c) { $f = __DIR__ . "/../app/{$c}.php"; if (is_readable($f)) { include_once $f; } });
