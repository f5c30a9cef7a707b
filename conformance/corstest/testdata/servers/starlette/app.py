import logging
import os

import uvicorn
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']


async def users(request):
    return JSONResponse([])


async def boom(request):
    raise RuntimeError('boom')


app = Starlette(routes=[Route('/users', users, methods=METHODS), Route('/boom', boom, methods=METHODS)])

{{recipe}}

if __name__ == '__main__':
    uvicorn.run(app, host='127.0.0.1', port=int(os.environ['PORT']), log_level='error')
