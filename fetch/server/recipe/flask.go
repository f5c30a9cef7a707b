package recipe

// flask is the configuration of Flask with Flask-CORS.
// With send_wildcard an answer for any origin has the asterisk; without it the
// answer names the origin that asks.
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
l|# with a single origin Flask-CORS leaves out Vary
l|@app.after_request
l|def vary_by_origin(response):
l|    response.vary.add('Origin')
l|    return response
m|
m|# the routes have to accept the methods, too: @app.route(…, methods=[{methods}]);
m|# preflights for paths without a route get 404
`,
}
