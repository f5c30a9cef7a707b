from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()
sub = FastAPI()
sub.add_middleware(CORSMiddleware, allow_origins="https://myapp.com", allow_methods="GET", allow_headers=["x-a"])

@sub.get("/users")
def users():
    return 1
@sub.get("/boom")
def boom():
    raise KeyError(1)
app.mount("/api", sub)

@app.get("/own")
def own():
    return 2

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
