from fastapi import FastAPI, Depends
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel

app = FastAPI(title="Acme")

app.add_middleware(
    CORSMiddleware,
    allow_origin_regex=r"https://.*myapp\.io",
    allow_credentials=True,
    allow_methods=["GET", "POST"],
    allow_headers=["*"],
)

class Item(BaseModel):
    name: str

@app.get("/items")
async def items():
    return []

@app.put("/items/{item_id}")
async def put_item(item_id: int, item: Item):
    return item
