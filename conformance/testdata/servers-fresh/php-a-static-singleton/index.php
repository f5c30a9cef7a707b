<?php
class Config {
    private static ?Config $instance = null;
    private static $data = [];
    public static function get(string $key, $default = null) {
        if (self::$instance === null) { self::$instance = new self; self::$data = parse_ini_file(__DIR__ . '/app.ini'); }
        return static::$data[$key] ?? $default;
    }
}
abstract class Controller {
    protected array $headers = [];
    public function __construct() { $this->headers['Access-Control-Allow-Origin'] = Config::get('cors_origin', '*'); }
    abstract public function handle(): int;
    public function run() { $code = $this->handle(); foreach ($this->headers as $k => $v) { header("{$k}: {$v}"); } http_response_code($code); }
    public static function make() { return new static(); }
}
trait Preflight {
    protected function preflight(): bool {
        if (strtoupper($_SERVER['REQUEST_METHOD']) !== 'OPTIONS') return false;
        $this->headers += ['Access-Control-Allow-Methods' => Config::get('cors_methods'), 'Access-Control-Allow-Origin' => 'ignored'];
        return true;
    }
}
final class UserController extends Controller {
    use Preflight;
    public function handle(): int {
        if ($this->preflight()) return 204;
        return isset($_COOKIE['sid']) ? 200 : 401;
    }
    public function __destruct() {}
}
interface X { const A = 1; }
enum Level: string { case Low = 'low'; case High = 'high'; public static function default(): self { return self::Low; } public function label(): string { return ucfirst($this->value); } }
header('X-Level: ' . Level::default()->label() . Level::from('high')->name . X::A . UserController::class);
UserController::make()->run();
