import os
from flask import Flask, jsonify
from flask_cors import CORS
from config import config
from routes.users import users_bp

cors = CORS()

def create_app(config_name=None):
    app = Flask(__name__)
    config_name = config_name or os.getenv('FLASK_CONFIG', 'default')
    app.config.from_object(config[config_name])
    cors.init_app(app)
    app.register_blueprint(users_bp, url_prefix='/api')

    @app.route('/health')
    def health():
        return jsonify(status='ok')
    return app

app = create_app()

if __name__ == '__main__':
    app.run(port=5000)
