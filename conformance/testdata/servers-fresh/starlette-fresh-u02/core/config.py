import os
from dataclasses import dataclass, field
from typing import List
@dataclass(frozen=True)
class CorsConfig:
    origins: List[str] = field(default_factory=lambda: os.getenv("CORS", "https://myapp.com").split())
    methods: tuple = ("GET", "POST")
    credentials: bool = os.getenv("CRED", "true").lower() == "true"
CORS = CorsConfig()
ENVIRONMENT = os.environ.get("ENVIRONMENT", "development")
is_prod = ENVIRONMENT == "production"
