from flask import Flask, jsonify, request
from flask_cors import CORS
import sqlite3, hashlib, secrets, re, html, random, string
from datetime import datetime, timedelta
app = Flask(__name__)
app.config["SECRET_KEY"] = secrets.token_hex(16)
app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024
ALLOWED_EXTENSIONS = {"png", "jpg"}
CORS(app, resources={r"/api/*": {"origins": ["http://localhost:3000", "https://myapp.com", re.compile(r"^https://pr-\d+\.myapp\.com$")]}}, supports_credentials=True, allow_headers=["Content-Type", "Authorization"], methods=["GET", "POST", "DELETE", "OPTIONS"])

users_db = {"john doe": {"password": hashlib.sha256(b"x").hexdigest(), "created": datetime.now()}}

def allowed_file(name):
    return "." in name and name.rsplit(".", 1)[1].lower() in ALLOWED_EXTENSIONS

def find(name: str) -> dict | None:
    return users_db.get(name.lower())

@app.route("/api/users", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return jsonify([{"name": k.title(), "year": v["created"].year} for k, v in users_db.items()])
    data = request.get_json()
    user = find(data.get("name", ""))
    if user is None:
        return jsonify({"error": "Invalid"}), 401
    token = "".join(random.choices(string.ascii_letters + string.digits, k=8))
    resp = jsonify({"token": token, "exp": (datetime.utcnow() + timedelta(hours=1)).isoformat()})
    resp.set_cookie("token", token, httponly=True, samesite="Lax")
    return resp

@app.route("/api/items", methods=["POST"])
def upload():
    if "file" not in request.files:
        return jsonify(error="no file"), 400
    f = request.files["file"]
    return jsonify(ok=allowed_file(f.filename))

@app.route("/vary")
def health():
    return {"status": "healthy", "time": datetime.now().strftime("%Y-%m-%d")}
@app.route("/err500")
def err():
    conn = sqlite3.connect(":memory:")
    cur = conn.execute("select 1")
    return jsonify(rows=cur.fetchall())

if __name__ == '__main__':
    app.run(port=5000)
