<?php
namespace App\Controllers;
use App\Response;
class UserController {
    public function index(): Response { return \response('[]'); }
    public function show(string $id): Response { return \response("{\"id\":$id}"); }
    public function store(): Response { return \response('{}', 201, ['Location' => '/api/users/1']); }
}
