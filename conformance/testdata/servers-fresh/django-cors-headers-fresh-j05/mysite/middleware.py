from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
class CorsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        origin = request.META.get('HTTP_ORIGIN')
        if request.method == 'OPTIONS' and 'HTTP_ACCESS_CONTROL_REQUEST_METHOD' in request.META:
            response = HttpResponse(status=204)
        else:
            response = self.get_response(request)
        if origin in getattr(settings, 'ALLOWED', ()):
            response['Access-Control-Allow-Origin'] = origin
            response['Access-Control-Allow-Methods'] = 'GET, POST, OPTIONS'
            response.headers['Access-Control-Allow-Headers'] = request.META.get('HTTP_ACCESS_CONTROL_REQUEST_HEADERS', '')
            response['Access-Control-Max-Age'] = 600
        patch_vary_headers(response, ('Origin',))
        return response
    def process_exception(self, request, exception):
        return HttpResponse('err', status=502)
def tag(get_response):
    def middleware(request):
        response = get_response(request)
        if not response.has_header('X-Tag'):
            response['X-Tag'] = 't'
        return response
    return middleware
