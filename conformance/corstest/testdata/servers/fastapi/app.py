import logging
import os

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

app = FastAPI()

{{recipe}}


@app.api_route('/users', methods=['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
def users():
    return []


@app.api_route('/boom', methods=['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
def boom():
    raise RuntimeError('boom')


if __name__ == '__main__':
    uvicorn.run(app, host='127.0.0.1', port=int(os.environ['PORT']), log_level='error')
