{{recipe}}

switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case '/users':
        header('Content-Type: application/json');
        echo '[]';
        break;
    case '/boom':
        throw new Exception('boom');
    default:
        http_response_code(404);
}
