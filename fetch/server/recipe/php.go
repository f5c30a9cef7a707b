package recipe

// php is the beginning of a PHP script.
// It answers preflights before any output.
var php = form{
	name: "PHP", item: "_", separator: ", ",
	text: `
|<?php
|// before any output
l|$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
l|header('Vary: Origin', false);
l|if (in_array($origin, ['{origin}'], true)) {
l|    header("Access-Control-Allow-Origin: $origin");
lc|    header('Access-Control-Allow-Credentials: true');
l|}
a|header('Access-Control-Allow-Origin: *');
m|if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
m|    header('Access-Control-Allow-Methods: {methods}');
mh|    header('Access-Control-Allow-Headers: {headers}');
m|    http_response_code(204);
m|    exit;
m|}
`,
}
