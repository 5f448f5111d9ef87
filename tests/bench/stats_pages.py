"""Requests a second of the same page with counting and without: `python tests/bench/stats_pages.py`.

Two copies of the portal's WSGI application, one without VisitMiddleware, answer in turns, call by call, in one process:
what a network and a client would add is the same for both and would only blur the ratio. Time is the processor's, so a
busy machine does not blur it either; what the database does for the page is left out, to counting's disadvantage.

The pages: the front page of an empty portal, its lightest, and plain HTML with every other middleware left out, on
which counting weighs as much as it ever can. The bar, for a page of the portal: 0.95.
"""
import io
import os
import sys
import tempfile
import time
from pathlib import Path

VAR = Path(tempfile.mkdtemp(prefix="bench-"))
os.environ["VAR_DIR"] = str(VAR)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import django  # noqa: E402
from django.conf import settings  # noqa: E402

from portal import embedded  # noqa: E402

SECONDS = 10.0
COUNTING = "stats.middleware.VisitMiddleware"


def main():
    settings.STATS_BACKGROUND = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with embedded.running(VAR):
        django.setup()
        from django.core.handlers.wsgi import WSGIHandler
        from django.core.management import call_command
        from django.db import connection
        from stats_record import environ

        call_command("migrate", verbosity=0, skip_checks=True)
        from stats import salts, visitor

        salts.renew()
        kept = environ(
            HTTP_COOKIE=f"visit={visitor.dump(visitor.new(2468, time.time()))}", REQUEST_URI="/", PATH_INFO="/"
        )
        complete = settings.MIDDLEWARE

        def copies(middleware, urlconf):
            settings.ROOT_URLCONF = urlconf
            pair = []
            for chosen in ([COUNTING, *middleware], middleware):
                settings.MIDDLEWARE = chosen
                pair.append(WSGIHandler())
            return pair

        def ask(application):
            started = time.thread_time()
            answer = application({**kept, "wsgi.input": io.BytesIO()}, lambda status, headers: statuses.add(status))
            b"".join(answer)
            answer.close()
            return time.thread_time() - started

        statuses: set[str] = set()
        for name, middleware, urlconf in (
            ("front page", [one for one in complete if one != COUNTING], "portal.urls"),
            ("plain page", [], __name__),
        ):
            counted, uncounted = copies(middleware, urlconf)
            settings.ROOT_URLCONF = urlconf
            django.urls.clear_url_caches()
            for application in (counted, uncounted) * 20:
                ask(application)
            spent, calls, end = [0.0, 0.0], 0, time.perf_counter() + SECONDS
            while time.perf_counter() < end:
                order = (0, 1) if calls % 2 else (1, 0)
                for which in order:
                    spent[which] += ask((counted, uncounted)[which])
                calls += 1
            with_, without = (calls / seconds for seconds in spent)
            ratio = with_ / without
            print(f"{name}: {with_:7,.0f} requests/s with counting, {without:7,.0f} without, ratio {ratio:.3f}")
        print(f"bar for a page of the portal: 0.95 (statuses seen: {sorted(statuses)})")
        connection.close()


def plain(request):
    from django.http import HttpResponse

    return HttpResponse("<!doctype html><title>Trang</title>" + "<p>Ủy ban nhân dân thành phố</p>" * 500)


def _urls():
    from django.urls import path

    return [path("", plain)]


urlpatterns = _urls()

if __name__ == "__main__":
    main()
