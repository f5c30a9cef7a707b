package recipe

// fastAPI is the configuration of FastAPI with the middleware of Starlette.
var fastAPI = form{
	name: "FastAPI (CORSMiddleware)", versions: "FastAPI 0.92 and later", needs: "from fastapi.middleware.cors import CORSMiddleware; from fastapi.responses import JSONResponse; import logging",
	comment: "#", item: "'_'", separator: ", ",
	text: `
|# after app = FastAPI(…) and after all other app.add_middleware and @app.middleware: what is added last runs first
|@app.middleware('http')
|async def inside_cors(request, call_next):
|    # without this, the response to an exception would pass CORSMiddleware by
|    try:
|        response = await call_next(request)
|    except Exception:
|        logging.exception('%s %s', request.method, request.url.path)
|        response = JSONResponse({'detail': 'Internal Server Error'}, 500)
|    # CORSMiddleware sends Vary only with an origin that it allows
|    response.headers.add_vary_header('Origin')
|    return response
|
` + corsMiddleware,
}

// corsMiddleware adds the middleware of Starlette.
const corsMiddleware = `
|app.add_middleware(
|    CORSMiddleware,
l|    allow_origins=[{origins}],
a|    allow_origins=['*'],
m|    allow_methods=[{methods}],
h|    allow_headers=[{headers}],
e|    expose_headers=[{exposed}],
c|    allow_credentials=True,
x|    max_age={max-age},
|)
`
