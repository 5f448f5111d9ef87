"""A WSGI application of one page and the counter's JSON, with the portal's settings and database, and nothing else."""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.urls import path

settings.ROOT_URLCONF = "one_page"
settings.MIDDLEWARE = [] if os.environ.get("WITHOUT_COUNTING") else ["stats.middleware.VisitMiddleware"]

BODY = "<!doctype html><title>Trang</title>" + "<p>Ủy ban nhân dân thành phố</p>" * 500


def page(request):
    return HttpResponse(BODY)


def figures(request):
    from stats import queries

    now = queries.figures()
    return JsonResponse({"online": now.online, "total": now.total})


urlpatterns = [path("", page), path("figures.json", figures)]
application = get_wsgi_application()
