<?php
trait SendsOrigin { protected $origins = ['https://myapp.com']; public function send() { header('Access-Control-Allow-Origin: ' . $this->pick()); } abstract function pick(); public static function make() { return new static; } }
trait SendsMethods { public function send() { header('Access-Control-Allow-Methods: GET, PUT'); } private function secret() { return 'X-S'; } }
class Cors {
    use SendsOrigin, SendsMethods {
        SendsOrigin::send insteadof SendsMethods;
        SendsMethods::send as sendMethods;
        secret as public exposed;
    }
    public function pick() { $o = $_SERVER['HTTP_ORIGIN'] ?? ''; return in_array($o, $this->origins, true) ? $o : 'null'; }
}
$c = Cors::make();
$c->send();
$c->sendMethods();
header('Access-Control-Expose-Headers: ' . $c->exposed());
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(204); exit; }
