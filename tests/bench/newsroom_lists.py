"""How long the newsroom's lists take over a large archive: `python tests/bench/newsroom_lists.py [ARTICLES]`.

Fills a scratch database (100,000 articles unless told otherwise, of every state, with 40 owners and 12 categories, and
texts of 3 kB) and opens each list as the board does, through Django's whole stack: the median and the worst of eleven
openings, in milliseconds, and how many queries each took. The bar: 300 ms, and a number of queries that does not grow.
"""
import os
import statistics
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

ROUNDS = 11
LIST = "/quan-tri/news/article/"
PAGES = {
    "list": LIST, "page 3": f"{LIST}?p=3", "last page": f"{LIST}?p=200",
    "search, common": f"{LIST}?q=thanh+pho", "search, rare": f"{LIST}?q=bai+so+4711", "mine": f"{LIST}?viec=cua-toi",
    "waiting for me": f"{LIST}?viec=cho-toi", "returned": f"{LIST}?viec=tra-lai", "overdue": f"{LIST}?viec=qua-han",
    "drafts": f"{LIST}?trang-thai=draft", "published": f"{LIST}?trang-thai=published",
    "scheduled": f"{LIST}?trang-thai=scheduled", "expired": f"{LIST}?trang-thai=expired",
    "changed": f"{LIST}?trang-thai=changed", "trash": f"{LIST}?trang-thai=trash",
    "category": f"{LIST}?category__id__exact=1", "owner": f"{LIST}?nguoi-viet=7", "by title": f"{LIST}?o=1",
    "owner and state": f"{LIST}?nguoi-viet=7&trang-thai=waiting",
    "a month": f"{LIST}?tu-ngay=2020-03-01&den-ngay=2020-03-31", "calendar": f"{LIST}lich/?thang=2020-03",
    "front desk": "/quan-tri/",
}  # fmt: skip
FILL = """
INSERT INTO news_article (title, slug, lead, body, rendered, category_id, genre, caption, pen_name, source,
    social_description, corrections, state, pending_state, state_at, publish_at, expire_at, review_on, version,
    owner_id, approval_overridden, reason, public_reason, internal_note, deleted_at, created_at, updated_at, search)
SELECT 'Bài số ' || n || ' về hoạt động của thành phố', 'bai-so-' || n, 'Sa-pô của bài.', body, body, n %% 12 + 1,
    'tin', '', '', '', '', '[]', state, '', now() - n %% 90 * interval '1 day',
    CASE WHEN state IN ('draft', 'returned') THEN NULL ELSE timestamptz '2026-11-01' - n * interval '57 minutes' END
        + CASE WHEN n %% 1000 = 7 THEN interval '60 years' ELSE interval '0' END,
    CASE WHEN n %% 500 = 8 THEN timestamptz '2026-11-20' - n * interval '57 minutes' END,
    CASE WHEN n %% 2000 = 9 THEN date '2026-01-01' END,
    1, n %% 40 + 1, false, '', '', '', CASE WHEN state = 'draft' AND n %% 400 = 0 THEN now() END, now(), now(),
    to_tsvector('simple', 'bai so ' || n || ' ve hoat dong cua thanh pho')
FROM (SELECT n, repeat('<p>Chiều nay, hội nghị đã thống nhất nhiều nội dung quan trọng.</p>', 40) AS body,
        CASE WHEN n %% 100 = 0 THEN 'draft' WHEN n %% 100 = 1 THEN 'waiting' WHEN n %% 200 = 2 THEN 'returned'
             WHEN n %% 200 = 3 THEN 'approved' WHEN n %% 200 = 4 THEN 'withdrawn' ELSE 'published' END AS state
      FROM generate_series(1, %s) AS n) AS numbers
"""


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    settings.STATS_BACKGROUND = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with embedded.running(VAR):
        django.setup()
        from django.contrib.auth.models import Group
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from news.models import Category
        from portal.models import User

        call_command("migrate", verbosity=0, skip_checks=True)
        for number in range(12):
            Category.objects.create(name=f"Chuyên mục {number}")
        people = [User.objects.create(username=f"nguoi{number}", is_staff=True) for number in range(40)]
        people[6].groups.set([Group.objects.get(name="Ban biên tập")])
        with connection.cursor() as cursor:
            cursor.execute(FILL, [count])
            cursor.execute("VACUUM ANALYZE")
        client = Client()
        client.force_login(people[6])
        print(f"{count:,} articles{'median':>21}{'worst':>9}  ms{'queries':>9}")
        for name, address in PAGES.items():
            times = []
            for _ in range(ROUNDS):
                started = time.perf_counter()
                response = client.get(address)
                times.append((time.perf_counter() - started) * 1000)
                assert response.status_code == 200, f"{address}: {response.status_code}"
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            print(f"{name:<24}{statistics.median(times):>12.0f}{max(times):>9.0f}{len(queries):>13}")


if __name__ == "__main__":
    main()
