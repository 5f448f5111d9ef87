"""An article that Django makes: its queries, its time, and what a bare Django view and the queries alone take.

In one process, all of them through Django's WSGI handler, the bare view without any middleware. The article is the same
each time: a page that the page cache forgot, as it does with every page whenever anything is published. `drawn_page` is
the same where what it shows has changed too, so that its template has to be rendered. The bars: 4 queries; 1.5 times
the bare view plus the queries' own time.
"""
import statistics
import time

import archive
from targets import environ

ROUNDS = 60


def measure(rounds: int = ROUNDS) -> list[dict]:
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.http import HttpResponse
    from django.test.utils import CaptureQueriesContext, override_settings
    from django.urls import path as route

    from news import drawn
    from news.models import Article

    archive.create("uncached", 1000)
    path = Article.objects.published().newest_first().first().get_absolute_url()
    portal = WSGIHandler()
    ask(portal, path)  # the site's settings are read once
    ask(portal, path)  # statements are prepared the second time
    with CaptureQueriesContext(connection) as captured:
        body = ask(portal, path)
    statements = [query["sql"] for query in captured]
    with override_settings(MIDDLEWARE=["uncached.bare_urls"]):
        bare = WSGIHandler()
    bare_urls.found = (route("<path:address>", lambda request, address: HttpResponse(body)),)

    def page():
        ask(portal, path)

    def drawn_page():
        drawn.pages.clear()
        ask(portal, path)

    def view():
        ask(bare, path)

    def queries():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    calls = (page, drawn_page, view, queries)
    times = {call.__name__: [] for call in calls}
    for _ in range(rounds):
        for call in calls:
            page()  # leaves the processor's caches as they are in a server
            started = time.perf_counter()
            call()
            times[call.__name__].append((time.perf_counter() - started) * 1000)
    found = {name: statistics.median(values) for name, values in times.items()}
    return [{"what": "article, made by Django", "queries": len(statements), **{f"{k}_ms": v for k, v in found.items()},
             "ratio": found["page"] / (found["view"] + found["queries"]), "bar": 1.5}]  # fmt: skip


def ask(application, path: str) -> bytes:
    """The body of an answer; raises SystemExit where it is not 200."""
    said = []
    parts = application(environ(path), lambda status, headers, problem=None: said.append(status))
    body = b"".join(parts)
    parts.close()
    if said != ["200 OK"]:
        raise SystemExit(f"{path}: {said}")
    return body


def bare_urls(get_response):
    """A middleware that leads every address to one view."""

    def answer(request):
        request.urlconf = bare_urls.found
        return get_response(request)

    return answer


def table(rows: list[dict]) -> None:
    for row in rows:
        print(f"{row['what']}: {row['queries']} queries (bar 4), {row['page_ms']:.2f} ms;"
              f" a bare view {row['view_ms']:.2f} ms, its queries alone {row['queries_ms']:.2f} ms:"
              f" {row['ratio']:.2f} times both (bar 1.5); {row['drawn_page_ms']:.1f} ms where it changed")  # fmt: skip


if __name__ == "__main__":
    with archive.scratch():
        table(measure())
