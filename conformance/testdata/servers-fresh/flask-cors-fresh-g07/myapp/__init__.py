from flask import Flask
from extensions import cors
from .errors import register
def create_app(test_config=None):
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_mapping(SECRET_KEY='dev', CORS_ORIGINS=['https://myapp.com'], CORS_RESOURCES={r'/api/*': {'origins': ['https://myapp.com', 'https://otherapp.com']}})
    if test_config is None:
        app.config.from_pyfile('config.py', silent=True)
    cors.init_app(app, max_age=5)
    from .api import bp
    app.register_blueprint(bp)
    register(app)
    return app
