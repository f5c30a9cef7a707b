import time
from django.http import JsonResponse
from django.utils.deprecation import MiddlewareMixin

class RequestLog(MiddlewareMixin):
    def process_request(self, request):
        request.start = time.time()
    def process_response(self, request, response):
        response['X-Time'] = str(time.time() - request.start)
        return response

def simple(get_response):
    def middleware(request):
        if request.path.startswith('/denied'):
            return JsonResponse({'e': 1}, status=403)
        response = get_response(request)
        if request.method == 'OPTIONS':
            response['X-Opt'] = '1'
        return response
    return middleware
