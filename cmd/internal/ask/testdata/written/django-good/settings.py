SECRET_KEY = "x"
DEBUG = False
ALLOWED_HOSTS = ["api.myapp.io"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "corsheaders", "api"]
MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "myapp.urls"
CORS_ALLOWED_ORIGINS = ["https://app.myapp.io", "https://www.myapp.io"]
CORS_ALLOW_CREDENTIALS = True
CORS_URLS_REGEX = r"^/api/.*$"
