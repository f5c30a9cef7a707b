import os
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
DEBUG = False
ALLOWED_HOSTS = ['*']
INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions', 'django.contrib.messages', 'corsheaders', 'rest_framework']
MIDDLEWARE = [
    'corsheaders.middleware.CorsMiddleware',
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]
ROOT_URLCONF = 'mysite.urls'
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]
USE_TZ = True
LOGGING_CONFIG = None

MIDDLEWARE.remove('corsheaders.middleware.CorsMiddleware')
MIDDLEWARE.append('corsheaders.middleware.CorsMiddleware')
CORS_ORIGIN_WHITELIST = tuple(f'http://localhost:{p}' for p in (3000, 8080)) + ('https://myapp.com', 'null', 'https://*.myapp.com')
CORS_REPLACE_HTTPS_REFERER = True
CORS_ALLOW_CREDENTIALS = bool(int(os.environ.get('CREDS', 1)))
if os.environ.get('SSL'):
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r'^cors$']
