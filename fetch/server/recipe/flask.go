package recipe

// flask is the configuration of Flask with Flask-CORS.
// With send_wildcard the response allows "*". Without it the response allows the
// origin of the request.
var flask = form{
	name: "Flask (Flask-CORS)", item: "'_'", separator: ", ",
	text: `
|CORS(app,
l|     origins=['{origin}'],
a|     origins='*', send_wildcard=True,
m|     methods=[{methods}],
h|     allow_headers=[{headers}],
c|     supports_credentials=True,
|     )
l|
l|# Flask-CORS does not send Vary when only one origin is allowed
l|@app.after_request
l|def vary_by_origin(response):
l|    response.vary.add('Origin')
l|    return response
m|
m|# each route must accept the methods too: @app.route(…, methods=[{methods}]);
m|# a preflight for a path without a route gets the status 404
`,
}
