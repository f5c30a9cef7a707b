<?php
namespace App\Http;

class Response
{
    public static function json($data, int $status = 200): static
    {
        $r = new static();
        $r->status = $status;
        $r->body = json_encode($data);
        return $r;
    }
    public int $status;
    public string $body;
    public function send(): void
    {
        http_response_code($this->status);
        header('Content-Type: application/json');
        if ($this->status !== 204) echo $this->body;
    }
}
