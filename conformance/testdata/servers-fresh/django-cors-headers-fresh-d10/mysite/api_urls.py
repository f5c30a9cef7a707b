from django.urls import path
from . import views
urlpatterns = [path('users', views.users, name='users'), path('items', views.Items.as_view()), path('items/<int:pk>/', views.Items.as_view())]
