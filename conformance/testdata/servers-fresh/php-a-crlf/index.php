<?php
// comment
header("Access-Control-Allow-Origin: https://myapp.com");
header("Access-Control-Allow-Headers: X-A,
 X-B");
header("Access-Control-Allow-Methods: GET,PUT 
");
if ($_SERVER["REQUEST_METHOD"] == "OPTIONS") {
  exit;
}
$x = <<<EOT
  Access-Control-Expose-Headers: X-{$_SERVER["REQUEST_METHOD"]}
  EOT;
header($x);
?>
