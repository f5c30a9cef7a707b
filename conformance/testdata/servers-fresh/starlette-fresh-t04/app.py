from fastapi import FastAPI, Header, Query, Path, Body, HTTPException, Security, Depends
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials
from fastapi.middleware.cors import CORSMiddleware as Cors
from typing import Optional, Literal
import os, re
raw = os.environ.get("ORIGINS", "")
origins = list({o.strip().rstrip("/") for o in re.split(r"[,;\s]+", raw) if o})
app = FastAPI()
app.add_middleware(Cors, allow_origins=sorted(origins), allow_origin_regex=r"https://(?:[a-z0-9-]+\.)?myapp\.com(:\d+)?" if os.getenv("PREVIEW") else None, allow_credentials=bool(int(os.getenv("CRED", "0"))), allow_methods=["*"], allow_headers=["Authorization", "*"])
key = APIKeyHeader(name="X-API-Key", auto_error=False)
basic = HTTPBasic()
@app.get("/api/users")
def users(k: str = Security(key), x: Literal["a", "b"] = "a"):
    if k is None:
        return {"anon": True, "x": x}
    return k
@app.post("/api/users")
def post(name: str = Body(..., embed=True, min_length=3), q: int = Query(1, ge=1)):
    return {"name": name}
@app.put("/api/users")
def put(name: str = Body(...), age: int = Body(3)):
    return {"name": name, "age": age}
@app.patch("/api/users")
def patch(name: int = Body(..., embed=True)):
    return name
@app.delete("/api/users")
def dele(c: HTTPBasicCredentials = Depends(basic)):
    return c.username
@app.get("/api/items", status_code=206)
def items(user_agent: Optional[str] = Header(None), accept: str = Header()):
    return {"ua": user_agent, "a": accept}
@app.api_route("/{full:path}", methods=["GET", "OPTIONS", "DELETE"])
def catch(full: str):
    if full == "missing":
        raise HTTPException(404)
    return full

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
