from fastapi import FastAPI, APIRouter
from fastapi.middleware.cors import CORSMiddleware
router = APIRouter(prefix="/v1")

@router.get("/orders/{order_id}")
async def order(order_id: int):
    return {"id": order_id}

app = FastAPI()
app.include_router(router)
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://www.myapp.com"],
    allow_credentials=True,
    allow_methods=["GET", "POST", "PUT", "DELETE"],
    allow_headers=["Authorization", "Content-Type"],
    max_age=3600,
)
