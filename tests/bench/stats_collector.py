"""The collector's speed, the counting of who is online, and a worker's memory: `python tests/bench/stats_collector.py`.

Needs the embedded PostgreSQL (a throw-away one in a temporary folder) and about two minutes. The bars: 20,000 recorded
hits a second; 150 ms for 1,000,000 rows; under 20 MB more after 1,000,000 distinct visitors.
"""
import gc
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
import psutil  # noqa: E402
from django.conf import settings  # noqa: E402

from portal import embedded  # noqa: E402

HITS = 100_000
VISITORS = 1_000_000


def verdict(ok):
    return "ok" if ok else "MISSED"


def main():
    settings.STATS_BACKGROUND = False
    with embedded.running(VAR):
        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from stats_record import environ

        call_command("migrate", verbosity=0)
        from stats import recording, salts, snapshot, spool
        from stats.collector import Collector
        from stats.models import Presence

        salts.renew()
        collector = Collector(Path(settings.SPOOL_DIR))

        def record(first, last, known):
            cookies = [None] * (last - first)
            for number in range(first, last):
                kept = environ(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
                cookies[number - first] = recording.record(kept, 200, "text/html")
                if known and number % 2:
                    kept["HTTP_COOKIE"] = f"visit={cookies[number - first]}"
                    recording.record(kept, 200, "text/html")

        # Every hit a visitor of its own is the worst there is; then readers who come back, as most do.
        for name, known in (("new visitors only", False), ("a third with a cookie", True)):
            record(0, HITS, known)
            started = time.perf_counter()
            done = collector.run()
            rate = done / (time.perf_counter() - started)
            print(f"collector, {name:26} {rate:9,.0f} hits/s of {done:,} (bar 20,000): {verdict(rate >= 20_000)}")

        process, step = psutil.Process(), 50_000
        record(0, step, False)
        collector.run()
        gc.collect()
        before = process.memory_info().rss
        for first in range(step, step + VISITORS, step):
            record(first, first + step, False)
            collector.run()
        gc.collect()
        grown = (process.memory_info().rss - before) / 1e6
        print(f"memory after {VISITORS:,} visitors, all counted: {grown:+.1f} MB (bar 20): {verdict(grown < 20)}")

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE stats_presence")
        rows = Presence.objects.count()
        times = []
        for _ in range(9):
            with connection.cursor() as cursor:
                started = time.perf_counter()
                online = snapshot.count_online(cursor, time.time())
                times.append((time.perf_counter() - started) * 1000)
        middle = sorted(times)[len(times) // 2]
        print(f"who is online: {online:,} among {rows:,} rows in {middle:.0f} ms (bar 150): {verdict(middle < 150)}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_table_size('stats_presence') / 1e6, pg_indexes_size('stats_presence') / 1e6")
            print("the table has {:.0f} MB and its index {:.0f} MB".format(*cursor.fetchone()))
        spool.forget()
        connection.close()


if __name__ == "__main__":
    main()
