from fastapi import APIRouter, Depends, HTTPException, Header, status
from typing import Optional
api_router = APIRouter()
users = APIRouter(tags=["users"])
def current(authorization: Optional[str] = Header(None)):
    if authorization is None:
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED, detail="x", headers={"WWW-Authenticate": "Bearer"})
    return authorization
@users.get("/")
def read():
    return []
@users.put("/", dependencies=[Depends(current)])
def put():
    return {}
api_router.include_router(users, prefix="/users")
@api_router.get("/boom")
def boom():
    raise RuntimeError("x")
