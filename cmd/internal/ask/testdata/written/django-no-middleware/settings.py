SECRET_KEY = "x"
DEBUG = False
ALLOWED_HOSTS = ["api.myapp.io"]
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "myapp.urls"
CORS_ALLOWED_ORIGINS = ["https://app.myapp.io"]
