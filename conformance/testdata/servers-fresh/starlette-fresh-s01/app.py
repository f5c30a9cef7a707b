import os
from typing import List, Optional
from fastapi import FastAPI, HTTPException, Request, status
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI(title="API", version="1.0")
origins = os.getenv("ALLOWED_ORIGINS", "http://localhost:3000").split(",")
app.add_middleware(CORSMiddleware, allow_origins=origins, allow_credentials=True, allow_methods=["*"], allow_headers=["*"], expose_headers=["X-Total-Count"])

class User(BaseModel):
    name: str
    age: Optional[int] = None

class Item(BaseModel):
    title: str
    price: float

db: List[User] = []

@app.get("/api/users")
async def list_users():
    return db

@app.post("/api/users", status_code=status.HTTP_201_CREATED)
async def create_user(user: User):
    db.append(user)
    return user

@app.put("/api/items")
def update(item: Item):
    return item

@app.get("/denied")
def denied():
    raise HTTPException(status_code=401, detail="no", headers={"WWW-Authenticate": "Bearer"})

@app.exception_handler(Exception)
async def all_errors(request: Request, exc: Exception):
    return JSONResponse(status_code=500, content={"detail": "oops"})

@app.get("/boom")
def boom():
    raise RuntimeError("x")

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
