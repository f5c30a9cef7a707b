from django.http import JsonResponse
def nf(request, exception):
    return JsonResponse({'error': 'nf'}, status=404)
