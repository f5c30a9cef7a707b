from flask import Flask, request, Response, current_app
from flask.views import MethodView
app = Flask(__name__, static_url_path="/static", static_folder="public")
ALLOWED = {"https://myapp.com": ("GET", "PUT"), "https://otherapp.com": ("GET",)}

@app.before_request
def preflight():
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        origin = request.headers.get("Origin", "")
        if origin not in ALLOWED: return Response(status=403)
        r = current_app.make_default_options_response()
        r.headers.update({"Access-Control-Allow-Methods": ", ".join(ALLOWED[origin]), "Access-Control-Allow-Headers": request.headers.get("Access-Control-Request-Headers", "")})
        r.headers.pop("Allow", None)
        return r

@app.after_request
def cors(r):
    if (o := request.headers.get("Origin")) and o in ALLOWED:
        r.headers["Access-Control-Allow-Origin"] = o
        r.headers["Access-Control-Allow-Credentials"] = "true" if r.status_code < 400 else "false"
    r.headers.extend({"Vary": "Origin"})
    return r

class Users(MethodView):
    def get(self): return []
    def put(self): return {}, 202

app.add_url_rule("/api/users", view_func=Users.as_view("users"))

@app.get("/api/items")
def items(): return {"items": []}

@app.route("/missing", methods=["POST"])
def missing(): return "x"

@app.errorhandler(405)
def m(e): return {"e": 405}, 405, {"X-E": "1"}

if __name__ == "__main__": app.run()
