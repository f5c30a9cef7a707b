package recipe

// django is the configuration of Django with django-cors-headers.
// The middleware comes first, so that the responses of all other middleware have
// the CORS headers too.
var django = form{
	name: "Django (django-cors-headers)", item: "'_'", separator: ", ",
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
`,
}
