from flask import Flask
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins=['https://myapp.com'])
@app.route('/a')
def index():
    return 'a'
@app.route('/b')
def index():
    return 'b'

if __name__ == '__main__':
    app.run(port=5000)
