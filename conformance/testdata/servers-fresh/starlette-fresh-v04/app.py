from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response, JSONResponse

class AuthMiddleware(BaseHTTPMiddleware):
    def __init__(self, app, public=()):
        super().__init__(app)
        self.public = public
    async def dispatch(self, request: Request, call_next):
        if request.url.path in self.public or any(request.url.path.startswith(p) for p in ("/static", "/docs")):
            return await call_next(request)
        if request.headers.get("authorization") is None:
            return JSONResponse(status_code=401, content={"detail": "auth"})
        return await call_next(request)

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://myapp.com"], allow_methods=["*"])
app.add_middleware(AuthMiddleware, public=["/", "/api/items"])

@app.get("/api/users")
async def users():
    return []
@app.api_route("/api/items", methods=["GET", "POST", "OPTIONS"])
async def items():
    return {"i": 1}
@app.get("/")
async def root():
    return {"ok": True}

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
