from flask import jsonify
from werkzeug.exceptions import NotFound, MethodNotAllowed
def register(app):
    @app.errorhandler(NotFound)
    def nf(e):
        return jsonify(message=e.description), e.code
    @app.errorhandler(MethodNotAllowed)
    def mna(e):
        return jsonify(valid=sorted(e.valid_methods or [])), 405
