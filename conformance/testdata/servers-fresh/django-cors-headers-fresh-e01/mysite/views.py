from rest_framework import viewsets, status, generics, serializers
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.views import APIView
from django.http import JsonResponse, HttpResponseNotFound
from django.views.generic import View, TemplateView

DATA = {1: {'name': 'a'}}

class UserViewSet(viewsets.ViewSet):
    permission_classes = [AllowAny]
    def list(self, request):
        return Response(list(DATA.values()))
    def create(self, request):
        if 'name' not in request.data:
            raise ValidationError({'name': 'required'})
        pk = max(DATA) + 1
        DATA[pk] = dict(request.data)
        return Response(DATA[pk], status=status.HTTP_201_CREATED, headers={'X-Id': str(pk)})
    def retrieve(self, request, pk=None):
        try:
            return Response(DATA[int(pk)])
        except (KeyError, ValueError):
            raise NotFound()
    @action(detail=False, methods=['get', 'post'])
    def recent(self, request):
        return Response([])

class Items(APIView):
    authentication_classes = []
    def get(self, request, *args, **kwargs):
        q = request.query_params.get('q', 'none')
        return Response({'q': q, 'user': str(request.user)})
    def post(self, request):
        return Response(request.data, status=201)

class Plain(View):
    http_method_names = ['get', 'options']
    def get(self, request):
        return JsonResponse({'host': request.get_host(), 'o': request.META.get('HTTP_ORIGIN')})

def not_found(request, exception):
    return JsonResponse({'error': 'nf'}, status=404)
def server_error(request):
    return JsonResponse({'error': 'se'}, status=500)
def boom(request):
    return {}['x']
def vary(request):
    if not request.user.is_authenticated:
        request.session['n'] = 1
    return JsonResponse({})
