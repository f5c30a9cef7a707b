import os, sys
from .base import (
    A,
    B as C,  # comment
)
from flask import *
app: Flask = Flask(__name__)
x = y = [i.strip() for i in os.environ.get("O", "").split(",") if i]
CORS(app, resources={r"/api/*": {"origins": "*"}}, **opts)
name = f"https://{os.getenv('X')}.com{p!s}" "and" 'more'
z = a if b else c
d = {k: v for k, v in x.items()}
if not DEBUG and x > 1:
    y += 1
elif q: pass
else:
    try:
        foo()
    except (A, B) as e:
        raise X from e
    finally:
        bar(); baz()
@app.route('/x', methods=['GET'])
@cross_origin()
async def f(a, b: int = 3, *args, c, **kw) -> dict[str, int]:
    """doc"""
    async with x() as y, z:
        return {"a": 1}, 200
    for i, (j, k) in enumerate(q):
        yield i
class A(Base, metaclass=M):
    x = 1
    def f(self): return self.x[1:2, ::3]
def g():
    resp = make_response("x"); resp.headers['X'] = 1
    return jsonify(
        a=1,
        b=lambda x, y=2: x + y)
broken = foo(1, 2
def h():
    return not a in b
t = 1,
match x:
    case "a" | 'b':
        pass
    case _:
        pass
v = 1 < x <= 3
w = (yield)
print "hello"
s = x if (a := b) else await c
m = """a
b\
c"""
