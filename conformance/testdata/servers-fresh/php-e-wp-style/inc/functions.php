<?php
$GLOBALS['hooks'] = array();
function add_action( $tag, $cb, $prio = 10 ) { global $hooks; $hooks[ $tag ][ $prio ][] = $cb; ksort( $hooks[ $tag ] ); }
function add_filter( $tag, $cb, $prio = 10 ) { add_action( $tag, $cb, $prio ); }
function do_action( $tag ) {
	global $hooks;
	foreach ( $hooks[ $tag ] ?? array() as $prio => $list ) { foreach ( (array) $list as $cb ) { call_user_func( $cb ); } }
}
function apply_filters( $tag, $value ) {
	global $hooks;
	if ( ! empty( $hooks[ $tag ] ) ) foreach ( $hooks[ $tag ] as $list ) foreach ( $list as $cb ) $value = call_user_func_array( $cb, array( $value ) );
	return $value;
}
function get_http_origin() { $origin = ''; if ( ! empty( $_SERVER['HTTP_ORIGIN'] ) ) { $origin = $_SERVER['HTTP_ORIGIN']; } return apply_filters( 'http_origin', $origin ); }
function status_header( $code ) { $protocol = $_SERVER['SERVER_PROTOCOL']; @header( "$protocol $code X", true, $code ); }
function my_cors_headers() {
	$origin = get_http_origin();
	$allowed = apply_filters( 'allowed_http_origins', array( 'http://localhost:3000', 'https://myapp.com' ) );
	if ( $origin && in_array( $origin, $allowed, true ) ) {
		header( 'Access-Control-Allow-Origin: ' . $origin );
		header( 'Access-Control-Allow-Credentials: true' );
		if ( 'OPTIONS' === $_SERVER['REQUEST_METHOD'] ) { header( 'Access-Control-Allow-Methods: POST, GET, OPTIONS' ); }
	}
}
