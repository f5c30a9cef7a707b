package python

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// unknownCases are texts with something unknown, and what is answered to a GET from
// https://myapp.com and to its preflight: the status ("?" when it is not known) with
// Access-Control-Allow-Origin, or "unknown: " with a part of what is not known.
var unknownCases = []struct {
	name, kind, text string
	env              map[string]string
	set              map[string]string
	files            map[string]string
	get, preflight   string
}{
	{
		name: "database", kind: "flask",
		text: `
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from flask_cors import CORS
app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///x'
db = SQLAlchemy(app)
CORS(app)
class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
@app.route('/api/users')
def users():
    if not User.query.all():
        return jsonify([]), 404
    return jsonify([u.id for u in User.query.all()])
`, get: "? https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "middleware of WSGI", kind: "flask",
		text: `
from flask import Flask
app = Flask(__name__)
class AddHeaders:
    def __init__(self, wsgi):
        self.wsgi = wsgi
    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers.append(('Access-Control-Allow-Origin', '*'))
            return start_response(status, headers, exc_info)
        return self.wsgi(environ, start)
app.wsgi_app = AddHeaders(app.wsgi_app)
@app.route('/api/users')
def users():
    return 'x'
`, get: "unknown: the WSGI middleware", preflight: "unknown: the WSGI middleware",
	},
	{
		name: "raw headers", kind: "fastapi",
		text: `
from fastapi import FastAPI
app = FastAPI()
@app.middleware("http")
async def add(request, call_next):
    response = await call_next(request)
    response.raw_headers.append((b"access-control-allow-origin", b"*"))
    return response
@app.get("/api/users")
def users():
    return []
`, get: "unknown: raw_headers", preflight: "unknown: raw_headers",
	},
	{
		name: "routes elsewhere behind ASGI", kind: "fastapi",
		text: `
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from routes.users import router
class AddHeaders:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        async def send_wrapper(message):
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Access-Control-Allow-Origin"] = "https://myapp.com"
            await send(message)
        await self.app(scope, receive, send_wrapper)
app = FastAPI()
app.add_middleware(AddHeaders)
app.include_router(router)
`, get: "unknown: routes", preflight: "unknown: routes",
	},
	{
		name: "receiver that asks the database", kind: "django",
		text: `
INSTALLED_APPS = ['corsheaders', 'api']
MIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']
CORS_ALLOWED_ORIGINS = ['https://otherapp.com']
`,
		files: map[string]string{"api/__init__.py": "", "api/apps.py": `
from django.apps import AppConfig
class ApiConfig(AppConfig):
    name = 'api'
    def ready(self):
        from . import handlers
`, "api/handlers.py": `
from corsheaders.signals import check_request_enabled
from .models import Site
def allow(sender, request, **kwargs):
    return Site.objects.filter(cors=request.META.get('HTTP_ORIGIN')).exists()
check_request_enabled.connect(allow)
`, "api/models.py": "from django.db import models\nclass Site(models.Model):\n    cors = models.URLField()\n"},
		get: "unknown: ", preflight: "unknown: ",
	},
	{
		name: "receiver that is lost", kind: "django",
		text: `
INSTALLED_APPS = ['corsheaders', 'api']
MIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']
CORS_ALLOWED_ORIGINS = ['https://otherapp.com']
`,
		files: map[string]string{"api/__init__.py": "", "api/apps.py": `
from django.apps import AppConfig
from django.dispatch import receiver
from corsheaders.signals import check_request_enabled
class ApiConfig(AppConfig):
    name = 'api'
    def ready(self):
        @receiver(check_request_enabled)
        def allow(sender, request, **kwargs):
            return True
`},
		get: "unknown: still exists", preflight: "unknown: still exists",
	},
	{
		name: "routes elsewhere", kind: "flask",
		text: `
from flask import Flask
from flask_cors import CORS
from routes.users import users_bp
app = Flask(__name__)
CORS(app, origins=['https://myapp.com'])
app.register_blueprint(users_bp, url_prefix='/api')
`, get: "? https://myapp.com", preflight: "? https://myapp.com",
	},
	{
		name: "set up elsewhere", kind: "flask",
		text: `
from flask import Flask
from extensions import init_extensions
app = Flask(__name__)
init_extensions(app)
@app.route('/api/users')
def users():
    return {}
`, get: "unknown: extensions", preflight: "unknown: extensions",
	},
	{
		name: "environment", kind: "flask",
		text: `
import os
from flask import Flask
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins=os.environ.get('ORIGINS', 'https://myapp.com').split(','))
@app.route('/api/users')
def users():
    return {}
`, get: "unknown: ORIGINS", preflight: "unknown: ORIGINS",
	},
	{
		name: "environment given", kind: "flask", env: map[string]string{"ORIGINS": "https://myapp.com,https://b.example"},
		text: `
import os
from flask import Flask
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins=os.environ.get('ORIGINS', '').split(','))
@app.route('/api/users')
def users():
    return {}
`, get: "200 https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "value given", kind: "flask", set: map[string]string{"get_origins": "x", "ORIGINS": "['https://myapp.com']"},
		text: `
from flask import Flask
from flask_cors import CORS
from settings import ORIGINS
app = Flask(__name__)
CORS(app, origins=ORIGINS)
@app.route('/api/users')
def users():
    return {}
`, get: "200 https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "condition", kind: "flask",
		text: `
import os
from flask import Flask
from flask_cors import CORS
app = Flask(__name__)
if os.environ.get('ENV') == 'production':
    CORS(app, origins=['https://myapp.com'])
else:
    CORS(app)
@app.route('/api/users')
def users():
    return {}
`, get: "unknown: ENV", preflight: "unknown: ENV",
	},
	{
		name: "decorator elsewhere", kind: "flask",
		text: `
from flask import Flask
from flask_cors import CORS
from auth import login_required
app = Flask(__name__)
CORS(app)
@app.route('/api/users')
@login_required
def users():
    return {}
`, get: "? https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "settings elsewhere", kind: "fastapi",
		text: `
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from app.core.config import settings
from app.api import router
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=settings.ORIGINS, allow_methods=["*"])
app.include_router(router)
`, get: "unknown: app.core.config.settings.ORIGINS", preflight: "unknown: settings.ORIGINS",
	},
	{
		name: "routers elsewhere", kind: "fastapi",
		text: `
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from app.api import router
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://myapp.com"], allow_methods=["*"])
app.include_router(router)
`, get: "? https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "middleware elsewhere", kind: "fastapi",
		text: `
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from app.limits import RateLimit
app = FastAPI()
app.add_middleware(RateLimit, n=3)
app.add_middleware(CORSMiddleware, allow_origins=["https://myapp.com"], allow_methods=["*"])
@app.get('/api/users')
def users():
    return 1
`, get: "? https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "middleware elsewhere around", kind: "fastapi",
		text: `
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from app.limits import RateLimit
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://myapp.com"], allow_methods=["*"])
app.add_middleware(RateLimit, n=3)
`, get: "unknown: RateLimit", preflight: "unknown: RateLimit",
	},
	{
		name: "dependency on a database", kind: "fastapi",
		text: `
from fastapi import FastAPI, Depends
from fastapi.middleware.cors import CORSMiddleware
from sqlalchemy.orm import Session
from database import get_db
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"])
@app.get('/api/users')
def users(db: Session = Depends(get_db)):
    return db.query(1).all()
`, get: "? *", preflight: "400 *",
	},
	{
		name: "base settings elsewhere", kind: "django",
		text: "from .base import *\nDEBUG = False\nCORS_ALLOWED_ORIGINS = ['https://myapp.com']\n",
		get:  "unknown: base", preflight: "unknown: base",
	},
	{
		name: "no project", kind: "django",
		text: "INSTALLED_APPS = ['corsheaders']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware', 'django.middleware.common.CommonMiddleware']\nCORS_ALLOWED_ORIGINS = ['https://myapp.com']\n",
		get:  "? https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "decouple", kind: "django",
		text: "from decouple import config, Csv\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS = config('ORIGINS', cast=Csv())\n",
		get:  "unknown: ORIGINS", preflight: "unknown: ORIGINS",
	},
	{
		name: "decouple given", kind: "django", env: map[string]string{"ORIGINS": "https://a.example, https://myapp.com"},
		text: "from decouple import config, Csv\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS = config('ORIGINS', cast=Csv())\n",
		get:  "? https://myapp.com", preflight: "200 https://myapp.com",
	},
	{
		name: "environ", kind: "django", files: map[string]string{".env": "ORIGINS=https://myapp.com,https://b.example\n"},
		text: "import environ\nenv = environ.Env(DEBUG=(bool, False))\nenviron.Env.read_env('.env')\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS = env.list('ORIGINS', default=[])\n",
		get:  "? https://myapp.com", preflight: "200 https://myapp.com",
	},
}

// TestUnknown checks that nothing unknown becomes an answer.
func TestUnknown(t *testing.T) {
	load := map[string]func(context.Context, server.Source) (*server.Model, error){"flask": loadFlask, "fastapi": loadFastAPI, "django": loadDjango}
	for _, c := range unknownCases {
		t.Run(c.kind+" "+c.name, func(t *testing.T) {
			src := server.Source{Name: "main.py", Text: c.text, Env: c.env, Set: c.set}
			if c.files != nil {
				files := fstest.MapFS{}
				for name, text := range c.files {
					files[name] = &fstest.MapFile{Data: []byte(text)}
				}
				src.Files = files
			}
			m, err := load[c.kind](t.Context(), src)
			assert.NilError(t, err)
			origin := fetch.HeaderList{{Name: "Host", Value: "api.example.com"}, {Name: "Origin", Value: "https://myapp.com"}}
			expect(t, m, &server.Request{Method: "GET", Target: "/api/users", Header: origin}, c.get)
			expect(t, m, &server.Request{Method: "OPTIONS", Target: "/api/users", Header: append(origin, fetch.Header{Name: "Access-Control-Request-Method", Value: "PUT"})}, c.preflight)
		})
	}
}

// expect compares an answer with its description in [unknownCases].
func expect(t *testing.T, m *server.Model, req *server.Request, want string) {
	t.Helper()
	a, err := m.Answer(t.Context(), req)
	if what, ok := strings.CutPrefix(want, "unknown: "); ok {
		var u *server.UnknownError
		assert.Check(t, errors.As(err, &u), "%s: %v %v", req.Method, a, err)
		if u != nil {
			assert.Check(t, strings.Contains(u.Error(), what), u.Error())
		}
		return
	}
	assert.NilError(t, err)
	got := itoa(a.Status)
	if a.StatusUnknown != nil {
		got = "?"
	}
	origin, _ := a.Header.Get("Access-Control-Allow-Origin")
	assert.Check(t, got+" "+origin == want, "%s: %s %s, want %s", req.Method, got, origin, want)
}
