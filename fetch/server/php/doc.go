// Package php reads programs in PHP that send CORS headers by themselves, and of
// Laravel the file config/cors.php or a middleware class.
//
// A program is run from its first line to its last for every request, as PHP's
// built-in server runs its router script: a parser and an interpreter for the
// language as such programs use it. What a program takes from elsewhere (a database,
// a file that is not given, the clock) is a value that is not known. A condition on
// such a value is run both ways; when both ways send the same CORS headers, they are
// the answer.
//
// A class of a framework, and a plugin or theme of WordPress, is run in the same way, between what the framework has and
// what the application behind it answers, whose status is not known.
//
// # Documents
//
//   - PHP 8.2: https://www.php.net/manual/en/ (language reference; header(),
//     http_response_code(), the built-in web server), and of
//     https://github.com/php/php-src main/SAPI.c, main/main.c,
//     sapi/cli/php_cli_server.c
//   - Laravel 11 and php-cors 1.3, not recorded: of
//     https://github.com/laravel/framework
//     src/Illuminate/Http/Middleware/HandleCors.php, and of
//     https://github.com/fruitcake/php-cors src/CorsService.php; for a middleware
//     class src/Illuminate/Http/ResponseTrait.php and
//     src/Illuminate/Pipeline/Pipeline.php, and of https://github.com/symfony/symfony
//     src/Symfony/Component/HttpFoundation/Response.php and HeaderBag.php
//   - WordPress 6.8, not recorded: of https://github.com/WordPress/WordPress
//     wp-includes/rest-api.php, wp-includes/rest-api/class-wp-rest-server.php,
//     wp-includes/http.php, wp-includes/class-wp.php and class-wp-hook.php
package php
