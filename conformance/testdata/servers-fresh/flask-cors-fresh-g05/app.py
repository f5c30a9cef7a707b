import os, logging.config
from flask import Flask, jsonify, Response, stream_with_context, request
from flask_cors import CORS
DEBUG = os.environ.get('FLASK_DEBUG', '0') == '1'
app = Flask(__name__)
log = logging.getLogger('werkzeug'); log.setLevel(logging.ERROR)
ALLOWED_ORIGINS = [
    'http://localhost:3000',
    'https://myapp.com',
    *[o for o in os.environ.get('EXTRA', '').split() if o],
]
if os.environ.get('ENV') != 'production':
    ALLOWED_ORIGINS.append('http://localhost:5173')
CORS(app, resources={r'/api/*': {'origins': ALLOWED_ORIGINS}, r'*': {'origins': 'https://otherapp.com'}})

@app.route('/api/users')
def stream():
    def gen():
        for i in range(3):
            yield f'data: {i}\n\n'
    return Response(stream_with_context(gen()), mimetype='text/event-stream', headers={'Cache-Control': 'no-cache', 'Vary': 'Accept'})

@app.route('/api/items', methods=['POST', 'PUT', 'PATCH', 'DELETE'])
def items():
    try:
        body = request.get_json()
        return jsonify({k: v[::-1] for k, v in body.items()})
    except Exception as e:
        return jsonify(error=type(e).__name__), 400
    finally:
        log.info('done')

@app.route('/err500')
def err():
    return jsonify(error='x'), 500, [('X-A', 'b'), ('Vary', 'X')]
@app.route('/denied')
def denied():
    r = Response('no', status=401)
    r.headers['WWW-Authenticate'] = 'Basic realm="x"'
    return r
if __name__ == '__main__':
    app.run(host='127.0.0.1', port=5000, debug=DEBUG, use_reloader=False, threaded=True)
