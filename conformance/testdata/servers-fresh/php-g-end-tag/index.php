<?php
// header('X: y'); ?>
<?php # comment ?><?php header('Access-Control-Allow-Origin: *') ?>
<?= '' ?>
<?php if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS'): header('Vary: Origin') ?>
x
<?php endif
?>

