from flask import Flask, jsonify, request
from flask_cors import CORS, cross_origin
app = Flask(__name__)
app.config.update(CORS_ORIGINS='https://myapp.com', CORS_METHODS=['GET', 'PUT'], CORS_SEND_WILDCARD=False, CORS_AUTOMATIC_OPTIONS=True, CORS_EXPOSE_HEADERS=['X-A'], CORS_MAX_AGE=21)

@app.route('/api/users', methods=['GET', 'OPTIONS'])
@cross_origin(supports_credentials=True)
def users():
    return jsonify(a=1)

@app.route('/api/items', methods=['GET', 'POST', 'PUT'])
@cross_origin(allow_headers=['Content-Type'], origins=['https://otherapp.com', 'https://myapp.com'], automatic_options=False)
def items():
    if request.method == 'PUT':
        raise ValueError('no')
    return jsonify(a=1)

@app.route('/vary')
@cross_origin(['https://myapp.com'])
def vary():
    return 'x', {'Vary': 'Cookie'}

@app.route('/boom')
@cross_origin()
def boom():
    raise RuntimeError()
@app.route('/denied')
@cross_origin('*', send_wildcard=True)
def denied():
    from flask import abort
    abort(401)
@app.route('/own')
def own():
    return 'bare'

if __name__ == '__main__':
    app.run(port=5000)
