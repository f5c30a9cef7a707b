import json
from django.http import JsonResponse, HttpResponse, Http404, HttpResponseForbidden
from django.views import View
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods
from django.utils.decorators import method_decorator
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import IsAuthenticated, AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework import status

@api_view(['GET', 'POST'])
def users(request):
    if request.method == 'POST':
        name = request.data.get('name')
        return Response({'name': name}, status=status.HTTP_201_CREATED)
    return Response([])

class Items(APIView):
    permission_classes = [AllowAny]
    def get(self, request, pk=None):
        return Response({'pk': pk})
    def put(self, request):
        raise Http404
    def delete(self, request):
        return Response(status=status.HTTP_204_NO_CONTENT)

def boom(request):
    raise RuntimeError('x')

@api_view()
@permission_classes([IsAuthenticated])
def denied(request):
    return Response({})

@ensure_csrf_cookie
@require_http_methods(['GET', 'POST'])
def vary(request):
    r = HttpResponse('x' * 300)
    r['Vary'] = 'Accept-Encoding'
    return r

@method_decorator(csrf_exempt, name='dispatch')
class Own(View):
    def get(self, request):
        r = JsonResponse({'a': 1})
        r['Access-Control-Allow-Origin'] = 'https://own.example'
        return r
    def post(self, request):
        data = json.loads(request.body or '{}')
        return JsonResponse(data, status=202)

def csrf_view(request):
    return JsonResponse([1], safe=False)

def err(request, code):
    return HttpResponse('e', status=int(code))
