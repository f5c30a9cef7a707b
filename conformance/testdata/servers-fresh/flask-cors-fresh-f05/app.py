from flask import Flask
from flask.views import MethodView
from flask_cors import CORS
app = Flask(__name__)
app.url_map.strict_slashes = False
CORS(app, resources={r"/api/.*": {"origins": "https://myapp.com", "methods": ["GET", "POST"]}, r"/api/items": {"origins": "*", "send_wildcard": True}, "/own": {"origins": ["https://otherapp.com"], "vary_header": False, "always_send": False}})

class UsersAPI(MethodView):
    def get(self):
        return {"users": []}
    def post(self):
        return {"id": 1}, 201
    def delete(self):
        return "", 204

app.add_url_rule('/api/users', view_func=UsersAPI.as_view('users'))
app.add_url_rule('/api/items/', view_func=UsersAPI.as_view('items'))

@app.get('/own')
def own():
    return 'own'
@app.post('/denied')
def denied():
    from flask import abort
    abort(403, description='no')

if __name__ == '__main__':
    app.run(port=5000)
