import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.endpoints import HTTPEndpoint
from starlette.staticfiles import StaticFiles

class Users(HTTPEndpoint):
    async def get(self, request): return JSONResponse([], headers={"Vary": "Accept"})
    async def put(self, request): return Response(status_code=204)

class Extra(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        r = await call_next(request)
        r.headers.setdefault("Access-Control-Allow-Methods", "EXTRA")
        if "x-a" in r.headers: del r.headers["x-a"]
        return r

async def err(request): raise RuntimeError("x")
def items(request): return PlainTextResponse("x", status_code=202, headers={"x-a": "1", "Access-Control-Allow-Credentials": "maybe"})
def own(request):
    r = PlainTextResponse("x"); r.headers.append("Access-Control-Allow-Origin", "https://own.example"); return r

CORS = dict(allow_origins=("https://myapp.com", "null"), allow_methods=("*",), allow_headers="*", allow_credentials=False)
app = Starlette(routes=[
    Route("/api/users", Users), Route("/api/items", items, methods=["POST", "GET"]), Route("/err500", err), Route("/own", own),
    Mount("/static", app=CORSMiddleware(Starlette(routes=[Route("/data.json", items)]), allow_origins=["*"], max_age=5)),
], middleware=[Middleware(Extra), Middleware(CORSMiddleware, **CORS), Middleware(SessionMiddleware, secret_key="x")],
   exception_handlers={404: lambda request, exc: JSONResponse({"nf": 1}, status_code=404), RuntimeError: lambda request, exc: JSONResponse({}, status_code=500)})
if __name__ == "__main__":
    uvicorn.run("app:app", host="127.0.0.1", port=8000, log_level="error")
