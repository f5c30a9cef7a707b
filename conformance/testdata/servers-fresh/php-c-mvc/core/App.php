<?php
class App {
    private $routes = [];
    public function route($method, $pattern, $handler) { $this->routes[] = compact('method', 'pattern', 'handler'); }
    public function run() {
        $path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
        try {
            foreach ($this->routes as ['method' => $m, 'pattern' => $p, 'handler' => $h]) {
                if (($m === '*' || $m === $_SERVER['REQUEST_METHOD']) && preg_match("~^{$p}$~", $path, $matches)) {
                    if (is_string($h)) { [$c, $a] = explode('@', $h); $h = [new $c, $a]; }
                    elseif (is_array($h) && is_string($h[0])) { $h[0] = new $h[0](); }
                    $out = call_user_func($h, ...array_slice($matches, 1));
                    echo is_array($out) ? json_encode($out) : $out;
                    return;
                }
            }
            http_response_code(404);
        } catch (Throwable $t) {
            http_response_code($t->getCode() >= 400 ? $t->getCode() : 500);
            echo json_encode(['error' => get_class($t), 'message' => $t->getMessage()]);
        } finally {
            if (!headers_sent()) { header('X-Done: 1'); }
        }
    }
}
