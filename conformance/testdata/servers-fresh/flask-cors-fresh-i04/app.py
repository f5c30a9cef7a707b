import os, re
from flask import Flask, jsonify
from flask_cors import CORS
app = Flask(__name__)
app.config['CORS_HEADERS'] = 'Content-Type'
app.config['CORS_SUPPORTS_CREDENTIALS'] = True
app.config["CORS_MAX_AGE"] = 86400
app.url_map.strict_slashes = False
FRONTEND = os.getenv('FRONTEND_URL', 'http://localhost:3000/')
CORS(app, resources={
    r"/api/*": {"origins": FRONTEND.rstrip('/')},
    r"/static/*": {"origins": "*", "supports_credentials": False},
    re.compile(r"^/(own|vary)$"): {"origins": re.compile(r"https?://localhost(:\d+)?"), "methods": "GET"},
})
@app.route('/api/users/', methods=['GET', 'PUT'])
def users():
    return jsonify([])
@app.route('/own')
def own():
    return {'a': 1}
@app.route('/slash/')
def slash():
    return 's'
@app.after_request
def extra(response):
    response.headers.setdefault('X-Frame-Options', 'DENY')
    response.headers.add('Access-Control-Expose-Headers', 'X-Total-Count')
    return response

if __name__ == '__main__':
    app.run(port=5000)
