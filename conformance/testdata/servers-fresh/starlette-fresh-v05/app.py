from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse
app = FastAPI()
api = FastAPI(root_path="/api")
api.add_middleware(CORSMiddleware, allow_origins=("https://myapp.com", "http://localhost:3000"), allow_credentials=True, allow_headers=["x-token"], allow_methods=["GET", "PATCH"])
@api.get("/users")
def users():
    return []
@api.patch("/users")
def patch():
    return {}
@api.get("/boom")
def boom():
    raise ValueError()
public = FastAPI(docs_url=None)
public.add_middleware(CORSMiddleware, allow_origins=["*"])
@public.get("/")
def p():
    return "p"
@public.get("/data.json")
def data():
    return {}
app.mount("/api", api)
app.mount("/static", public)
@app.get("/own", response_class=PlainTextResponse)
def own():
    return PlainTextResponse("o", headers={"Access-Control-Allow-Origin": "https://myapp.com", "Vary": "Origin"})

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
