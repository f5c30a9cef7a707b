from __future__ import annotations
import os
from typing import Any, Callable
from flask import Flask, jsonify, make_response, request, Response
from flask_cors import CORS

class AppError(Exception):
    """Base."""
    status = 400
    def __init__(self, msg: str = "bad", **extra: Any) -> None:
        self.msg, self.extra = msg, extra
class NotFoundError(AppError):
    status = 404

def create_app(**overrides: Any) -> Flask:
    app = Flask(__name__)
    app.config.update({"CORS_ORIGINS": os.getenv("CORS_ORIGINS", "*"), "CORS_EXPOSE_HEADERS": "X-Request-Id", **overrides})
    if app.config["CORS_ORIGINS"] != "*":
        app.config["CORS_ORIGINS"] = [o for o in map(str.strip, app.config["CORS_ORIGINS"].split(",")) if o]
    CORS(app)

    def handle(err: AppError) -> Response:
        body = {"error": err.msg} | err.extra
        return make_response(jsonify(body), err.status)
    for cls in (AppError, NotFoundError):
        app.register_error_handler(cls, handle)

    routes: dict[str, Callable[[], Any]] = {}
    def register(path: str, *methods: str):
        def deco(fn):
            routes[path] = fn
            app.add_url_rule(path, fn.__name__, fn, methods=list(methods) or None)
            return fn
        return deco

    @register("/api/users", "GET", "PATCH")
    def users():
        match request.method:
            case "PATCH":
                raise NotFoundError("nobody", id=3)
            case _:
                return {"routes": sorted(routes)}
    @register("/denied")
    def denied():
        raise AppError()
    @register("/own")
    def own():
        resp = make_response("", 304)
        resp.headers["Access-Control-Allow-Origin"] = ""
        return resp
    @register("/vary", "GET", "HEAD", "OPTIONS")
    def vary():
        return Response(status=200, headers={"Vary": "Origin"})
    return app
app = create_app(JSONIFY_PRETTYPRINT_REGULAR=True)

if __name__ == '__main__':
    app.run(port=5000)
