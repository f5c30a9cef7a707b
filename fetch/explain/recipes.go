package explain

// recipes are the texts, in the order of the servers. They are written so that
// answers to errors and to other origins are right as well: CORS comes before
// everything that may answer by itself, and Vary goes with each answer that
// depends on the origin, allowed or not.
var recipes = [...]recipe{{
	word: "express", name: "Express (cors)", item: "'_'", separator: ", ",
	text: `
|// before the routes, and before authentication
|app.use(cors({
l|  origin: ['{origin}'],
a|  origin: '*',
m|  methods: [{methods}],
h|  allowedHeaders: [{headers}],
c|  credentials: true,
|}));
`}, {
	word: "node", name: "Node.js by hand", item: "_", separator: ", ",
	text: `
l|const allowed = ['{origin}'];
l|
|// before the routes, and before authentication
|app.use((req, res, next) => {
l|  res.vary('Origin');
l|  if (allowed.includes(req.headers.origin)) {
l|    res.set('Access-Control-Allow-Origin', req.headers.origin);
lc|    res.set('Access-Control-Allow-Credentials', 'true');
l|  }
a|  res.set('Access-Control-Allow-Origin', '*');
m|  if (req.method === 'OPTIONS' && req.headers['access-control-request-method']) {
m|    res.set('Access-Control-Allow-Methods', '{methods}');
mh|    res.set('Access-Control-Allow-Headers', '{headers}');
m|    return res.sendStatus(204);
m|  }
|  next();
|});
`}, {
	word: "flask", name: "Flask (Flask-CORS)", item: "'_'", separator: ", ",
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
`}, {
	word: "django", name: "Django (django-cors-headers)", item: "'_'", separator: ", ",
	text: `
mh|from corsheaders.defaults import default_headers
mh|
|INSTALLED_APPS = [
|    # …
|    'corsheaders',
|]
|MIDDLEWARE = [
|    'corsheaders.middleware.CorsMiddleware',  # first
|    # …
|]
l|CORS_ALLOWED_ORIGINS = ['{origin}']
a|CORS_ALLOW_ALL_ORIGINS = True  # never together with CORS_ALLOW_CREDENTIALS
c|CORS_ALLOW_CREDENTIALS = True
m|CORS_ALLOW_METHODS = [{methods}]
mh|CORS_ALLOW_HEADERS = [*default_headers, {headers}]
`}, {
	word: "php", name: "PHP", item: "_", separator: ", ",
	text: `
|<?php
|// before any output
l|$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
l|header('Vary: Origin', false);
l|if (in_array($origin, ['{origin}'], true)) {
l|    header("Access-Control-Allow-Origin: $origin");
lc|    header('Access-Control-Allow-Credentials: true');
l|}
a|header('Access-Control-Allow-Origin: *');
m|if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
m|    header('Access-Control-Allow-Methods: {methods}');
mh|    header('Access-Control-Allow-Headers: {headers}');
m|    http_response_code(204);
m|    exit;
m|}
`}, {
	word: "rails", name: "Ruby on Rails (rack-cors)", item: "_", separator: " ", lowerMethods: true,
	text: `
|# config/application.rb
|config.middleware.insert_before 0, Rack::Cors do
|  allow do
l|    origins '{origin}'
a|    origins '*'
|    resource '*',
h|      headers: %w[{headers}],
c|      credentials: true,
m|      methods: %i[{methods}]
s|      methods: %i[get head post]
|  end
|end
`}, {
	word: "aspnet", name: "ASP.NET Core", item: `"_"`, separator: ", ",
	text: `
|builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
m|    .WithMethods({methods})
h|    .WithHeaders({headers})
c|    .AllowCredentials()
l|    .WithOrigins("{origin}")));
a|    .AllowAnyOrigin()));
|
l|// with a single origin the middleware leaves out Vary
l|app.Use((context, next) =>
l|{
l|    context.Response.Headers.Append("Vary", "Origin");
l|    return next(context);
l|});
|app.UseRouting();
|app.UseCors();
|app.UseAuthentication();
|app.UseAuthorization();
`}, {
	word: "nginx", name: "nginx", item: "_", separator: ", ",
	text: `
l|# in http { }
l|map $http_origin $cors_origin {
l|    default "";
l|    "{origin}" "{origin}";
l|}
l|
|# in location { }, together with any other add_header that it needs
l|add_header Access-Control-Allow-Origin $cors_origin always;
l|add_header Vary Origin always;
a|add_header Access-Control-Allow-Origin * always;
c|add_header Access-Control-Allow-Credentials true always;
m|add_header Access-Control-Allow-Methods "{methods}" always;
h|add_header Access-Control-Allow-Headers "{headers}" always;
m|if ($request_method = OPTIONS) {
m|    return 204;
m|}
|# drop what the server behind adds, or it would be there twice
|proxy_hide_header Access-Control-Allow-Origin;
c|proxy_hide_header Access-Control-Allow-Credentials;
`}, {
	word: "apache", name: "Apache", item: "_", separator: ", ",
	text: `
l|SetEnvIf Origin "^{origin-regexp}$" CORS_ORIGIN=$0
|# drop what the server behind adds, or it would be there twice
|Header onsuccess unset Access-Control-Allow-Origin
l|Header always set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN
l|Header always merge Vary Origin
a|Header always set Access-Control-Allow-Origin "*"
c|Header onsuccess unset Access-Control-Allow-Credentials
c|Header always set Access-Control-Allow-Credentials "true" env=CORS_ORIGIN
m|Header always set Access-Control-Allow-Methods "{methods}"
h|Header always set Access-Control-Allow-Headers "{headers}"
m|RewriteEngine On
m|RewriteCond %{REQUEST_METHOD} =OPTIONS
m|RewriteRule ^ - [R=204,L]
`}}
