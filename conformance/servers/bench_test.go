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

// configurations are configurations of about 200 lines: what stands first, a part with
// a number that is repeated, and what stands last.
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
