package fix_test

import "slices"

var systems = slices.Concat(webServers, programs, frameworks, services)

const expressHead = "const express = require('express');\nconst cors = require('cors');\nconst app = express();\n"

const goodExpress = expressHead + `app.use(cors({
  origin: ['https://myapp.com', 'https://admin.myapp.com'],
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'DELETE'],
  allowedHeaders: ['Content-Type', 'Authorization'],
  maxAge: 7200,
}));
app.get('/users', (req, res) => res.json([]));
app.put('/users', (req, res) => res.json([]));
app.listen(3000);
`

// expressOrigin replaces the list of origins in goodExpress.
const expressOrigin = "['https://myapp.com', 'https://admin.myapp.com']"

const goodManual = `const http = require('http');
const allowed = ['https://myapp.com', 'https://admin.myapp.com'];
http.createServer((req, res) => {
  const origin = req.headers.origin;
  res.setHeader('Vary', 'Origin');
  if (allowed.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Credentials', 'true');
    res.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE');
    res.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization');
  }
  if (req.method === 'OPTIONS') {
    res.writeHead(204);
    res.end();
    return;
  }
  res.end('[]');
}).listen(3000);
`

const goodFlask = `from flask import Flask
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins=["https://myapp.com", "https://admin.myapp.com"], vary_header=True, methods=["GET", "PUT"], allow_headers=["Content-Type", "Authorization"], supports_credentials=True, max_age=7200)

@app.route("/users", methods=["GET", "PUT"])
def users():
    return "[]"
`

const goodDjango = `DEBUG = False
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
CORS_ALLOWED_ORIGINS = ["https://myapp.com", "https://admin.myapp.com"]
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ["GET", "POST", "PUT", "DELETE"]
CORS_ALLOW_HEADERS = ["content-type", "authorization"]
CORS_PREFLIGHT_MAX_AGE = 7200
`

const goodFastAPI = `from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://myapp.com"],
    allow_credentials=True,
    allow_methods=["GET", "PUT"],
    allow_headers=["Authorization", "Content-Type"],
)

@app.get("/users")
def users():
    return []

@app.put("/users")
def save():
    return []
`

const goodRails = `Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins 'https://myapp.com', 'https://admin.myapp.com'
    resource '*', headers: ['Content-Type', 'Authorization'], methods: [:get, :post, :put, :delete], credentials: true, max_age: 7200
  end
end
`

const goodPHP = `<?php
$allowed = ["https://myapp.com", "https://admin.myapp.com"];
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
header("Vary: Origin");
if (in_array($origin, $allowed, true)) {
    header("Access-Control-Allow-Origin: $origin");
    header("Access-Control-Allow-Credentials: true");
    header("Access-Control-Allow-Methods: GET, POST, PUT, DELETE");
    header("Access-Control-Allow-Headers: Content-Type, Authorization");
    header("Access-Control-Max-Age: 7200");
}
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    http_response_code(204);
    exit;
}
echo json_encode([]);
`

const goodLaravel = `<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'POST', 'PUT', 'DELETE'],
    'allowed_origins' => ['https://myapp.com', 'https://admin.myapp.com'],
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['Content-Type', 'Authorization'],
    'exposed_headers' => [],
    'max_age' => 7200,
    'supports_credentials' => true,
];
`

const goodASPNET = `var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCors(options =>
{
    options.AddPolicy("app", policy =>
    {
        policy.WithOrigins("https://myapp.com", "https://admin.myapp.com")
            .WithMethods("GET", "POST", "PUT", "DELETE")
            .WithHeaders("Content-Type", "Authorization")
            .AllowCredentials();
    });
});
var app = builder.Build();
app.UseExceptionHandler("/error");
app.UseRouting();
app.UseCors("app");
app.MapGet("/users", () => "x");
app.MapPut("/users", () => "x");
app.Run();
`

// programs are the systems whose configuration is a program.
var programs = []system{
	{name: "express", kind: "nodejs", file: "app.js", good: goodExpress, bad: []fault{
		{rule: "origin-reflected-credentials", from: expressOrigin, to: "true"},
		{rule: "origin-reflected", from: expressOrigin, to: "true", and: []string{"credentials: true", "credentials: false"}},
		{rule: "wildcard-credentials", from: expressOrigin, to: "'*'"},
		{rule: "null-origin-credentials", from: "'https://admin.myapp.com'", to: "'null'"},
		{rule: "origin-prefix-match", from: expressOrigin, to: `/^https:\/\/myapp\.com/`},
		{rule: "origin-suffix-match", from: expressOrigin, to: `/myapp\.com$/`},
		{rule: "origin-unescaped-dot", from: expressOrigin, to: `/^https:\/\/myapp.com$/`},
		{rule: "origin-substring-match", from: expressOrigin, to: "(origin, callback) => callback(null, 'https://myapp.com,https://admin.myapp.com'.includes(origin))"},
		{rule: "origin-other-tld", from: expressOrigin, to: `/^https:\/\/myapp\.[a-z]+$/`},
		{rule: "public-suffix-wildcard", from: expressOrigin, to: `['https://myapp.com', /^https:\/\/[a-z-]+\.vercel\.app$/]`},
		{rule: "origin-special-character", from: expressOrigin, to: `/^https:\/\/myapp\.com([^a-z0-9.:-].*)?$/`},
		{rule: "insecure-origin", from: "'https://admin.myapp.com'", to: "'http://myapp.com'"},
		{rule: "localhost-in-production", from: "'https://admin.myapp.com'", to: "'http://localhost:3000'"},
		{rule: "third-party-origin", from: "'https://admin.myapp.com'", to: "'https://codepen.io'"},
		{rule: "origin-never-matches", from: "'https://myapp.com'", to: "'https://myapp.com/'"},
		{rule: "origin-missing", from: expressOrigin, to: "[]"},
		{rule: "origin-blocked", from: "'https://myapp.com'", to: "'https://www.myapp.com'"},
		{rule: "denied-origin-errors", from: expressOrigin, to: "(origin, callback) => {\n    if (!origin || origin === 'https://myapp.com') callback(null, true);\n    else callback(new Error('Not allowed by CORS'));\n  }"},
		{rule: "policy-overlap", from: "app.use(cors({", to: "app.use(cors());\napp.use(cors({"},
		{rule: "preflight-only", from: goodExpress, to: expressHead + "app.get('/users', (req, res) => res.json([]));\napp.use(cors({ origin: ['https://myapp.com'] }));\napp.listen(3000);\n"},
		{rule: "middleware-order", from: goodExpress, to: expressHead + "app.get('/users', (req, res) => res.json([]));\napp.use(cors({ origin: ['https://myapp.com'] }));\napp.listen(3000);\n"},
		{rule: "preflight-needs-login", from: "const app = express();\n", to: "const app = express();\napp.use((req, res, next) => req.headers.authorization ? next() : res.sendStatus(401));\n"},
		{rule: "preflight-bad-status", from: "  maxAge: 7200", to: "  optionsSuccessStatus: 400"},
		{rule: "method-not-allowed-by-policy", from: "'POST', 'PUT', 'DELETE'", to: "'POST'"},
		{rule: "request-header-missing", from: "'Content-Type', 'Authorization'", to: "'Authorization'"},
		{rule: "star-list-with-credentials", from: "['GET', 'POST', 'PUT', 'DELETE']", to: "'*'"},
		{rule: "header-star-authorization", from: "['Content-Type', 'Authorization']", to: "'*'", and: []string{"credentials: true", "credentials: false"}},
		{rule: "method-lowercase", from: "['GET', 'POST', 'PUT', 'DELETE']", to: "['get', 'post', 'put']"},
		{rule: "method-invalid", from: "['GET', 'POST', 'PUT', 'DELETE']", to: "'GET; POST; PUT'"},
		{rule: "header-invalid", from: "['Content-Type', 'Authorization']", to: "'Content-Type; Authorization'"},
		{rule: "header-prohibited", from: "['Content-Type', 'Authorization']", to: "['Content-Type', 'Cookie', 'Authorization']"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
		{rule: "option-unknown", from: "  origin: [", to: "  origins: ["},
		{rule: "env-spaces", from: expressOrigin, to: "'https://admin.myapp.com, https://myapp.com'.split(',')"},
		{rule: "max-age-missing", from: "  maxAge: 7200,\n", words: true},
		{rule: "csrf-not-cors", from: "app.put('/users'", to: "app.post('/users', (req, res) => res.json([]));\napp.put('/users'", words: true},
	}},
	{name: "node", kind: "nodejs", file: "server.js", good: goodManual, bad: []fault{
		{rule: "origin-reflected-credentials", from: "allowed.includes(origin)", to: "origin"},
		{rule: "origin-suffix-match", from: "allowed.includes(origin)", to: "origin && origin.endsWith('myapp.com')"},
		{rule: "origin-prefix-match", from: "allowed.includes(origin)", to: "origin && origin.startsWith('https://myapp.com')"},
		{rule: "origin-prefix-match", from: "allowed.includes(origin)", to: "origin && origin.indexOf('myapp.com') !== -1"},
		{rule: "vary-missing", from: "  res.setHeader('Vary', 'Origin');\n"},
		{rule: "vary-missing-when-denied", from: "  res.setHeader('Vary', 'Origin');\n", and: []string{"    res.setHeader('Access-Control-Allow-Cred", "    res.setHeader('Vary', 'Origin');\n    res.setHeader('Access-Control-Allow-Cred"}},
		{rule: "preflight-bad-status", from: "writeHead(204)", to: "writeHead(400)"},
		{rule: "method-not-allowed-by-policy", from: "GET, POST, PUT, DELETE", to: "GET, POST", call: "PUT"},
		{rule: "request-header-missing", from: "    res.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization');\n", call: "GET Authorization"},
		{rule: "star-list-with-credentials", from: "GET, POST, PUT, DELETE", to: "*"},
		{rule: "wildcard-credentials", from: "Origin', origin)", to: "Origin', '*')"},
	}},
	{name: "flask", file: "app.py", good: goodFlask, bad: []fault{
		{rule: "origin-reflected-credentials", from: `, origins=["https://myapp.com", "https://admin.myapp.com"], vary_header=True`},
		{rule: "origin-reflected", from: `origins=["https://myapp.com", "https://admin.myapp.com"], vary_header=True`, to: `origins="*"`, and: []string{"supports_credentials=True, ", ""}},
		{rule: "null-origin-credentials", from: `"https://admin.myapp.com"`, to: `"null"`},
		{rule: "origin-prefix-match", from: `"https://myapp.com"`, to: `r"https://myapp\.com"`},
		{rule: "origin-suffix-match", from: `"https://myapp.com"`, to: `r"https?://.*myapp\.com$"`},
		{rule: "origin-unescaped-dot", from: `"https://myapp.com"`, to: `r"^https://myapp.com$"`},
		{rule: "insecure-origin", from: `"https://admin.myapp.com"`, to: `"http://myapp.com"`},
		{rule: "origin-never-matches", from: `"https://myapp.com"`, to: `"https://myapp.com/"`},
		{rule: "policy-reopened", from: "\n\n@app", to: "\nCORS(app)\n\n@app"},
		{rule: "method-not-allowed-by-policy", from: `methods=["GET", "PUT"], allow`, to: `methods=["GET"], allow`},
		{rule: "request-header-missing", from: `["Content-Type", "Authorization"]`, to: `["Content-Type"]`, call: "GET Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
		{rule: "option-unknown", from: `allow_headers=`, to: `allowed_headers=`},
		{rule: "debug-mode-bare", from: "    return \"[]\"\n", to: "    return \"[]\"\n\napp.run(debug=True)\n"},
		{rule: "method-promised-not-routed", from: `"/users", methods=["GET", "PUT"]`, to: `"/users"`, words: true},
	}},
	{name: "django", file: "settings.py", good: goodDjango, bad: []fault{
		{rule: "origin-reflected-credentials", from: `CORS_ALLOWED_ORIGINS = ["https://myapp.com", "https://admin.myapp.com"]`, to: "CORS_ALLOW_ALL_ORIGINS = True"},
		{rule: "option-unknown", from: `CORS_ALLOW_HEADERS`, to: `CORS_ALLOWED_HEADERS`},
		{rule: "policy-reopened", from: "CORS_ALLOW_CREDENTIALS", to: "CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS"},
		{rule: "null-origin-credentials", from: `"https://admin.myapp.com"`, to: `"null"`},
		{rule: "origin-prefix-match", from: `CORS_ALLOWED_ORIGINS = ["https://myapp.com", "https://admin.myapp.com"]`, to: `CORS_ALLOWED_ORIGIN_REGEXES = [r"^https://myapp\.com"]`},
		{rule: "insecure-origin", from: `"https://admin.myapp.com"`, to: `"http://myapp.com"`},
		{rule: "localhost-in-production", from: `"https://admin.myapp.com"`, to: `"http://localhost:3000"`},
		{rule: "method-not-allowed-by-policy", from: `"GET", "POST", "PUT", "DELETE"`, to: `"GET", "POST"`, call: "PUT"},
		{rule: "request-header-missing", from: `["content-type", "authorization"]`, to: `["content-type"]`, call: "GET Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "fastapi", file: "main.py", good: goodFastAPI, bad: []fault{
		{rule: "origin-reflected-credentials", from: `["https://myapp.com"]`, to: `["*"]`},
		{rule: "null-origin-credentials", from: `["https://myapp.com"]`, to: `["https://myapp.com", "null"]`},
		{rule: "origin-unescaped-dot", from: `allow_origins=["https://myapp.com"]`, to: `allow_origin_regex="https://myapp.com"`},
		{rule: "insecure-origin", from: `["https://myapp.com"]`, to: `["https://myapp.com", "http://myapp.com"]`},
		{rule: "origin-never-matches", from: `["https://myapp.com"]`, to: `["https://myapp.com/"]`},
		{rule: "method-not-allowed-by-policy", from: `    allow_methods=["GET", "PUT"],` + "\n"},
		{rule: "request-header-missing", from: `    allow_headers=["Authorization", "Content-Type"],` + "\n", call: "GET Authorization"},
	}},
	{name: "rack-cors", file: "config/initializers/cors.rb", good: goodRails, bad: []fault{
		{rule: "origin-prefix-match", from: `'https://myapp.com'`, to: `/\Ahttps:\/\/myapp\.com/`},
		{rule: "origin-never-matches", from: `'https://myapp.com'`, to: `'https://myapp.com/'`},
		{rule: "insecure-origin", from: `'https://admin.myapp.com'`, to: `'http://myapp.com'`},
		{rule: "localhost-in-production", from: `'https://admin.myapp.com'`, to: `'http://localhost:3000'`},
		{rule: "method-not-allowed-by-policy", from: `[:get, :post, :put, :delete]`, to: `[:get, :post]`, call: "PUT"},
		{rule: "request-header-missing", from: `['Content-Type', 'Authorization']`, to: `['Content-Type']`, call: "GET Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "php", file: "index.php", good: goodPHP, bad: []fault{
		{rule: "origin-reflected-credentials", from: `in_array($origin, $allowed, true)`, to: `$origin`},
		{rule: "origin-suffix-match", from: `in_array($origin, $allowed, true)`, to: `str_ends_with($origin, 'myapp.com')`},
		{rule: "origin-prefix-match", from: `in_array($origin, $allowed, true)`, to: `preg_match('#^https://myapp\.com#', $origin)`},
		{rule: "origin-prefix-match", from: `in_array($origin, $allowed, true)`, to: `strpos($origin, 'myapp.com') !== false`},
		{rule: "output-before-header", from: "<?php", to: "\n<?php"},
		{rule: "null-origin-credentials", from: `"https://admin.myapp.com"`, to: `"null"`},
		{rule: "wildcard-credentials", from: `Origin: $origin"`, to: `Origin: *"`},
		{rule: "vary-missing", from: "header(\"Vary: Origin\");\n"},
		{rule: "allow-origin-duplicate", from: `    header("Access-Control-Allow-Credentials`, to: "    header(\"Access-Control-Allow-Origin: $origin\", false);\n    header(\"Access-Control-Allow-Credentials"},
		{rule: "preflight-bad-status", from: "http_response_code(204)", to: "http_response_code(400)"},
		{rule: "method-not-allowed-by-policy", from: "GET, POST, PUT, DELETE", to: "GET, POST", call: "PUT"},
		{rule: "request-header-missing", from: "Content-Type, Authorization", to: "Content-Type", call: "GET Authorization"},
		{rule: "star-list-with-credentials", from: "GET, POST, PUT, DELETE", to: "*"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "laravel", file: "config/cors.php", good: goodLaravel, bad: []fault{
		{rule: "origin-reflected-credentials", from: `['https://myapp.com', 'https://admin.myapp.com']`, to: `['*']`},
		{rule: "option-unknown", from: "'allowed_methods'", to: "'allow_methods'"},
		{rule: "null-origin-credentials", from: `'https://admin.myapp.com'`, to: `'null'`},
		{rule: "origin-prefix-match", from: `'allowed_origins_patterns' => []`, to: `'allowed_origins_patterns' => ['#^https://myapp\.com#']`, and: []string{"['https://myapp.com', 'https://admin.myapp.com']", "[]"}},
		{rule: "origin-never-matches", from: `'https://myapp.com'`, to: `'https://myapp.com/'`},
		{rule: "method-not-allowed-by-policy", from: `['GET', 'POST', 'PUT', 'DELETE']`, to: `['GET', 'POST']`, call: "PUT"},
		{rule: "request-header-missing", from: `['Content-Type', 'Authorization']`, to: `['Content-Type']`, call: "GET Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "aspnet", file: "Program.cs", good: goodASPNET, bad: []fault{
		{rule: "origin-reflected-credentials", from: `WithOrigins("https://myapp.com", "https://admin.myapp.com")`, to: `SetIsOriginAllowed(origin => true)`},
		{rule: "insecure-origin", from: `"https://admin.myapp.com"`, to: `"http://myapp.com"`},
		{rule: "origin-never-matches", from: `"https://myapp.com"`, to: `"https://myapp.com/"`},
		{rule: "origin-blocked", from: `"https://myapp.com"`, to: `"https://www.myapp.com"`},
		{rule: "method-not-allowed-by-policy", from: `"GET", "POST", "PUT", "DELETE"`, to: `"GET", "POST"`},
		{rule: "request-header-missing", from: `"Content-Type", "Authorization"`, to: `"Authorization"`},
	}},
}
