from django.urls import path, include
from rest_framework import routers, viewsets, status
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny, IsAuthenticated
class Users(APIView):
    def get(self, request):
        return Response([])
    def post(self, request):
        return Response({}, status=status.HTTP_201_CREATED)
class Items(viewsets.ViewSet):
    permission_classes = [AllowAny]
    def list(self, request):
        return Response([])
    def create(self, request):
        return Response({}, status=201)
@api_view(['GET', 'PUT'])
@permission_classes([IsAuthenticated])
def denied(request):
    return Response({})
router = routers.SimpleRouter(trailing_slash=False)
router.register('items', Items, basename='items')
urlpatterns = [path('api/users', Users.as_view()), path('api/', include(router.urls)), path('api/denied', denied), path('slash/', denied), path('denied', denied)]
