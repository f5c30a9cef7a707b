from flask import Flask, jsonify, session, redirect, url_for
from flask_cors import CORS
app = Flask(__name__)
app.secret_key = 'x'
CORS(app, origins="https://myapp.com", supports_credentials=True, intercept_exceptions=False)

@app.route('/api/users')
def users():
    session['n'] = session.get('n', 0) + 1
    return jsonify(n=session['n'])

@app.route('/api/items', methods=['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
def items():
    return redirect(url_for('users'))

@app.route('/vary')
def vary():
    r = jsonify(a=1)
    r.headers['Vary'] = 'Accept-Encoding'
    if 'n' in session:
        pass
    return r

@app.route('/boom')
def boom():
    raise KeyError('x')

if __name__ == '__main__':
    app.run(port=5000)
