<?php
if ( ! defined( 'ABSPATH' ) ) { define( 'ABSPATH', __DIR__ . '/' ); }
require_once ABSPATH . 'inc/functions.php';

add_action( 'init', 'my_cors_headers', 5 );
add_action( 'init', array( 'My_Plugin', 'init' ) );
add_filter( 'allowed_http_origins', function ( $origins ) { $origins[] = 'https://otherapp.com'; return $origins; } );
do_action( 'init' );

class My_Plugin {
	public static $version = '1.0';
	public static function init() {
		if ( 'OPTIONS' == $_SERVER['REQUEST_METHOD'] ) {
			status_header( 200 );
			exit();
		}
		if ( ! empty( $_GET['callback'] ) ) { header( 'Content-Type: application/javascript' ); }
	}
}
if ( strpos( $_SERVER['REQUEST_URI'], '/api/' ) === false ) { status_header( 404 ); }
