from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, Router, Mount
import json

class Auth(BaseHTTPMiddleware):
    def __init__(self, app, skip=()):
        super().__init__(app)
        self.skip = skip
    async def dispatch(self, request, call_next):
        if request.url.path in self.skip or request.method == "OPTIONS":
            return await call_next(request)
        if request.headers.get("authorization") is None:
            return JSONResponse({"error": "auth"}, status_code=401, headers={"WWW-Authenticate": "Bearer"})
        request.state.user = request.headers["authorization"].removeprefix("Bearer ")
        return await call_next(request)

app = Starlette()

@app.route("/api/users", methods=["GET", "POST"])
async def users(request):
    if request.method == "POST":
        body = await request.json()
        return JSONResponse({"user": request.state.user, **body}, 201)
    return JSONResponse({"user": getattr(request.state, "user", None)})

@app.route("/vary")
async def vary(request):
    async def it():
        yield b"a"
    return StreamingResponse(it(), headers={"vary": "Accept-Encoding"})

async def boom(request):
    return None
app.add_route("/boom", boom)
app.mount("/api/items", Router([Route("/", lambda r: Response("i"), methods=["GET"])]))
app.add_middleware(CORSMiddleware, allow_origins=["https://myapp.com"], allow_headers=["X-A"], allow_methods=["GET", "POST"], expose_headers="X-B")
app.add_middleware(Auth, skip=["/vary", "/boom"])
@app.exception_handler(500)
async def e500(request, exc):
    return JSONResponse({"e": str(exc)}, 500)

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
