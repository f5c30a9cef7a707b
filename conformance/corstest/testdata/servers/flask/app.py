import os
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)

{{recipe}}

@app.route('/users', methods=['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
def users():
    return []


@app.route('/boom', methods=['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
def boom():
    raise RuntimeError('boom')


app.run('127.0.0.1', int(os.environ['PORT']))
