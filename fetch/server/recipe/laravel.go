package recipe

// laravel is the file config/cors.php of Laravel, whose middleware HandleCors runs
// before all others and gets the responses to exceptions, too.
var laravel = form{
	name: "Laravel", versions: "Laravel 9.2 and later", comment: "//", item: "'_'", separator: ", ", open: "<?php\n",
	text: `
|// the file config/cors.php; without it: php artisan config:publish cors.
|// Afterwards: php artisan config:clear
|return [
|    'paths' => ['*'], // or the paths that pages need, such as 'api/*'
m|    'allowed_methods' => [{methods}],
s|    'allowed_methods' => ['GET', 'HEAD', 'POST'],
l|    'allowed_origins' => [{origins}],
a|    'allowed_origins' => ['*'],
|    'allowed_origins_patterns' => [],
|    'allowed_headers' => [{headers}],
|    'exposed_headers' => [{exposed}],
|    'max_age' => {max-age},
c|    'supports_credentials' => true,
|];
`,
}
