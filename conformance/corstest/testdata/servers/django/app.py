import os
import sys

from django.core.management import execute_from_command_line
from django.http import JsonResponse
from django.urls import path

ROOT_URLCONF = __name__
SECRET_KEY = 'of no use'
ALLOWED_HOSTS = ['*']
INSTALLED_APPS = []
MIDDLEWARE = []

{{recipe}}


def users(request):
    return JsonResponse([], safe=False)


def boom(request):
    raise RuntimeError('boom')


urlpatterns = [path('users', users), path('boom', boom)]

if __name__ == '__main__':
    os.environ['DJANGO_SETTINGS_MODULE'] = 'app'
    execute_from_command_line([sys.argv[0], 'runserver', '--noreload', '127.0.0.1:' + os.environ['PORT']])
