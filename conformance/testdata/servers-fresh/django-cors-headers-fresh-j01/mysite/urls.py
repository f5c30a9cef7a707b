from django.http import JsonResponse, HttpResponse, HttpResponseForbidden, StreamingHttpResponse, HttpResponseRedirect
from django.urls import path, include, re_path
from django.views.decorators.csrf import csrf_exempt
@csrf_exempt
def users(request):
    return JsonResponse({'users': []})
def boom(request):
    raise ValueError('x')
def denied(request):
    return HttpResponseForbidden('no')
urlpatterns = [
    path('api/users', users), path('boom', boom), path('denied', denied), path('slash/', users), path('api/items', users), path('cors', users),
]
