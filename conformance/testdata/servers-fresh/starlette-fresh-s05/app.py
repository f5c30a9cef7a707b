from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from fastapi.middleware.cors import CORSMiddleware

def create_app() -> FastAPI:
    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=False, allow_methods=["*"], allow_headers=["*"])

    @app.middleware("http")
    async def auth(request: Request, call_next):
        if request.method != "OPTIONS" and request.url.path.startswith("/denied"):
            return JSONResponse({"detail": "no"}, status_code=401)
        try:
            return await call_next(request)
        except Exception as e:
            return JSONResponse({"detail": str(e)}, status_code=503)

    @app.exception_handler(StarletteHTTPException)
    async def http_exc(request, exc):
        return PlainTextResponse(str(exc.detail), status_code=exc.status_code)

    @app.exception_handler(RequestValidationError)
    async def val(request, exc):
        return JSONResponse({"errors": True}, status_code=400)

    @app.post("/api/users")
    async def users(payload: dict, n: int = 3):
        return payload

    @app.get("/api/users/{uid}")
    def one(uid: int):
        return uid
    @app.get("/boom")
    def boom():
        raise ValueError("bad")
    @app.api_route("/api/items", methods=["GET", "PUT"])
    async def items(request: Request):
        return {"m": request.method, "h": request.headers.get("x-a")}
    return app

app = create_app()

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
