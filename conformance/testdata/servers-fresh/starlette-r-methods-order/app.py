from fastapi import FastAPI, APIRouter, Depends, HTTPException, Request, Response, status
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseSettings
import uvicorn, re, os

class Settings(BaseSettings):
    cors_origins: list[str] = ["https://myapp.com"]
    cors_regex: str = r"https://.*\.myapp\.com"
    debug: bool = False
    class Config:
        env_prefix = "APP_"

settings = Settings()
app = FastAPI(debug=settings.debug, redirect_slashes=False, docs_url=None)
app.add_middleware(CORSMiddleware, allow_origins=[str(o).rstrip("/") for o in settings.cors_origins], allow_origin_regex=settings.cors_regex,
                   allow_methods=["GET", "put"], allow_headers=["X-Custom", "Authorization"], expose_headers=["X-A", "X-B"], allow_credentials=True, max_age=0)
app.add_middleware(GZipMiddleware, minimum_size=1)
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["api.example.com", "*.local"])

@app.middleware("http")
async def timing(request: Request, call_next):
    if request.url.path == "/denied":
        return JSONResponse({"e": 1}, status_code=401)
    response = await call_next(request)
    response.headers["X-Time"] = "1"
    if request.url.path == "/vary":
        response.headers["Vary"] = "Accept"
    return response

router = APIRouter(prefix="/api", tags=["x"])

@router.get("/users")
async def users(response: Response):
    response.headers["Access-Control-Allow-Origin"] = "https://inner.example"
    return []

@router.put("/users", status_code=201)
def put(): return {}

@router.api_route("/items", methods=["GET", "OPTIONS"])
def items(): return Response(status_code=204)

@router.get("/denied")
def denied(): raise HTTPException(status.HTTP_401_UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})

@router.get("/own")
def own(): return RedirectResponse("/api/users", status_code=303)

@app.get("/vary")
def vary(): return {}

@app.get("/boom")
def boom(): raise ValueError("x")

@app.exception_handler(ValueError)
async def on_value(request, exc): return JSONResponse({}, status_code=422)

@app.exception_handler(404)
async def nf(request, exc): return JSONResponse({"nf": 1}, status_code=404)

app.include_router(router)
if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000, log_level="error")
