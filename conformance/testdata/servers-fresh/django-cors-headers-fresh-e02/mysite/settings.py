import os
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ.get('SECRET_KEY', 'django-insecure-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')
DEBUG = bool(os.environ.get('DJANGO_DEBUG', default=0))
ALLOWED_HOSTS = ['api.example.com', 'localhost']
INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions', 'django.contrib.messages', 'django.contrib.staticfiles', 'corsheaders', 'rest_framework']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'corsheaders.middleware.CorsMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / 'db.sqlite3'}}
STATIC_URL = '/static/'
USE_TZ = True
LOGGING_CONFIG = None

from datetime import timedelta
REST_FRAMEWORK = {'DEFAULT_RENDERER_CLASSES': ('rest_framework.renderers.JSONRenderer',), 'DEFAULT_AUTHENTICATION_CLASSES': [], 'UNAUTHENTICATED_USER': None}
SIMPLE_JWT = {'ACCESS_TOKEN_LIFETIME': timedelta(minutes=5)}
CORS_ALLOW_ALL_ORIGINS = DEBUG
FRONTEND_URL = os.environ.get('FRONTEND_URL', 'https://myapp.com')
CORS_ALLOWED_ORIGINS = [FRONTEND_URL, FRONTEND_URL.replace('myapp', 'otherapp')]
CSRF_TRUSTED_ORIGINS = ['myapp.com']
APPEND_SLASH = False
