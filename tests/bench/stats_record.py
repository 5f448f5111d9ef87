"""What counting adds to one request, in microseconds: `python tests/bench/stats_record.py`.

Calls the same Django view through VisitMiddleware and without it, in turns, and prints medians of 20,000 calls each.
The bar: at most 50 microseconds more. The spool goes to a temporary folder; no database is asked.
"""
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django
from django.conf import settings

CALLS = 20_000
BAR = 50.0
UA = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"


def environ(**more):
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/bai-viet/khai-mac-ky-hop-7/", "SCRIPT_NAME": "", "QUERY_STRING": "",
        "REMOTE_ADDR": "113.160.1.1", "HTTP_HOST": "songcong.example", "SERVER_NAME": "x", "SERVER_PORT": "80",
        "wsgi.input": None, "wsgi.url_scheme": "http", "HTTP_USER_AGENT": UA, "HTTP_ACCEPT": "text/html",
        "HTTP_ACCEPT_LANGUAGE": "vi-VN,vi;q=0.9", "HTTP_SEC_FETCH_DEST": "document", "visit.article": 7,
        "HTTP_REFERER": "https://songcong.example/", **more,
    }  # fmt: skip


def main():
    settings.SPOOL_DIR = Path(tempfile.mkdtemp())
    settings.STATS_BACKGROUND = False
    django.setup()
    from datetime import timedelta

    from django.core.handlers.wsgi import WSGIRequest
    from django.http import HttpResponse

    from stats import clock, recording, salts, visitor
    from stats.middleware import VisitMiddleware

    today = clock.today()
    salts._kept = {today + timedelta(days=number): os.urandom(32) for number in (-1, 0, 1)}

    def page(request):
        return HttpResponse("<p>Trang</p>")

    counted = VisitMiddleware(page)
    known = visitor.dump(visitor.new(2468, time.time()))
    old = visitor.dump(visitor.new(2468, time.time() - 120))
    cases = {
        "returning reader": environ(HTTP_COOKIE=f"csrftoken=abc; visit={known}"),
        "returning reader, cookie renewed": environ(HTTP_COOKIE=f"csrftoken=abc; visit={old}"),
        "new reader": environ(),
        "bot": environ(HTTP_USER_AGENT="Mozilla/5.0 (compatible; Googlebot/2.1)"),
    }
    for name, kept in cases.items():
        with_, without, alone = [], [], []
        for _ in range(CALLS):
            request = WSGIRequest({**kept, "wsgi.input": sys.stdin.buffer})
            started = time.perf_counter_ns()
            page(request)
            middle = time.perf_counter_ns()
            counted(request)
            end = time.perf_counter_ns()
            recording.record(kept, 200, "text/html")
            alone.append(time.perf_counter_ns() - end)
            without.append(middle - started)
            with_.append(end - middle)
        added = (statistics.median(with_) - statistics.median(without)) / 1000
        function = statistics.median(alone) / 1000
        print(f"{name:34} middleware adds {added:5.1f} µs, the recording function alone takes {function:5.1f} µs"
              f" (bar {BAR:.0f}): {'ok' if added <= BAR else 'MISSED'}")  # fmt: skip


if __name__ == "__main__":
    main()
