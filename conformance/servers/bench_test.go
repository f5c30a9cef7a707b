package servers_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// configurations are configurations of about 200 lines: what is first, a part with
// a number that is repeated, and what is last.
var configurations = []struct {
	kind, name         string
	first, again, last string
}{
	{"nginx", "nginx.conf", "map $http_origin $cors {\n default \"\";\n https://myapp.com $http_origin;\n}\nserver {\n listen 80;\n add_header Access-Control-Allow-Origin $cors always;\n add_header Vary Origin always;\n" +
		" if ($request_method = OPTIONS) { return 204; }\n", " location /things%d/ {\n  proxy_pass http://localhost:3000;\n }\n", " location /api/ { proxy_pass http://localhost:3000; }\n}\n"},
	{"apache", "httpd.conf", "SetEnvIf Origin \"^https://myapp\\.com$\" O=$0\nHeader always set Access-Control-Allow-Origin \"%{O}e\" env=O\nHeader always merge Vary Origin\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} =OPTIONS\nRewriteRule ^ - [R=204,L]\n",
		"<Location /things%d>\n Header set X-Thing a\n</Location>\n", ""},
	{"caddy", "Caddyfile", ":80 {\n\t@o header Origin https://myapp.com\n\theader @o Access-Control-Allow-Origin {header.Origin}\n", "\thandle /things%d/* {\n\t\treverse_proxy localhost:3000\n\t}\n", "\treverse_proxy localhost:3000\n}\n"},
	{"nodejs", "server.js", "const express = require('express');\nconst cors = require('cors');\nconst app = express();\napp.use(express.json());\napp.use(cors({ origin: ['https://myapp.com'], credentials: true }));\napp.get('/api/users', (req, res) => res.json({}));\n",
		"app.get('/things%d/:id', (req, res) => {\n  res.json({ id: req.params.id });\n});\n", "app.listen(3000);\n"},
	{"flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, origins=['https://myapp.com'])\n@app.route('/api/users')\ndef users():\n    return {}\n",
		"@app.route('/things%d')\ndef things%[1]d():\n    return {'users': []}\n", ""},
	{"fastapi", "main.py", "from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=['https://myapp.com'], allow_methods=['*'])\n@app.get('/api/users')\ndef users():\n    return {}\n",
		"@app.get('/things%d')\nasync def things%[1]d():\n    return {'users': []}\n", ""},
	{"django", "settings.py", "DEBUG = False\nALLOWED_HOSTS = ['*']\nINSTALLED_APPS = ['corsheaders']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS = ['https://myapp.com']\n",
		"THING_%d = {\n    'name': 'a',\n}\n", ""},
	{"php", "index.php", "<?php\nif (in_array($_SERVER['HTTP_ORIGIN'] ?? '', ['https://myapp.com'], true)) {\n\theader('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);\n}\nheader('Vary: Origin');\n" +
		"if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(204); exit; }\n", "function things%d($x) {\n\treturn $x . 'a';\n}\n", "echo '{}';\n"},
	{"rack-cors", "config.ru", "require 'rack/cors'\nuse Rack::Cors do\n  allow do\n    origins 'https://myapp.com'\n", "    resource '/things%d/*',\n      headers: :any,\n      methods: [:get, :put]\n", "    resource '/api/*', headers: :any, methods: [:get, :put]\n  end\nend\nrun ->(env) { [200, {}, ['{}']] }\n"},
	{"aspnet", "Program.cs", "var builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddCors(o => o.AddDefaultPolicy(p => p.WithOrigins(\"https://myapp.com\").AllowAnyMethod()));\nvar app = builder.Build();\napp.UseCors();\napp.MapGet(\"/api/users\", () => \"a\");\n",
		"app.MapGet(\"/things%d\", () =>\n    \"a\"\n);\n", "app.Run();\n"},
	{"spring", "WebConfig.java", "import org.springframework.web.bind.annotation.*;\nimport org.springframework.web.servlet.config.annotation.*;\n@Configuration\nclass WebConfig implements WebMvcConfigurer {\n  public void addCorsMappings(CorsRegistry registry) {\n" +
		"    registry.addMapping(\"/**\").allowedOrigins(\"https://myapp.com\").allowedMethods(\"GET\", \"PUT\");\n  }\n}\n@RestController\nclass Things {\n  @RequestMapping(\"/api/users\") String users() { return \"a\"; }\n",
		"  @GetMapping(\"/things%d\")\n  String things%[1]d() {\n    return \"a\";\n  }\n", "}\n"},
	{"haproxy", "haproxy.cfg", "defaults\n mode http\nfrontend f\n bind :80\n http-response set-header Access-Control-Allow-Origin https://myapp.com\n http-response set-header Vary Origin\n",
		" acl things%d path_beg /things%[1]d\n http-request deny if things%[1]d\n", " default_backend b\nbackend b\n server s 127.0.0.1:3000\n"},
	{"ingress-nginx", "ingress.yaml", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\n  annotations:\n    nginx.ingress.kubernetes.io/enable-cors: \"true\"\n    nginx.ingress.kubernetes.io/cors-allow-origin: https://myapp.com\nspec:\n  rules:\n  - host: api.example.com\n    http:\n      paths:\n",
		"      - path: /things%d\n        pathType: Prefix\n        backend: {service: {name: b, port: {number: 80}}}\n", "      - path: /api\n        pathType: Prefix\n        backend: {service: {name: b, port: {number: 80}}}\n"},
	{"gateway-api", "route.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: api\nspec:\n  rules:\n",
		"  - matches:\n    - path: {type: PathPrefix, value: /things%d}\n    backendRefs: [{name: b, port: 80}]\n",
		"  - matches:\n    - path: {type: PathPrefix, value: /api}\n    filters:\n    - type: CORS\n      cors:\n        allowOrigins: [https://myapp.com]\n        allowMethods: [GET, PUT]\n    backendRefs: [{name: b, port: 80}]\n"},
	{"s3", "cors.json", `{"CORSRules":[` + "\n", `{"AllowedOrigins":["https://t%d.example"],` + "\n" + ` "AllowedMethods":["GET"],` + "\n" + ` "AllowedHeaders":["*"]},` + "\n",
		`{"AllowedOrigins":["https://myapp.com"],"AllowedMethods":["GET","PUT"],"AllowedHeaders":["*"]}]}`},
	{"api-gateway", "api.json", `{"CorsConfiguration":{"AllowMethods":["GET","PUT"],"AllowOrigins":[` + "\n", `"https://t%d.example",` + "\n", `"https://myapp.com"]}}`},
}

// BenchmarkModels measures for each configuration the time to load it, the time of an
// answer to a GET and to its preflight, and the memory of the model.
func BenchmarkModels(b *testing.B) {
	for _, c := range configurations {
		var text strings.Builder
		text.WriteString(c.first)
		for i := range 64 {
			fmt.Fprintf(&text, c.again, i)
		}
		text.WriteString(c.last)
		src := server.Source{Kind: c.kind, Name: c.name, Text: text.String(), EnvComplete: true}
		b.Run(c.kind+"/load", func(b *testing.B) {
			for b.Loop() {
				loadModel(b, src)
			}
			b.ReportMetric(modelKiB(b, src), "KiB/model")
		})
		model := loadModel(b, src)
		for _, method := range []string{"GET", "OPTIONS"} {
			req := &server.Request{Method: method, Target: "/api/users", Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}, {Name: "Origin", Value: "https://myapp.com"}}}
			if method == "OPTIONS" {
				req.Header = append(req.Header, fetch.Header{Name: "Access-Control-Request-Method", Value: "PUT"})
			}
			b.Run(c.kind+"/"+method, func(b *testing.B) {
				a, err := model.Answer(b.Context(), req)
				assert.NilError(b, err)
				allowed, _ := a.Header.Get("Access-Control-Allow-Origin")
				assert.Equal(b, allowed, "https://myapp.com")
				for b.Loop() {
					if _, err := model.Answer(b.Context(), req); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func loadModel(b *testing.B, src server.Source) *server.Model {
	model, err := config.Load(b.Context(), src)
	assert.NilError(b, err)
	return model
}

// modelKiB returns how much the heap grows with a model that has answered once.
func modelKiB(b *testing.B, src server.Source) float64 {
	models := make([]*server.Model, 8)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range models {
		models[i] = loadModel(b, src)
		_, err := models[i].Answer(b.Context(), &server.Request{Method: "GET", Target: "/api/users", Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}})
		assert.NilError(b, err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(models)
	return (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / float64(len(models)) / 1024
}
