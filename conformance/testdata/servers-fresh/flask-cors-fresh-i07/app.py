from flask import Flask, jsonify, request, g
from flask_cors import CORS
app = Flask(__name__)
CORS(app)
@app.after_request
def after_request(response):
    header = response.headers
    header['Access-Control-Allow-Origin'] = 'http://localhost:3000'
    header['Access-Control-Allow-Headers'] = 'Authorization,Content-Type'
    header.add('Access-Control-Allow-Credentials', 'true')
    return response
@app.before_request
def load():
    g.user = None
    if request.path.startswith('/api') and request.endpoint and request.method != 'OPTIONS' and 'Authorization' not in request.headers:
        return jsonify({'error': 'auth'}), 401
@app.teardown_request
def bye(exc):
    pass
@app.route('/api/users', methods=['GET', 'PUT', 'OPTIONS'])
def users():
    if request.method == 'OPTIONS':
        return '', 204
    return jsonify([])
@app.route('/own')
def own():
    return jsonify(1)

if __name__ == '__main__':
    app.run(port=5000)
