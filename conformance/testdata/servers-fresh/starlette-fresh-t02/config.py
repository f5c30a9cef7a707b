from functools import lru_cache
from pydantic import BaseSettings, validator, AnyHttpUrl
from typing import List, Union
class Settings(BaseSettings):
    PROJECT_NAME: str = "x"
    BACKEND_CORS_ORIGINS: List[str] = []
    DEBUG: bool = False
    API_V1: str = "/api"
    class Config:
        case_sensitive = True
@lru_cache()
def get_settings():
    return Settings()
settings = get_settings()
