from flask import Flask, jsonify, Response, stream_with_context, abort
from flask.views import MethodView
from flask_cors import CORS
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)
CORS(app, origins="http://localhost:3000, https://myapp.com".split(', '), allow_headers="*", methods=["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"])
class UserAPI(MethodView):
    init_every_request = False
    def get(self):
        return jsonify([])
    def post(self):
        abort(422)
    def delete(self):
        raise ApiError('no', status=409)
class ApiError(Exception):
    def __init__(self, message, status=400):
        super().__init__(message)
        self.status = status
app.add_url_rule('/api/users', view_func=UserAPI.as_view('users'))
@app.errorhandler(ApiError)
def api_error(e):
    return jsonify(error=str(e)), e.status
@app.errorhandler(HTTPException)
def http_error(e):
    r = e.get_response()
    r.data = b'{}'
    r.content_type = 'application/json'
    return r
@app.route('/cors')
def stream():
    @stream_with_context
    def gen():
        for i in range(3):
            yield f'data: {i}\n\n'
    return Response(gen(), mimetype='text/event-stream', headers={'Cache-Control': 'no-cache', 'Access-Control-Allow-Origin': '*'})
@app.route('/boom')
def boom():
    raise KeyError('x')

if __name__ == '__main__':
    app.run(port=5000)
