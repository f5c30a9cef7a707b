from __future__ import annotations
from flask import Flask, request, jsonify, send_from_directory, redirect, url_for
from flask_cors import CORS
import logging, os, json
from dataclasses import dataclass, field

@dataclass
class CorsSettings:
    origins: list[str] = field(default_factory=lambda: json.loads(os.environ.get("CORS_ORIGINS", "[]")))
    credentials: bool = os.environ.get("CORS_CREDENTIALS", "0") in ("1", "true")

cfg = CorsSettings()
app = Flask(__name__, static_folder=None)
cors = CORS()
cors.init_app(app, resources={r"/api/v\d+/.*": {"origins": cfg.origins}, r"/api/*": {"origins": cfg.origins or "*", "supports_credentials": cfg.credentials, "expose_headers": ["X-A"], "max_age": 60}}, allow_headers=["Content-Type", r"X-\w+"], methods=["GET", "PUT"])

@app.get("/api/users")
def users():
    resp = jsonify([])
    resp.headers["X-A"] = "1"
    return resp

@app.put("/api/users")
def put_user():
    return redirect(url_for("users"), code=303)

@app.route("/api/items", methods=["GET", "POST"])
def items():
    match request.method:
        case "POST": return "", 201, [("Location", "/api/items/1")]
        case _: return []

@app.route("/<path:p>", methods=["GET"])
def catch(p):
    if p.startswith("err"): raise RuntimeError(p)
    return {"p": p}, (404 if p == "missing" else 200)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=5000)
