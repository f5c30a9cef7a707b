import os
from typing import List
from flask import Flask, jsonify, request
from flask_cors import CORS

def parse_origins(raw: str) -> List[str]:
    if not raw or raw == "*":
        return ["*"]
    return [x for x in (p.strip().rstrip("/") for p in raw.split(",")) if x]

class App(Flask):
    def make_response(self, rv):
        return super().make_response(rv)

app = App(__name__, static_folder=None)
origins = parse_origins(os.environ["ORIGINS"])
cors_config = {"origins": origins, "allow_headers": ["Content-Type", "Authorization", "X-Requested-With"], "methods": ["GET", "POST", "PUT", "DELETE", "OPTIONS"]}
if "*" not in origins:
    cors_config["supports_credentials"] = True
CORS(app, resources={r"/api/.*": cors_config, r"/health": {"origins": "*"}})

@app.route("/api/users", methods=["GET", "POST"])
def users():
    body = request.get_json(silent=True) or {}
    match request.method:
        case "POST":
            return jsonify(name=body.get("name")), 201
        case _:
            return jsonify([])
@app.route("/<path:p>")
def spa(p):
    return f"<p>{p}</p>"

if __name__ == '__main__':
    app.run(port=5000)
