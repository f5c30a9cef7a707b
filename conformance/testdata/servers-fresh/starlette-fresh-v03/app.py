import os, time
from fastapi import FastAPI, Request, APIRouter, Response, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from pydantic import BaseModel

class AppError(Exception):
    def __init__(self, code: int, message: str):
        self.code = code
        self.message = message

class User(BaseModel):
    name: str

def create_app() -> FastAPI:
    app = FastAPI()
    origins = [o for o in os.getenv("CORS_ORIGINS", "").split(",") if o] or ["http://localhost:3000"]
    app.add_middleware(CORSMiddleware, allow_origins=origins, allow_origin_regex=r"https://.*\.vercel\.app", allow_credentials=True, allow_methods=["GET", "POST", "PUT"], allow_headers=["Authorization", "Content-Type"])

    @app.middleware("http")
    async def timing(request: Request, call_next):
        start = time.perf_counter()
        if request.url.path == "/denied":
            return JSONResponse({"detail": "no"}, status_code=403)
        response = await call_next(request)
        response.headers["X-Process-Time"] = str(time.perf_counter() - start)
        return response

    @app.exception_handler(AppError)
    async def app_error(request: Request, exc: AppError):
        return JSONResponse(status_code=exc.code, content={"message": exc.message})
    @app.exception_handler(RequestValidationError)
    async def invalid(request, exc):
        return JSONResponse(status_code=400, content={"errors": exc.errors()})
    @app.exception_handler(Exception)
    async def every(request: Request, exc: Exception):
        return JSONResponse(status_code=500, content={"message": "oops"})

    router = APIRouter(prefix="/api")
    @router.post("/users", status_code=201)
    async def create(user: User):
        return user
    @router.get("/users")
    async def users(response: Response):
        response.headers["Vary"] = "Accept-Language"
        return []
    @router.delete("/users")
    def d():
        raise AppError(409, "conflict")
    app.include_router(router)
    @app.get("/boom")
    def boom():
        raise KeyError("a")
    return app

app = create_app()

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
