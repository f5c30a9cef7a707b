package recipe

// starlette is the configuration of Starlette with its middleware for CORS.
var starlette = form{
	name: "Starlette (CORSMiddleware)", versions: "Starlette 0.26 and later",
	needs: "from starlette.middleware.base import BaseHTTPMiddleware; from starlette.middleware.cors import CORSMiddleware; " +
		"from starlette.responses import PlainTextResponse; import logging",
	comment: "#", item: "'_'", separator: ", ",
	text: `
|# after app = Starlette(…) and after all other app.add_middleware: what is added last runs first
|async def inside_cors(request, call_next):
|    # without this, the response to an exception would pass CORSMiddleware by
|    try:
|        response = await call_next(request)
|    except Exception:
|        logging.exception('%s %s', request.method, request.url.path)
|        response = PlainTextResponse('Internal Server Error', 500)
|    # CORSMiddleware sends Vary only with an origin that it allows
|    response.headers.add_vary_header('Origin')
|    return response
|
|app.add_middleware(BaseHTTPMiddleware, dispatch=inside_cors)
` + corsMiddleware,
}
