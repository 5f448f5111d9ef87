"""A page from memory beside a bare WSGI function and a bare Django view that send as many bytes, in turns, by wrk.

One worker with one thread each, 16 connections; counting, its spool and the collector included. The bars: 0.70 of the
bare function for a reader who brings the visit's cookie, 0.60 for one who must be given it, 2.0 times the bare view.
"""
import os
import statistics
import time
import urllib.request

import archive
import serving

GZIP = {"Accept-Encoding": "gzip", "Accept": "text/html", "Accept-Language": "vi"}


def measure(seconds: float, rounds: int) -> list[dict]:
    """One row for each thing compared: requests a second, the server's processor time a request, ratios."""
    from news.models import Article

    archive.create("cached", 1000)
    path = Article.objects.published().newest_first().first().get_absolute_url()
    archive.use("portal")
    address = f"postgres://portal@{str(_socket()).replace('/', '%2F')}/cached"
    serving.collect_static()
    with serving.served("portal.wsgi:application", DATABASE_URL=address) as portal:
        first = _ask(portal, path)
        while first.headers["X-Cache"] != "HIT":
            time.sleep(0.2)
            first = _ask(portal, path)
        length = str(len(first.read()))
        with serving.served("targets:bare", BENCH_BYTES=length) as bare, \
             serving.served("targets:django_view", BENCH_BYTES=length) as view:  # fmt: skip
            found: dict[str, list[tuple[float, float]]] = {}
            for _ in range(rounds):
                cookie = _ask(portal, path).headers["Set-Cookie"].partition(";")[0]
                for name, port, headers in (
                    ("bare WSGI function", bare, GZIP),
                    ("from memory, with the cookie", portal, GZIP | {"Cookie": cookie}),
                    ("from memory, new reader", portal, GZIP), ("bare Django view", view, GZIP),
                ):  # fmt: skip
                    before = serving.processor_seconds(port)
                    rate = serving.requests_per_second(port, path, seconds, headers)
                    spent = (serving.processor_seconds(port) - before) / (rate * max(1, round(seconds)))
                    found.setdefault(name, []).append((rate, spent * 1e6))
    bare_rates = [rate for rate, _ in found["bare WSGI function"]]
    view_rates = [rate for rate, _ in found["bare Django view"]]
    return [
        {
            "what": name, "requests_per_second": statistics.median(rate for rate, _ in pairs),
            "processor_us": statistics.median(spent for _, spent in pairs), "bytes": int(length),
            "of_bare": _ratio(pairs, bare_rates), "of_view": _ratio(pairs, view_rates),
            "bar": {"from memory, with the cookie": 0.70, "from memory, new reader": 0.60}.get(name),
        }
        for name, pairs in found.items()
    ]  # fmt: skip


def _ratio(pairs, others) -> float:
    """The median of the rounds' own ratios: what slows a machine down for a minute slows both."""
    return statistics.median(rate / other for (rate, _), other in zip(pairs, others, strict=True))


def _socket():
    from django.db import connection

    return connection.settings_dict["HOST"]


def _ask(port: int, path: str):
    headers = {"User-Agent": serving.CHROME, **GZIP}
    return urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers))


def table(rows: list[dict]) -> None:
    for row in rows:
        bar = f"  (bar {row['bar']:.2f})" if row["bar"] else ""
        print(f"{row['what']:<32}{row['requests_per_second']:>9,.0f} req/s{row['processor_us']:>8.1f} µs of processor"
              f"{row['of_bare']:>7.2f} of bare{row['of_view']:>7.2f} of the view{bar}")  # fmt: skip


if __name__ == "__main__":
    with archive.scratch():
        table(measure(float(os.environ.get("BENCH_SECONDS", "3")), 5))
