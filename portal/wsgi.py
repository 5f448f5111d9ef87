"""The WSGI application: `portal.wsgi:application` runs under any WSGI server."""
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
_django = get_wsgi_application()

from portal import generation  # noqa: E402 - needs the apps to be ready
from portal.auth import timeouts  # noqa: E402

timeouts.begin()


def application(environ, start_response):
    generation.watch()
    return _django(environ, start_response)
