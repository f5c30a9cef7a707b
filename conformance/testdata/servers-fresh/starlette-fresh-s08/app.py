from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

class SecurityHeaders:
    def __init__(self, app, value="DENY"):
        self.app = app
        self.value = value
    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        async def send_wrapper(message):
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                headers.append((b"x-frame-options", self.value.encode()))
                headers.append((b"vary", b"Accept-Language"))
                message["headers"] = headers
            await send(message)
        await self.app(scope, receive, send_wrapper)

app = FastAPI()
app.add_middleware(SecurityHeaders, value="SAMEORIGIN")
app.add_middleware(CORSMiddleware, allow_origins=["https://myapp.com"], allow_origin_regex="https://other.*", allow_credentials=True, allow_methods=["PUT", "DELETE"], allow_headers=["*"])

@app.get("/api/users")
@app.put("/api/users")
def users():
    return []
@app.head("/api/items")
def h():
    return None

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
