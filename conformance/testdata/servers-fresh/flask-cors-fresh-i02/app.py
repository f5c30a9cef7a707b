import os
from flask import Flask, jsonify, request, make_response, current_app
from functools import wraps
app = Flask(__name__)
ALLOWED = set(filter(None, os.environ.get("ALLOWED_ORIGINS", "http://localhost:3000,https://myapp.com").split(",")))

def is_allowed(origin):
    return origin in ALLOWED or (origin or '').endswith('.myapp.com')

@app.before_request
def preflight():
    if request.method == "OPTIONS":
        res = make_response("", 204)
        return res

@app.after_request
def cors(response):
    origin = request.headers.get("Origin")
    if is_allowed(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers.add("Vary", "Origin")
        response.headers["Access-Control-Allow-Credentials"] = "true"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = request.headers.get("Access-Control-Request-Method", "GET")
            response.headers["Access-Control-Allow-Headers"] = request.headers.get("Access-Control-Request-Headers", "")
            response.headers["Access-Control-Max-Age"] = str(60 * 60)
    return response

def token_required(f):
    @wraps(f)
    def wrapper(*a, **k):
        if not request.headers.get('Authorization'):
            return jsonify({'message': 'missing'}), 401
        return f(*a, **k)
    return wrapper

@app.route('/api/users', methods=['GET', 'POST', 'PUT'])
@token_required
def users():
    return jsonify([])

@app.route('/boom')
def boom():
    return 1 / 0
@app.route('/cors')
def c():
    r = current_app.response_class('x', headers={'Access-Control-Allow-Origin': '*'})
    return r

if __name__ == '__main__':
    app.run(port=5000)
