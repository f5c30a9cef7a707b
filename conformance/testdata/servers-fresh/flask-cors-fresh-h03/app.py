from flask import Flask, Blueprint
from flask_cors import CORS
v1 = Blueprint("v1", __name__)
v2 = Blueprint("v2", __name__)
@v1.get("/users")
def u1(): return {"v": 1}
@v1.post("/users")
def u2(): return {"v": 1}, 201
@v2.route("/items", methods=["PUT"])
def u3(): return {"v": 2}
@v2.app_errorhandler(404)
def nf(e): return {"e": 404}, 404
@v2.after_app_request
def aar(r):
    r.headers["Access-Control-Max-Age"] = "1"
    return r
CORS(v1, origins="https://myapp.com", send_wildcard=True)
CORS(v2, resources={"/api/items": {"origins": ["https://otherapp.com"]}}, supports_credentials=True)
app = Flask(__name__)
app.register_blueprint(v1, url_prefix="/api")
app.register_blueprint(v2, url_prefix="/api/")
@app.route("/boom")
def boom():
    "".index("x")

if __name__ == '__main__':
    app.run(port=5000)
