<?PHP
HEADER('Access-Control-Allow-Origin: *');
IF ($_server['REQUEST_METHOD'] ?? FALSE) Header('Vary: A');
ElseIf (TRUE AND NULL === null) { Header('Vary: Origin'); }
$X = 1; Function Foo() { Return 'Access-Control-Allow-Methods: GET'; }
Header(FOO());
If (StrToUpper($_SERVER['REQUEST_METHOD']) === 'OPTIONS') { Http_Response_Code(204); EXIT; }
Class A { Const B = 'b'; Static Function C() { Return SELF::B; } }
header('Access-Control-Expose-Headers: ' . a::c() . A::B);
