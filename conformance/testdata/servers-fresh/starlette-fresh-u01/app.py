from fastapi import FastAPI, Request, Depends, status, APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, StreamingResponse, FileResponse, ORJSONResponse
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.middleware.httpsredirect import HTTPSRedirectMiddleware
from starlette.middleware.sessions import SessionMiddleware
from collections import defaultdict
import time, os, logging, jwt

logging.basicConfig(level=os.getenv("LOG", "INFO"))
SECRET = os.environ.get("JWT_SECRET", "secret")

class RateLimiter:
    def __init__(self, n: int = 1000):
        self.n = n
        self.hits = defaultdict(list)
    async def __call__(self, request: Request):
        now = time.time()
        ip = request.client.host if request.client else "x"
        self.hits[ip] = [t for t in self.hits[ip] if now - t < 60]
        self.hits[ip].append(now)

limiter = RateLimiter()
app = FastAPI(dependencies=[Depends(limiter)], responses={404: {"description": "x"}})

class UnicornException(Exception):
    def __init__(self, name: str):
        self.name = name
@app.exception_handler(UnicornException)
async def unicorn(request: Request, exc: UnicornException):
    return JSONResponse(status_code=418, content={"m": f"{exc.name}!"}, headers={"Vary": "X-U"})
@app.exception_handler(404)
async def nf(request: Request, exc):
    return JSONResponse({"path": request.url.path}, 404)

app.add_middleware(TrustedHostMiddleware, allowed_hosts=["api.example.com", "localhost"])
app.add_middleware(SessionMiddleware, secret_key=SECRET)
app.add_middleware(CORSMiddleware, allow_origins=["https://myapp.com", "null"], allow_methods=["GET", "POST", "OPTIONS"], allow_headers=["*"], allow_credentials=True, max_age=0)

@app.on_event("startup")
async def startup():
    app.state.n = 0
@app.get("/api/users")
async def users(request: Request):
    app.state.n += 1
    return {"n": app.state.n, "ua": request.headers.get("user-agent", "none")}
@app.post("/api/users", status_code=status.HTTP_201_CREATED, response_class=ORJSONResponse)
async def create(request: Request):
    data = await request.json()
    if data["name"] == "John Doe":
        raise UnicornException(data["name"])
    return data
@app.get("/denied")
async def denied(request: Request):
    return RedirectResponse(url="/api/users", status_code=status.HTTP_302_FOUND)
@app.get("/vary")
async def vary():
    async def gen():
        for i in range(3):
            yield f"{i}"
    return StreamingResponse(gen(), media_type="text/plain", headers={"Vary": "Accept-Encoding"})
@app.get("/items/{item_id}")
@app.get("/api/items")
async def it(item_id: int = 0, q: str | None = None, tags: list[str] = []):
    return {"i": item_id}

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
