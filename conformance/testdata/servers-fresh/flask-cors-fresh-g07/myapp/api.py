from flask import Blueprint, jsonify
from flask.views import MethodView
bp = Blueprint('api', __name__, url_prefix='/api')
class Res(MethodView):
    init_every_request = False
    def __init__(self, label):
        self.name = label
    def get(self, id=None):
        return jsonify(name=self.name, id=id)
    def patch(self, id):
        return {}, 200
bp.add_url_rule('/users', view_func=Res.as_view('users', 'users'))
bp.add_url_rule('/users/<id>', view_func=Res.as_view('user', 'user'))
bp.add_url_rule('/items/<any(a,b):id>', view_func=Res.as_view('item', 'i'), methods=['GET'])
