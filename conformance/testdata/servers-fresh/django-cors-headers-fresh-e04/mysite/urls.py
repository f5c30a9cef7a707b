from django.urls import path, include, re_path
from . import views
urlpatterns = [
    path('api/', include('mysite.api_urls')),
    path('boom', views.boom),
    path('denied', views.denied),
    path('vary', views.vary),
    path('own', views.Own.as_view()),
    path('csrf', views.csrf_view),
    path('slash/', views.vary),
    re_path(r'^err(?P<code>[0-9]+)$', views.err),
]
