from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from enum import Enum
import os
class Env(str, Enum):
    dev = "dev"
    prod = "prod"
ENV = Env(os.getenv("ENV", "dev"))
ORIGINS = {Env.dev: ["http://localhost:3000"], Env.prod: ["https://myapp.com", "https://otherapp.com"]}[ENV]
app = FastAPI(debug=ENV is Env.dev)
@app.middleware("http")
async def cors(request: Request, call_next):
    origin = request.headers.get("origin")
    if request.method == "OPTIONS":
        response = Response(status_code=200)
    else:
        try:
            response = await call_next(request)
        except Exception as exc:
            response = JSONResponse({"error": str(exc)}, status_code=500)
    if origin and origin in ORIGINS:
        response.headers.update({"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"})
        response.headers.setdefault("Access-Control-Allow-Methods", ", ".join(sorted(["PUT", "GET"])))
        response.headers["Access-Control-Allow-Headers"] = request.headers.get("access-control-request-headers", "*")
        response.headers.add_vary_header("Origin")
    return response
@app.get("/api/users")
def users():
    return JSONResponse([], headers={"Vary": "Accept"})
@app.get("/boom")
def boom():
    raise ValueError("x")

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
