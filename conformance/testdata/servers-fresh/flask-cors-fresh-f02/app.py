from flask import Flask, Blueprint, jsonify, request, make_response
from flask_cors import CORS, cross_origin
import functools

api = Blueprint('api', __name__, url_prefix='/api')
CORS(api, origins=["https://myapp.com", r"https://.*\.otherapp\.com"], allow_headers=["Content-Type", "X-Token"], expose_headers=["X-Total", "Link"])

def require_token(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        auth = request.headers.get('Authorization', '')
        if not auth.startswith('Bearer '):
            return jsonify({'message': 'missing token'}), 401
        return f(*args, **kwargs)
    return wrapper

@api.route('/users')
@require_token
def users():
    return jsonify([])

@api.route('/items', methods=['GET', 'PUT', 'DELETE'], strict_slashes=False)
def items():
    resp = make_response(jsonify(ok=True), 202)
    resp.headers['X-Total'] = 5
    return resp

@api.errorhandler(405)
def no(e):
    return 'no', 405

def create_app():
    app = Flask(__name__)
    app.register_blueprint(api)

    @app.route('/own')
    @cross_origin(origins='https://otherapp.com', methods=['GET', 'post'])
    def own():
        return 'x', 200, {'Vary': 'Accept'}

    @cross_origin()
    @app.route('/vary', methods=['GET', 'POST'])
    def vary():
        return {}

    @app.route('/slash/')
    def slash():
        return 'slash'
    return app

app = create_app()

if __name__ == '__main__':
    app.run(port=5000)
