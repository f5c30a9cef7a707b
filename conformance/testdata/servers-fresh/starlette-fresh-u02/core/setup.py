from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from .config import CORS, is_prod
def setup_middleware(app: FastAPI) -> None:
    kwargs = dict(allow_methods=list(CORS.methods), allow_headers=["Authorization"] if is_prod else ["*"], allow_credentials=CORS.credentials)
    if is_prod:
        app.add_middleware(CORSMiddleware, allow_origins=CORS.origins, **kwargs)
    else:
        app.add_middleware(CORSMiddleware, allow_origin_regex=r"http://localhost:\d+", **kwargs)
