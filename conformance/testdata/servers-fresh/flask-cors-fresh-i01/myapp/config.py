import os
class Base:
    CORS_ORIGINS = [o.strip() for o in os.getenv('CORS_ORIGINS', '').split(',') if o.strip()]
class Dev(Base):
    DEBUG = True
    CORS_ORIGINS = Base.CORS_ORIGINS + ['http://localhost:3000']
class Prod(Base):
    pass
config_by_name = {'development': Dev, 'production': Prod}
