from flask import Flask, Blueprint
from flask_cors import CORS
v1 = Blueprint('v1', __name__)
users = Blueprint('users', __name__, url_prefix='/users')
@users.route('', methods=['GET', 'POST'])
def list_users():
    return {'users': []}
@users.after_request
def tag(r):
    r.vary.add('Cookie')
    r.headers['X-Tag'] = 'u'
    return r
v1.register_blueprint(users)
def create_app(**over):
    app = Flask(__name__)
    app.config.update(CORS_ORIGINS=['https://myapp.com', 'null'], CORS_RESOURCES={r'/api/*': {}, r'/vary': {'origins': '*', 'send_wildcard': True}}, CORS_ALLOW_HEADERS=['authorization', 'content-type'])
    app.config.update(over)
    app.register_blueprint(v1, url_prefix='/api')
    CORS(app)
    @app.get('/vary')
    def vary():
        return 'v', {'Vary': '*'}
    return app
app = create_app(CORS_EXPOSE_HEADERS=['X-Tag'])

if __name__ == '__main__':
    app.run(port=5000)
