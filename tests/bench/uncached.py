"""An article that Django makes: its queries, its time, and what a bare Django view and the queries alone take.

In one process, thread time for Django's part: the database runs beside it. The bars: 4 queries; 1.5 times the bare view
plus the queries' own time.
"""
import statistics
import time

import archive

ROUNDS = 60


def measure(rounds: int = ROUNDS) -> list[dict]:
    from django.db import connection
    from django.http import HttpResponse
    from django.test import Client, RequestFactory
    from django.test.utils import CaptureQueriesContext

    from news.models import Article

    archive.create("uncached", 1000)
    path = Article.objects.published().newest_first().first().get_absolute_url()
    client, factory = Client(), RequestFactory()
    client.get(path)  # the site's settings are read once
    with CaptureQueriesContext(connection) as captured:
        body = client.get(path).content
    statements = [query["sql"] for query in captured]

    def page():
        client.get(path)

    def view():
        factory.get(path)
        HttpResponse(body)

    def queries():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    times = {call.__name__: [] for call in (page, view, queries)}
    for _ in range(rounds):
        for call in (page, view, queries):
            started = time.perf_counter()
            call()
            times[call.__name__].append((time.perf_counter() - started) * 1000)
    found = {name: statistics.median(values) for name, values in times.items()}
    return [{"what": "article, made by Django", "queries": len(statements), **{f"{k}_ms": v for k, v in found.items()},
             "ratio": found["page"] / (found["view"] + found["queries"]), "bar": 1.5}]  # fmt: skip


def table(rows: list[dict]) -> None:
    for row in rows:
        print(f"{row['what']}: {row['queries']} queries (bar 4), {row['page_ms']:.1f} ms;"
              f" a bare view {row['view_ms']:.2f} ms, its queries alone {row['queries_ms']:.1f} ms:"
              f" {row['ratio']:.1f} times both (bar 1.5)")  # fmt: skip


if __name__ == "__main__":
    with archive.scratch():
        table(measure())
