from flask import Flask, request, jsonify
app = Flask(__name__)
ALLOWED = "https://www.myapp.com,https://admin.myapp.com"

@app.after_request
def add_cors_headers(response):
    origin = request.headers.get("Origin", "")
    if origin in ALLOWED:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    return response

@app.route("/api/data", methods=["GET", "POST"])
def data():
    return jsonify([])
