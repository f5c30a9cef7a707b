import os
from flask import Flask, jsonify
from .extensions import cors
from .config import config_by_name

def create_app(name=None):
    app = Flask(__name__)
    app.config.from_object(config_by_name[name or os.getenv('FLASK_CONFIG', 'development')])
    cors.init_app(app, resources={r"/api/*": {"origins": app.config['CORS_ORIGINS']}}, supports_credentials=True)
    from .users import bp as users_bp
    from .admin import bp as admin_bp
    app.register_blueprint(users_bp, url_prefix='/api')
    app.register_blueprint(admin_bp)
    register_errors(app)
    return app

def register_errors(app):
    @app.errorhandler(404)
    def not_found(e):
        return jsonify(error='not found'), 404
    @app.errorhandler(Exception)
    def any_error(e):
        return jsonify(error=str(e)), 500
