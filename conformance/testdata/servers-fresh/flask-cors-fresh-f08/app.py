from flask import Flask, jsonify
from flask_cors import CORS
app = Flask(__name__)
CORS(app, resources=[r"/api/*", "/own"], origins=r"^https?://(localhost|.*\.myapp\.com|myapp\.com)(:\d+)?$", expose_headers="X-A, X-B", methods="GET")

@app.errorhandler(500)
def e500(e):
    return jsonify(error="server"), 500

@app.errorhandler(405)
def e405(e):
    return jsonify(error="method"), 405

@app.route("/api/users")
def users():
    return jsonify({"users": ["a"]})

@app.route("/boom", methods=["GET", "POST"])
def boom():
    return undefined_name

@app.route("/own")
def own():
    return jsonify(1), {"Access-Control-Allow-Origin": "https://own.example"}

if __name__ == '__main__':
    app.run(port=5000)
