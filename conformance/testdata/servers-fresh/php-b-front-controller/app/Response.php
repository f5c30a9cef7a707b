<?php
namespace App;
class Response {
    public function __construct(private string $body = '', private int $status = 200, private array $headers = []) {}
    public function withHeader(string $k, string $v): self { $c = clone $this; $c->headers[$k] = $v; return $c; }
    public function emit(): void {
        http_response_code($this->status);
        foreach ($this->headers as $k => $v) header("$k: $v", true);
        echo $this->body;
    }
}
