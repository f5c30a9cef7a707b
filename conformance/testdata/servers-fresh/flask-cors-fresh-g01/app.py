from flask import *
from flask_cors import *
import json, os, threading, itertools
from dataclasses import dataclass, asdict
from enum import Enum

cors_config = {
    "origins": json.loads(os.environ.get("CORS_ORIGINS", "[]")),
    "methods": ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    "allow_headers": ["Content-Type", "Authorization", "X-Requested-With"],
    "expose_headers": ["Content-Range", "X-Content-Range"],
    "supports_credentials": True,
    "max_age": 86400,
}
app = Flask(__name__, static_folder=None)
CORS(app, **cors_config)

class Status(str, Enum):
    OPEN = "open"
    DONE = "done"

@dataclass
class Todo:
    id: int
    title: str
    status: Status = Status.OPEN

lock = threading.Lock()
ids = itertools.count(1)
todos = {}

def parse():
    data = request.get_json(silent=True) or {}
    title = (data.get("title") or data.get("name") or "").strip()
    if not title:
        abort(make_response(jsonify(error="title required"), 422))
    return title

@app.route("/api/items", methods=("GET", "POST"))
def todo_list():
    if request.method == "GET":
        return jsonify([asdict(t) for t in sorted(todos.values(), key=lambda t: -t.id)])
    with lock:
        t = Todo(next(ids), parse())
        todos[t.id] = t
    return jsonify(asdict(t)), 201, {"Location": f"/api/items/{t.id}"}

@app.route("/api/items/<int:tid>", methods=["GET", "DELETE"])
def one(tid):
    t = todos.get(tid)
    return (jsonify(asdict(t)), 200) if t else (jsonify(error="not found"), 404)

@app.route("/api/users")
def users():
    page = request.args.get("page", 1, type=int)
    return {"page": page, "items": [{"n": i} for i in range(page * 2) if i % 2]}

if __name__ == '__main__':
    app.run(port=5000)
