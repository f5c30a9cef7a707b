package recipe

// django is the configuration of Django with django-cors-headers.
// The middleware comes first, so that the responses of all other middleware have
// the CORS headers too.
var django = form{
	name: "Django (django-cors-headers)", versions: "Django 3.2 and later with django-cors-headers 3.5 and later", needs: "pip install django-cors-headers",
	comment: "#", item: "'_'", separator: ", ", aliases: []string{"django-cors-headers"},
	text: `
|# in settings.py
h|from corsheaders.defaults import default_headers
h|
|INSTALLED_APPS = [
|    # …
|    'corsheaders',
|]
|MIDDLEWARE = [
|    'corsheaders.middleware.CorsMiddleware',  # first
|    # …
|]
l|CORS_ALLOWED_ORIGINS = [{origins}]
a|CORS_ALLOW_ALL_ORIGINS = True  # never together with CORS_ALLOW_CREDENTIALS
c|CORS_ALLOW_CREDENTIALS = True
m|CORS_ALLOW_METHODS = [{methods}]
h|CORS_ALLOW_HEADERS = [*default_headers, {headers}]
e|CORS_EXPOSE_HEADERS = [{exposed}]
x|CORS_PREFLIGHT_MAX_AGE = {max-age}
`,
}
