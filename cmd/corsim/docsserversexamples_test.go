package main

// serverExample is the example on the page of a kind of configuration.
type serverExample struct {
	name string // of the file
	text string
	ask  string // the arguments of the request
	note string // what else is worth to know of the kind
}

const (
	askGet = "https://api.example.com/api/users"
	askPut = "-X PUT -H 'Content-Type: application/json' https://api.example.com/api/users"
)

// serverExamples are the examples by kind.
var serverExamples = map[string]serverExample{
	"nginx": {"nginx.conf", "server {\n  server_name api.example.com;\n  location /api/ {\n    if ($request_method = OPTIONS) {\n      add_header Access-Control-Allow-Origin https://myapp.com;\n      add_header Access-Control-Allow-Methods PUT;\n      add_header Access-Control-Allow-Headers Content-Type;\n      return 204;\n    }\n    add_header Access-Control-Allow-Origin https://myapp.com always;\n    proxy_pass http://localhost:3000;\n  }\n}\n", askPut,
		"Parts of one, such as a single location, are completed."},
	"ingress-nginx": {"ingress.yaml", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\n  annotations:\n    nginx.ingress.kubernetes.io/enable-cors: \"true\"\n    nginx.ingress.kubernetes.io/cors-allow-origin: https://myapp.com\nspec:\n  rules:\n  - host: api.example.com\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: api\n            port:\n              number: 3000\n", askPut,
		"Other objects in the same file, such as Service and Deployment, are left out. A template of Helm has to be rendered first (`helm template`)."},
	"gateway-api": {"httproute.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: api\nspec:\n  hostnames: [api.example.com]\n  rules:\n  - filters:\n    - type: CORS\n      cors:\n        allowOrigins: [https://myapp.com]\n        allowMethods: [GET, PUT]\n        allowHeaders: [Content-Type]\n    backendRefs:\n    - name: api\n      port: 3000\n", "--version envoy-gateway=1.5 " + askPut,
		"A SecurityPolicy of Envoy Gateway in the same file is read, too. A template of Helm has to be rendered first (`helm template`)."},
	"haproxy": {"haproxy.cfg", "defaults\n  mode http\nfrontend api\n  bind :80\n  http-response set-header Access-Control-Allow-Origin https://myapp.com\n  default_backend api\nbackend api\n  server one 127.0.0.1:3000\n", askGet, ""},
	"apache": {".htaccess", "Header always set Access-Control-Allow-Origin https://myapp.com\nHeader always set Access-Control-Allow-Methods \"GET, PUT\"\nHeader always set Access-Control-Allow-Headers Content-Type\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} =OPTIONS\nRewriteRule ^ - [R=204,L]\n", askPut,
		"`httpd.conf` and files of virtual hosts are read as well."},
	"caddy":     {"Caddyfile", "api.example.com {\n\theader Access-Control-Allow-Origin https://myapp.com\n\treverse_proxy localhost:3000\n}\n", askGet, ""},
	"php":       {"api.php", "<?php\nheader('Access-Control-Allow-Origin: https://myapp.com');\necho json_encode(['users' => []]);\n", askGet, "The program runs from its beginning to its end for each request."},
	"laravel":   {"config/cors.php", "<?php\nreturn [\n    'paths' => ['api/*'],\n    'allowed_methods' => ['*'],\n    'allowed_origins' => ['https://myapp.com'],\n    'allowed_origins_patterns' => [],\n    'allowed_headers' => ['*'],\n    'exposed_headers' => [],\n    'max_age' => 0,\n    'supports_credentials' => false,\n];\n", askPut, ""},
	"rack-cors": {"config.ru", "require 'rack/cors'\nuse Rack::Cors do\n  allow do\n    origins 'https://myapp.com'\n    resource '/api/*', headers: :any, methods: [:get, :put]\n  end\nend\nrun ->(env) { [200, {}, ['{}']] }\n", askPut, ""},
	"aspnet": {"Program.cs", "var builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddCors(o => o.AddDefaultPolicy(p => p.WithOrigins(\"https://myapp.com\").AllowAnyMethod().AllowAnyHeader()));\nvar app = builder.Build();\napp.UseCors();\napp.MapPut(\"/api/users\", () => \"ok\");\napp.Run();\n", askPut,
		"appsettings.json is read when it is given with `--file`."},
	"spring": {"WebConfig.java", "@Configuration\npublic class WebConfig implements WebMvcConfigurer {\n    @Override\n    public void addCorsMappings(CorsRegistry registry) {\n        registry.addMapping(\"/api/**\")\n                .allowedOrigins(\"https://myapp.com\")\n                .allowedMethods(\"GET\", \"PUT\");\n    }\n}\n", askPut,
		"Other classes and application.properties or application.yml are read when they are given with `--file`. Kotlin is not read."},
	"nodejs": {"server.js", "const express = require('express');\nconst cors = require('cors');\nconst app = express();\napp.use(cors({ origin: 'https://myapp.com' }));\napp.put('/api/users', (req, res) => res.json({}));\napp.listen(3000);\n", askPut,
		"TypeScript and modules are read as well; other files are read when they are given with `--file`."},
	"vite":               {"vite.config.js", "export default {\n  server: { cors: { origin: 'https://myapp.com' } },\n};\n", "--permission loopback-network=granted http://localhost:5173/", ""},
	"webpack-dev-server": {"webpack.config.js", "module.exports = {\n  devServer: {\n    headers: { 'Access-Control-Allow-Origin': 'https://myapp.com' },\n  },\n};\n", "--permission loopback-network=granted http://localhost:8080/", ""},
	"create-react-app":   {"package.json", "{\n  \"name\": \"web\",\n  \"dependencies\": { \"react-scripts\": \"5.0.1\" },\n  \"proxy\": \"http://localhost:3000\"\n}\n", askGet, ""},
	"flask":              {"app.py", "from flask import Flask\nfrom flask_cors import CORS\n\napp = Flask(__name__)\nCORS(app, origins=['https://myapp.com'])\n\n@app.route('/api/users', methods=['PUT'])\ndef users():\n    return {}\n", askPut, ""},
	"fastapi":            {"main.py", "from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=['https://myapp.com'], allow_methods=['PUT'], allow_headers=['*'])\n\n@app.put('/api/users')\ndef users():\n    return {}\n", askPut, ""},
	"django":             {"settings.py", "DEBUG = False\nALLOWED_HOSTS = ['api.example.com']\nINSTALLED_APPS = ['corsheaders']\nMIDDLEWARE = [\n    'corsheaders.middleware.CorsMiddleware',\n    'django.middleware.common.CommonMiddleware',\n]\nCORS_ALLOWED_ORIGINS = ['https://myapp.com']\n", askPut, ""},
	"s3":                 {"cors.json", "[\n  {\n    \"AllowedOrigins\": [\"https://myapp.com\"],\n    \"AllowedMethods\": [\"GET\", \"PUT\"],\n    \"AllowedHeaders\": [\"*\"]\n  }\n]\n", "-X PUT -H 'Content-Type: image/png' https://bucket.s3.amazonaws.com/a.png", "It is also read within a template of CloudFormation, and in XML."},
	"api-gateway":        {"cors.json", "{\n  \"AllowOrigins\": [\"https://myapp.com\"],\n  \"AllowMethods\": [\"GET\", \"PUT\"],\n  \"AllowHeaders\": [\"content-type\"]\n}\n", askPut, "It is also read within a template of CloudFormation or SAM."},
}
