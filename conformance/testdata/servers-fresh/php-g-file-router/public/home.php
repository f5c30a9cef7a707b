<html><?= date('Y') ?></html>
