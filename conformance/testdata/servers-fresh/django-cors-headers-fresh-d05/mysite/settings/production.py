from .base import *

DEBUG = False
ALLOWED_HOSTS = ['api.example.com']
CORS_ALLOWED_ORIGINS += ['https://otherapp.com']
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r'^api/items']
