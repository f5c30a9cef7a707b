import os
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware
app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="x")
if os.environ.get("FORCE_HTTPS", "false").lower() in ("1", "true", "yes"):
    app.add_middleware(HTTPSRedirectMiddleware)
origin_list = {"dev": ["http://localhost:3000", "http://localhost:5173"], "prod": []}
origin_list["prod"].extend(f"https://{s}.com" for s in ("myapp", "otherapp"))
app.add_middleware(
    CORSMiddleware,
    allow_origins=sum(origin_list.values(), []),
    allow_methods=["get", "POST"],
    allow_headers=("X-API-Key", "content-type"),
    max_age=int(os.getenv("CORS_MAX_AGE", 3600)),
)
@app.get("/api/users")
async def users(): return []
@app.post("/api/users")
async def post(): return {}
@app.head("/api/users")
async def head(): return None

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
