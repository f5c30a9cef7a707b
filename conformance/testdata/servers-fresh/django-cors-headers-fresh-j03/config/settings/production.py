from .base import *
DEBUG = False
CORS_ALLOWED_ORIGINS = os.environ.get('CORS_ALLOWED_ORIGINS', '').split(',')
CORS_ALLOWED_ORIGIN_REGEXES = [r'^https://\w+\.myapp\.com$']
CORS_PREFLIGHT_MAX_AGE = 0
CORS_ALLOW_HEADERS += ['x-custom']
APPEND_SLASH = False
