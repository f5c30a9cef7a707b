from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
import time
from routers import users

class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        start = time.time()
        if request.url.path == "/own":
            from starlette.responses import PlainTextResponse
            return PlainTextResponse("short", status_code=418)
        response = await call_next(request)
        response.headers["X-Process-Time"] = str(time.time() - start)
        return response

app = FastAPI(docs_url=None, redoc_url=None)
app.add_middleware(GZipMiddleware, minimum_size=10)
app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://.*\.myapp\.com|https://myapp\.com", allow_methods=["GET", "POST"], allow_headers=["X-Token", "content-type"], max_age=10)
app.add_middleware(Timing)
app.include_router(users.router, prefix="/api")

@app.get("/vary")
def vary():
    return {"a": 1}
@app.get("/slash/")
def slash():
    return 1

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
