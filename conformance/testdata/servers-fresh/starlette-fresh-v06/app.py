from fastapi import FastAPI, Request, Response
from starlette.datastructures import MutableHeaders

class OwnCORS:
    def __init__(self, app, origins):
        self.app = app
        self.origins = origins
    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode()
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            response = Response(status_code=204, headers={"Access-Control-Allow-Origin": origin if origin in self.origins else "null", "Access-Control-Allow-Methods": "GET, POST"})
            await response(scope, receive, send)
            return
        async def send_wrapper(message):
            if message["type"] == "http.response.start":
                h = MutableHeaders(scope=message)
                if origin in self.origins:
                    h["Access-Control-Allow-Origin"] = origin
                    h.append("Vary", "Origin")
            await send(message)
        await self.app(scope, receive, send_wrapper)

app = FastAPI()
app.add_middleware(OwnCORS, origins={"https://myapp.com"})
@app.get("/api/users")
async def users():
    return []
@app.get("/boom")
async def boom():
    raise ValueError("x")

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
