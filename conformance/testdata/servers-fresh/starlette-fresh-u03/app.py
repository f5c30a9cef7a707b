from fastapi import FastAPI, WebSocket
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles
import asyncio, json
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(max_workers=2)
model = None
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"], allow_headers=["*"])
app.mount("/own", StaticFiles(directory="static", html=False), name="static")
@app.on_event("startup")
def load():
    global model
    model = {"w": [1, 2, 3]}
@app.post("/api/users")
async def predict(data: list[float]):
    loop = asyncio.get_event_loop()
    return {"y": sum(a * b for a, b in zip(model["w"], data))}
@app.get("/api/users")
async def get():
    if not model:
        return {"status": "loading"}, 503
    return {"status": "ok", "w": max(model["w"])}
@app.websocket("/ws")
async def ws(s: WebSocket):
    await s.accept()
@app.options("/vary")
async def opt(): return "o"
@app.get("/boom")
async def boom():
    await asyncio.gather(*[asyncio.sleep(0) for _ in range(2)])
    raise ValueError(json.dumps({"a": 1}))

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
