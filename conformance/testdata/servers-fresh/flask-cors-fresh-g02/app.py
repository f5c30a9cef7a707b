import os
from flask import Flask, Blueprint, jsonify, request, abort, g
from flask_cors import CORS
from functools import wraps

parent = Blueprint('parent', __name__, url_prefix='/api')
child = Blueprint('child', __name__, url_prefix='/items')
parent.register_blueprint(child)

@child.before_request
def guard():
    if request.method != 'OPTIONS' and 'Authorization' not in request.headers:
        abort(401)

@parent.after_request
def mark(resp):
    resp.headers['X-Parent'] = '1'
    resp.headers.setdefault('Vary', 'Accept')
    return resp

def admin_required(role):
    def deco(fn):
        @wraps(fn)
        def inner(*a, **kw):
            g.user = {'role': 'user'}
            if g.user['role'] != role:
                abort(403)
            return fn(*a, **kw)
        return inner
    return deco

@child.route('', methods=['GET', 'POST', 'PUT'])
def c():
    return jsonify(ok=True)
@parent.route('/users')
@admin_required('user')
def u():
    return jsonify(g.user)

class App:
    def __init__(self, env):
        self.env = env
        self.flask = Flask(__name__)
        self.setup()
    @property
    def origins(self):
        return {'prod': ['https://myapp.com'], 'dev': '*'}[self.env]
    def setup(self):
        CORS(self.flask, origins=self.origins, resources={r'/api/*': {}, r'/own': {'origins': '*'}}, vary_header=False)
        self.flask.register_blueprint(parent)
        self.flask.register_error_handler(401, lambda e: (jsonify(error='auth'), 401))
        self.flask.add_url_rule('/own', 'own', lambda: 'own', methods=['GET'])

application = App(os.getenv('APP_ENV', 'prod'))
app = application.flask

if __name__ == '__main__':
    app.run(port=5000)
