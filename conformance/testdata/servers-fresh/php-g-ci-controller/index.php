<?php
define('BASEPATH', __DIR__ . '/');
class CI_Controller { private static $instance; protected $load; public function __construct() { self::$instance =& $this; $this->load = new class { public function model($m) { return true; } public function helper($h) {} public function __call($n, $a) { return $this; } }; } public static function &get_instance() { return self::$instance; } }
function &get_instance() { return CI_Controller::get_instance(); }
require_once BASEPATH . 'core/MY_Controller.php';
class Users extends MY_Controller { public function __construct() { parent::__construct(); $this->load->model('user'); } public function index_get() { $this->response([], 200); } public function index_post() { $this->response(['status' => false], self::HTTP_BAD_REQUEST); } }
$c = new Users; $m = 'index_' . strtolower($_SERVER['REQUEST_METHOD']);
method_exists($c, $m) ? $c->$m() : $c->response(['error' => 'Unknown method'], 405);
