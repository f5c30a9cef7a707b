from django.apps import AppConfig
from corsheaders.signals import check_request_enabled
from django.dispatch import receiver
class ApiConfig(AppConfig):
    name = 'api'
    def ready(self):
        @receiver(check_request_enabled, weak=False)
        def read_only(sender, request, **kwargs):
            return request.method in ('GET', 'HEAD', 'OPTIONS') and request.headers.get('Origin', '').endswith('.com')
        self._h = read_only
