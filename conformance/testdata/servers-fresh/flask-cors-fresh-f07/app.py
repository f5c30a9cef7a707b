from flask import Flask
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins="*", supports_credentials=True, send_wildcard=True)

@app.route('/')
def index():
    return 'hi'

if __name__ == '__main__':
    app.run(port=5000)
