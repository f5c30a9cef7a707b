from flask import Blueprint, jsonify, abort, request
bp = Blueprint('users', __name__)
@bp.before_request
def check():
    if request.method == 'DELETE':
        abort(401)
@bp.get('/users')
def users():
    return jsonify([])
@bp.post('/users')
def create():
    return jsonify(ok=True), 201
@bp.delete('/users')
def delete():
    return '', 204
@bp.get('/boom')
def boom():
    raise RuntimeError('x')
