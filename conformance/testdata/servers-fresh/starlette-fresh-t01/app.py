from fastapi import FastAPI, Depends, HTTPException, Request, Form, Cookie
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel, validator, EmailStr
from typing import Optional, List, Dict, Union, Annotated
import uuid, datetime, logging
logger = logging.getLogger("uvicorn")
app = FastAPI(title="t", openapi_url="/api/v1/openapi.json")
ORIGINS = {"dev": ["*"], "prod": ["https://myapp.com", "https://otherapp.com"]}
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS["prod"], allow_credentials=True, allow_methods=["GET", "POST", "PUT", "DELETE", "OPTIONS"], allow_headers=["Content-Type", "Authorization"], expose_headers=["X-Total-Count", "X-Page"], max_age=3600)

class Base(BaseModel):
    class Config:
        orm_mode = True
class Create(Base):
    name: str
    tags: List[str] = []
    @validator("name")
    def check(cls, v):
        if "doe" in v.lower():
            raise ValueError("no does")
        return v.title()
class Out(Create):
    id: uuid.UUID
    created: datetime.datetime

class Repo:
    def __init__(self):
        self._d: Dict[str, Out] = {}
    def all(self):
        return list(self._d.values())
    def add(self, c: Create) -> Out:
        o = Out(id=uuid.uuid4(), created=datetime.datetime.utcnow(), **c.dict())
        self._d[str(o.id)] = o
        return o
repo = Repo()
def get_repo() -> Repo:
    return repo
class Pager:
    def __init__(self, skip: int = 0, limit: int = 10):
        self.skip, self.limit = skip, limit

@app.get("/api/users", response_model=List[Out])
async def users(p: Pager = Depends(), r: Repo = Depends(get_repo)):
    return r.all()[p.skip:p.limit]
@app.post("/api/users", response_model=Out, status_code=201)
async def add(c: Create, r: Repo = Depends(get_repo)):
    return r.add(c)
@app.put("/api/items")
async def items(payload: Dict[str, str], sid: Optional[str] = Cookie(None)):
    if payload.get("name") != "John Doe":
        raise HTTPException(status_code=409, detail={"e": 1})
    return payload
@app.delete("/api/items/{item_id}")
async def d(item_id: uuid.UUID):
    return None
@app.get("/boom")
def boom(): return 1 // 0
@app.get("/denied")
async def denied(request: Request):
    token = request.headers.get("X-Token") or request.cookies.get("t")
    if not token: raise HTTPException(401, "x", headers={"Vary": "Authorization"})

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
