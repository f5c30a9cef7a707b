from flask import Flask, request, Response
import json
app = Flask(__name__)

ALLOWED = {"https://myapp.com", "https://otherapp.com"}

@app.after_request
def add_cors(response):
    origin = request.headers.get("Origin")
    if origin in ALLOWED:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers.add("Vary", "Origin")
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = request.headers.get("Access-Control-Request-Headers", "Content-Type")
        response.headers.set("Access-Control-Max-Age", 600)
    return response

@app.route("/api/users", methods=["GET", "POST", "OPTIONS"])
def users():
    if request.method == "OPTIONS":
        return "", 204
    return Response(json.dumps({"users": []}), mimetype="application/json", headers={"Vary": "Accept-Encoding"})

@app.route("/boom")
def boom():
    raise ValueError("boom")

@app.route("/denied")
def denied():
    return {"error": "denied"}, "403 Forbidden"

if __name__ == '__main__':
    app.run(port=5000)
