import time, uuid, datetime
from flask import Flask, jsonify, request, g
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins=["https://myapp.com", "null"], allow_headers=["*"], max_age=datetime.timedelta(minutes=10))

RATE = {}
TODOS = {}

@app.before_request
def before():
    g.start = time.time()
    if request.path == '/denied':
        return jsonify(error='no'), 429

@app.after_request
def after(resp):
    resp.headers['X-Time'] = str(time.time() - g.start)
    resp.headers['X-Request-ID'] = str(uuid.uuid4())
    return resp

@app.route('/api/items', methods=['GET', 'POST'])
def todos():
    if request.method == 'POST':
        data = request.get_json(force=True)
        todo_id = str(uuid.uuid4())
        TODOS[todo_id] = {'id': todo_id, 'created': datetime.datetime.utcnow().isoformat(), **data}
        return jsonify(TODOS[todo_id]), 201
    return jsonify(list(TODOS.values()))

@app.route('/api/users', methods=['POST', 'PUT'])
def users():
    data = request.json
    try:
        name = data['nickname']
    except KeyError as e:
        return jsonify(error=f"missing {e}"), 422
    return jsonify(name=name)

if __name__ == '__main__':
    app.run(port=5000)
