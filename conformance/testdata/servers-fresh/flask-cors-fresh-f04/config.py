import os
class Config:
    SECRET_KEY = os.environ.get('SECRET_KEY') or 'dev'
    CORS_ORIGINS = ['http://localhost:3000', 'https://myapp.com']
    CORS_SUPPORTS_CREDENTIALS = True
    CORS_ALLOW_HEADERS = 'Content-Type'
class ProductionConfig(Config):
    DEBUG = False
    CORS_ORIGINS = os.environ.get('CORS_ORIGINS', 'https://myapp.com').split(',')
config = {'development': Config, 'production': ProductionConfig, 'default': Config}
