<?php
$whitelist = "https://myapp.com,https://otherapp.com";
if (!empty($_SERVER['HTTP_ORIGIN']) && !in_array($_SERVER['HTTP_ORIGIN'], explode(",", $whitelist))) {
    header($_SERVER['SERVER_PROTOCOL'] . ' 403 Forbidden');
    die(json_encode(["error" => "Origin not allowed"]));
}
header("Access-Control-Allow-Origin: " . ($_SERVER['HTTP_ORIGIN'] ?? "https://myapp.com"));
header("Access-Control-Allow-Credentials: true");
if ($_SERVER["REQUEST_METHOD"] !== "POST") {
    if ($_SERVER["REQUEST_METHOD"] === "OPTIONS") {
        header("Access-Control-Allow-Headers: Content-Type");
        header("Access-Control-Allow-Methods: POST");
        exit;
    }
    http_response_code(405);
    echo json_encode(["error" => "Method not allowed"]);
    exit;
}
$in = json_decode(file_get_contents("php://input"), true);
if (json_last_error() !== JSON_ERROR_NONE) { http_response_code(400); exit; }
$name = filter_var($in['name'] ?? '', FILTER_SANITIZE_SPECIAL_CHARS);
$email = $in['email'] ?? '';
if (!$name || !filter_var($email, FILTER_VALIDATE_EMAIL)) { http_response_code(422); echo "bad"; exit; }
echo "ok";
