from fastapi import FastAPI
from core.setup import setup_middleware
from api import router
import core.config as cfg
app = FastAPI(docs_url="/docs" if not cfg.is_prod else None, root_path="")
setup_middleware(app)
app.include_router(router)

if __name__ == '__main__':
    import uvicorn
    uvicorn.run(app, host='127.0.0.1', port=8000, log_level='error')
