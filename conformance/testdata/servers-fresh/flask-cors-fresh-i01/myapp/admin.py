from flask import Blueprint, redirect, url_for
bp = Blueprint('admin', __name__)
@bp.route('/')
def index():
    return redirect('/api/users')
@bp.route('/slash/')
def slash():
    return 's'
@bp.route('/denied')
def denied():
    return 'no', 403, {'Vary': 'Accept'}
