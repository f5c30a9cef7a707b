<?php
defined('BASEPATH') OR exit('No direct script access allowed');
class MY_Controller extends CI_Controller {
	const HTTP_BAD_REQUEST = 400;
	public function __construct()
	{
		parent::__construct();
		if (ENVIRONMENT === 'development') header('Access-Control-Allow-Origin: *');
		header("Access-Control-Allow-Methods: GET, POST, OPTIONS, PUT, DELETE");
		$method = $_SERVER['REQUEST_METHOD'];
		if ($method == "OPTIONS") {
			die();
		}
	}
	public function response($data, $code) { get_instance()->output($data, $code); }
	public function output($d, $c) { http_response_code($c); header('Content-Type: application/json'); echo json_encode($d); exit; }
}
defined('ENVIRONMENT') || define('ENVIRONMENT', isset($_SERVER['CI_ENV']) ? $_SERVER['CI_ENV'] : 'development');
