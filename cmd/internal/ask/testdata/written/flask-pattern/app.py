from flask import Flask, jsonify
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins=[r"https://.*\.myapp\.com"], supports_credentials=True, allow_headers=["Content-Type"])

@app.route("/api/items", methods=["GET", "POST"])
def items():
    return jsonify([])

@app.route("/api/items/<int:i>", methods=["DELETE"])
def drop(i):
    return "", 204
