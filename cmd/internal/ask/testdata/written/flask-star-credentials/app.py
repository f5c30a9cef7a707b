import os
from flask import Flask, jsonify, request, session
from flask_cors import CORS, cross_origin

def create_app():
    app = Flask(__name__)
    app.secret_key = os.environ.get("SECRET", "dev")
    CORS(app, resources={r"/api/*": {"origins": "*"}}, supports_credentials=True)

    @app.route("/api/account")
    def account():
        return jsonify(session.get("user"))

    @app.route("/api/account", methods=["POST"])
    def update():
        return jsonify(ok=True)
    return app

app = create_app()
if __name__ == "__main__":
    app.run(port=5000)
