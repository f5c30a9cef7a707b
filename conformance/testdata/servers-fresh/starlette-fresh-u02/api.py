from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field
router = APIRouter(prefix="/api", tags=["x"], responses={404: {}})
class In(BaseModel):
    name: str = Field(min_length=1, max_length=5)
@router.post("/users")
def p(i: In): return i
@router.get("/users", include_in_schema=False)
def g(): raise HTTPException(status_code=404)
@router.put("/items/")
def put(): return 1
sub = APIRouter()
@sub.delete("/{name}")
def d(name: str): return name
router.include_router(sub, prefix="/items")
