from flask import Flask, jsonify
from flask_cors import CORS
app = Flask(__name__)
cors = CORS(app, resources={r"/api/*": {"origins": "*"}})
app.config['CORS_HEADERS'] = 'Content-Type'

class ApiError(Exception):
    status_code = 418
    def __init__(self, message, status_code=None):
        super().__init__(message)
        self.message = message
        if status_code is not None:
            self.status_code = status_code
    def to_dict(self):
        return {'message': self.message}

@app.errorhandler(ApiError)
def handle(err):
    response = jsonify(err.to_dict())
    response.status_code = err.status_code
    return response

@app.route('/api/users', methods=['GET', 'HEAD', 'DELETE'])
def users():
    raise ApiError('teapot')
@app.route('/api/items', methods=['PATCH'])
def items():
    raise ApiError('gone', status_code=410)
@app.route('/err500')
def err():
    raise ApiError('x', 500)

if __name__ == '__main__':
    app.run(port=5000)
