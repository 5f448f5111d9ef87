"""The WSGI application: `portal.wsgi:application` runs under any WSGI server."""
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
_answers = get_wsgi_application()

from django.conf import settings  # noqa: E402 - needs the environment

from portal import generation, site  # noqa: E402 - needs the apps to be ready
from portal.auth import timeouts  # noqa: E402
from portal.auth.bodies import Bodies  # noqa: E402
from portal.pagecache.application import PageCache  # noqa: E402

timeouts.begin()
site.prepare()
_django = Bodies(_answers)


def _without_cache(environ, start_response):
    generation.watch()
    return _django(environ, start_response)


application = PageCache(_django, settings.PAGE_CACHE_BYTES) if settings.PAGE_CACHE_BYTES else _without_cache
