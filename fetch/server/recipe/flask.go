package recipe

// flask is the configuration of Flask with Flask-CORS.
// With send_wildcard the response allows "*". Without it the response allows the
// origin of the request.
var flask = form{
	name: "Flask (Flask-CORS)", versions: "Flask 2 and 3 with Flask-CORS 3 and later", needs: "pip install flask-cors; from flask_cors import CORS",
	comment: "#", item: "'_'", separator: ", ", aliases: []string{"flask-cors"},
	passed: "Flask-CORS has no status of its own for preflights: Flask answers OPTIONS for each path that has a route with the request's method, " +
		"so add that route, and let before_request functions return None when request.method is 'OPTIONS'",
	text: `
|# after the line that makes app
|CORS(app,
l|     origins=[{origins}],
a|     origins='*', send_wildcard=True,
m|     methods=[{methods}],
h|     allow_headers=[{headers}],
e|     expose_headers=[{exposed}],
c|     supports_credentials=True,
x|     max_age={max-age},
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
