from fastapi import FastAPI, Depends, Query, Path, Body, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import HTTPBearer, OAuth2PasswordBearer, HTTPAuthorizationCredentials
from pydantic import BaseModel, BaseSettings, Field
from enum import Enum

class Settings(BaseSettings):
    cors_origins: list[str] = ["http://localhost:5173"]
    debug: bool = False
    name: str = "x"

settings = Settings()
app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=[str(o) for o in settings.cors_origins],
    allow_credentials=True,
    allow_methods=["GET", "POST", "PUT"],
    allow_headers=["Authorization", "Content-Type"],
)
bearer = HTTPBearer()
oauth = OAuth2PasswordBearer(tokenUrl="token")

class Kind(str, Enum):
    a = "a"
    b = "b"

class Name(BaseModel):
    name: str = Field(..., min_length=3, max_length=50)
    kind: Kind = Kind.a

@app.get("/api/users")
def users(creds: HTTPAuthorizationCredentials = Depends(bearer)):
    return {"t": creds.credentials}

@app.post("/api/users")
def create(n: Name, response: Response, limit: int = Query(10, le=100)):
    response.headers["X-Id"] = "1"
    response.status_code = 202
    return n.dict()

@app.delete("/api/users", status_code=204)
def rm(token: str = Depends(oauth)):
    return None

@app.patch("/api/users")
def pa(data: dict = Body(...)):
    return {"name": data["name"].upper(), "x": data["missing"]}

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
