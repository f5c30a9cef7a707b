from flask import Flask, Blueprint, jsonify
from flask_cors import CORS, cross_origin
app = Flask(__name__)
api = Blueprint('api', __name__, url_prefix='/api')
CORS(api, origins=['https://myapp.com', r'^https://.*\.myapp\.com$'], methods=['GET', 'POST'], expose_headers='X-Total, X-Page', max_age=300)

@api.route('/users', methods=['GET', 'POST', 'DELETE'])
def users():
    return jsonify([])
@api.route('/items')
@cross_origin(origins='https://otherapp.com', supports_credentials=True, allow_headers=['Content-Type', 'X-Custom'], max_age=10)
def items():
    return jsonify([])
@app.route('/own', methods=['GET', 'OPTIONS'])
@cross_origin(send_wildcard=True, automatic_options=False)
def own():
    return 'o'
@app.route('/cors', methods=['POST', 'GET'])
@cross_origin(origins=['https://myapp.com', 'http://localhost:3000'], methods=['POST'], vary_header=False, expose_headers=['X-A', 'X-B'])
def c():
    return 'c', 201
@app.route('/vary')
@cross_origin(supports_credentials=True)
def vary():
    return 'v', 200, {'Vary': 'Accept-Encoding, Origin'}
app.register_blueprint(api)

if __name__ == '__main__':
    app.run(port=5000)
