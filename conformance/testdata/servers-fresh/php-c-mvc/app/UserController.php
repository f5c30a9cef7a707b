<?php
class UserController {
    public function __construct() { header('Content-Type: application/json'); }
    public function index(?string $id = null) { return $id ? ['id' => (int) ltrim($id, '/')] : []; }
    public function store() {
        $in = json_decode(file_get_contents('php://input'));
        if (!isset($in->name) || strlen(trim($in->name)) < 3) { http_response_code(422); return ['errors' => ['name']]; }
        header('Location: /api/users/1', true, 201);
        return (array) $in;
    }
}
