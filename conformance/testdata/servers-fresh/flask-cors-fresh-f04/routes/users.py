from flask import Blueprint, jsonify, current_app
users_bp = Blueprint('users', __name__)

@users_bp.route('/users', methods=['GET'])
def get_users():
    return jsonify(origins=current_app.config['CORS_ORIGINS'])

@users_bp.route('/users/<int:uid>', methods=['PUT', 'DELETE'])
def change(uid):
    return '', 204
