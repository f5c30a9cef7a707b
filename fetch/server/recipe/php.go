package recipe

// php is the beginning of a PHP script.
// It answers preflights before any output.
var php = form{
	name: "PHP", versions: "PHP 7 and later", comment: "//", item: "'_'", separator: ", ", open: "<?php\n",
	text: `
|// before any output: the file must begin with <?php, without an empty line or a byte order mark before it
l|$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
l|header('Vary: Origin', false);
l|if (in_array($origin, [{origins}], true)) {
l|    header("Access-Control-Allow-Origin: $origin");
lc|    header('Access-Control-Allow-Credentials: true');
l|}
a|header('Access-Control-Allow-Origin: *');
e|header('Access-Control-Expose-Headers: {exposed-values}');
m|if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
m|    header('Access-Control-Allow-Methods: {method-values}');
mh|    header('Access-Control-Allow-Headers: {header-values}');
mx|    header('Access-Control-Max-Age: {max-age}');
m|    http_response_code(204);
m|    exit;
m|}
`,
}
