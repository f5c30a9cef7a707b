from fastapi import APIRouter, Depends, Header, HTTPException
from typing import Annotated

router = APIRouter(prefix="/users", tags=["users"])

async def get_token(authorization: str = Header(None)):
    if not authorization:
        raise HTTPException(403, "missing")
    return authorization.split(" ")[-1]

@router.get("")
async def users(token: str = Depends(get_token)):
    return {"token": token}

@router.post("")
async def create(q: int):
    return q
