from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter, SimpleRouter
from . import views
router = DefaultRouter(trailing_slash=False)
router.register(r'users', views.UserViewSet, basename='user')
router2 = SimpleRouter()
router2.register('things', views.UserViewSet, basename='thing')
urlpatterns = [
    path('api/', include(router.urls)),
    path('v2/', include(router2.urls)),
    re_path(r'^api/items/?$', views.Items.as_view()),
    path('own', views.Plain.as_view()),
    path('boom', views.boom),
    path('vary', views.vary),
] + [path(f'{n}', views.Plain.as_view()) for n in ('denied', 'csrf')]
handler404 = 'mysite.views.not_found'
handler500 = views.server_error
