from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, StreamingResponse, RedirectResponse, PlainTextResponse
from starlette.routing import Mount, Route, Router
from starlette.exceptions import HTTPException
import asyncio

async def users(request):
    return JSONResponse([], headers={"Vary": "Accept"})
async def stream(request):
    async def gen():
        for i in range(3):
            yield b"x"
            await asyncio.sleep(0)
    return StreamingResponse(gen(), media_type="text/plain")
def boom(request):
    raise ValueError("x")
def denied(request):
    raise HTTPException(status_code=403, detail="no")
async def home(request):
    return RedirectResponse(url="/api/users")
async def server_error(request, exc):
    return JSONResponse({"error": "x"}, status_code=500)
async def not_found(request, exc):
    return PlainTextResponse("nf", status_code=exc.status_code)

app = Starlette(
    routes=[
        Route("/", home),
        Mount("/api", routes=[Route("/users", users, methods=["GET", "POST"]), Route("/boom", boom)]),
        Route("/cors", stream), Route("/denied", denied), Route("/boom", boom), Route("/slash/", users),
    ],
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=["*"]),
        Middleware(CORSMiddleware, allow_origin_regex=r"https://(.*\.)?myapp\.com", allow_methods=["GET", "POST"], allow_headers=["X-Custom"], expose_headers=["X-Total"], max_age=60),
        Middleware(GZipMiddleware, minimum_size=1000),
    ],
    exception_handlers={500: server_error, 404: not_found},
)

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
