import os, re
from functools import wraps
from flask import Flask, Blueprint, jsonify, request, make_response, abort, g
from flask_cors import CORS, cross_origin

class Config:
    CORS_MAX_AGE = 120
    CORS_ORIGINS = [re.compile(r"^https://(\w+\.)?myapp\.com$"), "http://localhost:3000"]
    CORS_SUPPORTS_CREDENTIALS = True

api = Blueprint("api", __name__, url_prefix="/api")
CORS(api, expose_headers="X-A", methods="GET,PUT")

def auth(f):
    @wraps(f)
    def inner(*a, **k):
        if not request.headers.get("Authorization"): abort(401)
        return f(*a, **k)
    return inner

@api.route("/users", methods=["GET", "PUT", "POST"])
def users():
    if request.method == "PUT": return "", 204
    return jsonify([])

@api.route("/items")
@auth
def items(): return jsonify([])

@api.route("/vary")
def vary():
    r = make_response("x"); r.vary.add("Accept-Encoding"); return r

@api.route("/own")
@cross_origin(origins="https://own.example", send_wildcard=True, max_age=7)
def own(): return "x", 200, {"Access-Control-Allow-Origin": "https://inner.example"}

def create_app(config=Config):
    app = Flask(__name__)
    app.config.from_object(config)
    app.url_map.strict_slashes = False
    app.register_blueprint(api)
    CORS(app, resources={r"/static/*": {"origins": "*", "supports_credentials": False}, r"^/(own|vary)$": {"origins": ["https://myapp.com"], "vary_header": False}})

    @app.route("/own", provide_automatic_options=False)
    def own2(): return "x"

    @app.route("/vary", methods=["GET", "OPTIONS"])
    def vary2(): return {"m": request.method}

    @app.errorhandler(404)
    def nf(e): return jsonify(error=str(e)), 404

    @app.errorhandler(Exception)
    def any_error(e): return jsonify(error="x"), getattr(e, "code", 500)

    @app.route("/boom")
    def boom(): raise KeyError("x")

    @app.after_request
    def late(resp):
        resp.headers.setdefault("Access-Control-Allow-Methods", "LATE")
        if request.path.endswith("/users"): resp.headers.add("Vary", "Cookie")
        return resp
    return app

if __name__ == "__main__":
    create_app().run(port=int(os.getenv("PORT", 5000)))
