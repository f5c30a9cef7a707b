import os
import logging
from flask import Flask, jsonify, request, abort
from flask_cors import CORS

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger(__name__)
app = Flask(__name__)
app.config['JSON_SORT_KEYS'] = False
origins = [o.strip() for o in os.environ.get('ALLOWED_ORIGINS', '').split(',') if o.strip()]
CORS(app, resources={r"/api/*": {"origins": origins or "*"}}, supports_credentials=True, max_age=3600)

users = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob"}]

@app.before_request
def log_request():
    logger.info("%s %s", request.method, request.path)

@app.route('/api/users', methods=['GET', 'POST'])
def api_users():
    if request.method == 'POST':
        data = request.get_json()
        if not data or 'name' not in data:
            return jsonify({'error': 'name required'}), 400
        user = {'id': len(users) + 1, 'name': data['name']}
        users.append(user)
        return jsonify(user), 201
    return jsonify(users)

@app.route('/api/items/<int:item_id>')
def item(item_id):
    abort(404)

@app.errorhandler(404)
def not_found(e):
    return jsonify(error=str(e)), 404

@app.errorhandler(Exception)
def oops(e):
    return jsonify(error='oops'), 500

@app.route('/boom')
def boom():
    return 1 / 0

if __name__ == '__main__':
    app.run(port=5000)
