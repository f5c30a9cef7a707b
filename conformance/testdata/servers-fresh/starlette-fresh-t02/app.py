from fastapi import FastAPI, APIRouter
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response, HTMLResponse
from config import settings

app = FastAPI(title=settings.PROJECT_NAME, debug=settings.DEBUG)
if settings.BACKEND_CORS_ORIGINS:
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[str(origin).rstrip("/") for origin in settings.BACKEND_CORS_ORIGINS],
        allow_credentials=True, allow_methods=["*"], allow_headers=["*"],
    )
api = APIRouter()
users = APIRouter(prefix="/users")
@users.get("/")
def u(): return []
@users.post("/", status_code=201)
def c(): return {}
api.include_router(users)
@api.get("/items", response_class=HTMLResponse)
def i(): return "<b>"
app.include_router(api, prefix=settings.API_V1)
@app.get("/vary")
def v(response: Response):
    response.headers["Vary"] = "Accept-Encoding"
    response.set_cookie("a", "b")
    return {"x": 1}
@app.get("/own")
def o():
    return Response(status_code=204, headers={"Access-Control-Allow-Origin": "https://own.example"})
@app.get("/boom")
def boom(): raise Exception

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
