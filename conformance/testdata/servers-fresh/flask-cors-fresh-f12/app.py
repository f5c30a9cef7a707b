from flask import Flask, request, jsonify, make_response
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.exceptions import HTTPException
from flask_cors import CORS
import re
app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)
CORS(app, origins=re.compile(r"https://(myapp|otherapp)\.com"), supports_credentials=True)

@app.errorhandler(HTTPException)
def handle_http(e):
    return jsonify(code=e.code, name=e.name), e.code

@app.route('/api/users', defaults={'page': 1})
@app.route('/api/users/page/<int:page>')
def users(page):
    return jsonify(page=page)

@app.route('/vary')
def vary():
    r = make_response('x')
    r.vary.add('Accept-Language')
    return r
@app.route('/own', methods=['GET', 'OPTIONS'], provide_automatic_options=False)
def own():
    return request.method

if __name__ == '__main__':
    app.run(port=5000)
