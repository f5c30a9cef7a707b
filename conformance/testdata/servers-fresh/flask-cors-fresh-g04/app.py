from flask import Flask, jsonify, request, make_response
app = Flask(__name__)

def _build_cors_preflight_response():
    response = make_response()
    response.headers.add("Access-Control-Allow-Origin", "*")
    response.headers.add('Access-Control-Allow-Headers', "*")
    response.headers.add('Access-Control-Allow-Methods', "*")
    return response

def _corsify(response):
    response.headers.add("Access-Control-Allow-Origin", "*")
    return response

@app.before_request
def options():
    if request.method == "OPTIONS" and request.path != '/own':
        return _build_cors_preflight_response()

@app.route("/api/users", methods=["POST", "OPTIONS"])
def orders():
    data = request.json
    order = {"name": data.get("name", "").upper(), "n": len(data)}
    return _corsify(jsonify(order)), 201

@app.route("/api/items")
def it():
    return _corsify(make_response({"a": [1, 2, 3][-1]}, 203))
@app.teardown_request
def td(exc): pass
@app.route('/boom')
def boom():
    assert False, 'x'

if __name__ == '__main__':
    app.run(port=5000)
