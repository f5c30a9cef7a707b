from contextlib import asynccontextmanager
from fastapi import FastAPI, Depends, Query, Path, Body, HTTPException, Security
from fastapi.security import HTTPBearer, OAuth2PasswordBearer
from fastapi.middleware import Middleware
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import RedirectResponse, StreamingResponse, FileResponse
from pydantic import BaseModel, Field
from typing import Annotated
bearer = HTTPBearer()
oauth = OAuth2PasswordBearer(tokenUrl="token")
middleware = [Middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"], allow_headers=["*"], expose_headers=["Content-Disposition"]), Middleware(GZipMiddleware)]
@asynccontextmanager
async def lifespan(app):
    yield
app = FastAPI(middleware=middleware, redirect_slashes=True)
class In(BaseModel):
    name: str = Field(..., min_length=3)
    age: int | None = None
@app.get("/api/users")
def users(limit: int = Query(10, ge=1, le=100), token=Security(bearer)):
    return []
@app.post("/api/users")
def create(u: In, token: str = Depends(oauth)):
    return u.dict()
@app.put("/api/users")
def put(u: In = Body(...)):
    if len(u.name) > 100:
        raise HTTPException(413)
    return u
@app.get("/", include_in_schema=False)
def root():
    return RedirectResponse("/docs", status_code=302)
@app.get("/slash/")
def slash():
    return StreamingResponse(iter([b"a", b"b"]), headers={"Content-Disposition": "x"})

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
