"""The portal's pages without its page cache beside the same articles in Wagtail, in turns, by wrk.

One worker with one thread each, 16 connections. `BENCH_WAGTAIL` names a Python that has Wagtail 8, psycopg2-binary and
granian; without it there is nothing to compare. The bar: at least 5 times its requests a second.
"""
import os
import statistics
import subprocess
import sys

import archive
import serving

ARTICLES = 1000
BAR = 5.0


def measure(seconds: float, rounds: int) -> list[dict]:
    """One row for each kind of page: requests a second of both, and the median of the rounds' ratios."""
    python = os.environ.get("BENCH_WAGTAIL")
    if not python:
        return []
    from django.db import connection

    from news.models import Article, Category

    archive.create("peer", ARTICLES)
    paths = {"home": "/", "list": Category.objects.order_by("pk").first().get_absolute_url(),
             "article": Article.objects.published().newest_first().first().get_absolute_url()}  # fmt: skip
    archive.use("portal")
    host = connection.settings_dict["HOST"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE wagtail")
    filled = subprocess.run([python, str(serving.HERE / "wagtail_peer" / "fill.py"), str(ARTICLES)], check=True,
                            stdout=subprocess.PIPE, text=True, env={**os.environ, "PEER_HOST": host})  # fmt: skip
    article, some = filled.stdout.split()
    others = {"home": "/", "list": some, "article": article}
    address = f"postgres://portal@{host.replace('/', '%2F')}/peer"
    serving.collect_static()
    rates: dict[str, list[tuple[float, float]]] = {name: [] for name in paths}
    with serving.served("portal.wsgi:application", DATABASE_URL=address, PAGE_CACHE_MEGABYTES="0") as ours, \
         serving.served("wagtail_peer.wsgi:application", python, PEER_HOST=host) as theirs:  # fmt: skip
        for _ in range(rounds):
            for name in paths:
                rates[name].append((serving.requests_per_second(ours, paths[name], seconds, {}),
                                    serving.requests_per_second(theirs, others[name], seconds, {})))  # fmt: skip
    return [
        {"what": name, "portal": statistics.median(our for our, _ in pairs),
         "wagtail": statistics.median(their for _, their in pairs),
         "ratio": statistics.median(our / their for our, their in pairs), "bar": BAR}
        for name, pairs in rates.items()
    ]  # fmt: skip


def table(rows: list[dict]) -> None:
    if not rows:
        print("not measured: BENCH_WAGTAIL names no Python with Wagtail 8, psycopg2-binary and granian")
    for row in rows:
        print(f"{row['what']:<10}{row['portal']:>8.0f} req/s, Wagtail {row['wagtail']:>6.0f}{row['ratio']:>8.1f} times"
              f" (bar {row['bar']:.0f})")  # fmt: skip


if __name__ == "__main__":
    with archive.scratch():
        table(measure(float(os.environ.get("BENCH_SECONDS", "3")), int(sys.argv[1]) if len(sys.argv) > 1 else 3))
