from django.http import JsonResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path
from django.views import View
from django.views.generic import TemplateView, RedirectView
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_GET
from django.views.decorators.vary import vary_on_headers
from django.utils.decorators import method_decorator
@method_decorator(csrf_exempt, name='dispatch')
class Users(View):
    http_method_names = ['get', 'post', 'options']
    def get(self, request, *a, **k):
        return JsonResponse([], safe=False)
    def post(self, request):
        r = HttpResponse(status=201)
        r['Vary'] = 'Cookie'
        return r
@require_GET
@vary_on_headers('Accept-Language')
def vary(request):
    return HttpResponse('v')
def stream(request):
    return StreamingHttpResponse((str(i) for i in range(3)), content_type='text/plain')
def own(request):
    r = HttpResponse('o')
    r['Access-Control-Allow-Origin'] = '*'
    return r
urlpatterns = [path('api/users', Users.as_view()), path('vary', vary), path('cors', stream), path('own', own), path('', RedirectView.as_view(url='/api/users')), re_path(r'^denied$', lambda r: redirect('/', permanent=True)), path('slash/', vary)]
handler404 = 'mysite.errors.nf'
