from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Mount, Route
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException

class Users(HTTPEndpoint):
    async def get(self, request):
        return JSONResponse({"q": dict(request.query_params)})
    async def post(self, request):
        data = await request.json()
        return JSONResponse(data, status_code=201)

def denied(request):
    raise HTTPException(status_code=401)

async def vary(request):
    return PlainTextResponse("x", headers={"Vary": "Accept", "X": "y"})

def own(request):
    return RedirectResponse("/api/users")

async def not_found(request, exc):
    return JSONResponse({"e": 1}, status_code=404, headers={"X-Err": "1"})

app = Starlette(debug=False, routes=[
    Mount("/api", routes=[Route("/users", Users), Route("/items", lambda r: JSONResponse([]), methods=["GET", "DELETE"])]),
    Route("/denied", denied), Route("/vary", vary), Route("/own", own),
], middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["*.example.com"]), Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["*"], expose_headers=["X"])], exception_handlers={404: not_found})

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
