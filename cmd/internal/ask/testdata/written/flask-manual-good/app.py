from flask import Flask, request, jsonify, make_response

app = Flask(__name__)
ALLOWED = {"https://app.myapp.io", "https://staging.myapp.io"}

@app.before_request
def preflight():
    if request.method == "OPTIONS":
        return make_response("", 204)

@app.after_request
def cors(response):
    origin = request.headers.get("Origin")
    response.headers.add("Vary", "Origin")
    if origin in ALLOWED:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = "3600"
    return response

@app.get("/items")
def items():
    return jsonify([])

@app.delete("/items/<int:item_id>")
def delete(item_id):
    return "", 204
