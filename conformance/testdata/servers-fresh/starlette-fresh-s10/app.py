from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from fastapi import FastAPI, Depends, Request, HTTPException, APIRouter
from fastapi.middleware.cors import CORSMiddleware
import asyncio, json

@dataclass
class Store:
    items: dict = field(default_factory=dict)
    allowed: list = field(default_factory=lambda: ["https://myapp.com"])
    def get(self, key):
        return self.items.get(key)

store = Store()

@asynccontextmanager
async def lifespan(app: FastAPI):
    store.items["users"] = [1, 2, 3]
    app.state.ready = True
    yield
    store.items.clear()

app = FastAPI(lifespan=lifespan)
app.add_middleware(CORSMiddleware, allow_origins=store.allowed + ["https://otherapp.com"], allow_methods=("GET", "HEAD", "OPTIONS"))

async def get_db():
    db = {"open": True}
    try:
        yield db
    finally:
        db["open"] = False

def admin(request: Request):
    if request.headers.get("authorization") != "Bearer t":
        raise HTTPException(status_code=403)

router = APIRouter(dependencies=[Depends(get_db)])

@router.get("/users", dependencies=[Depends(admin)])
async def users(request: Request, db: dict = Depends(get_db)):
    await asyncio.sleep(0)
    if not request.app.state.ready:
        raise HTTPException(503)
    return {"n": store.get("users"), "open": db["open"]}
@router.post("/users")
async def post(request: Request):
    body = await request.body()
    data = json.loads(body)
    return {"len": len(body), **data}
app.include_router(router, prefix="/api")

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
