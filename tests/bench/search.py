"""How long readers wait for a search over a large archive: `python tests/bench/search.py [ARTICLES]`.

Fills a scratch database (1,000,000 articles unless told otherwise, each with the vector of one of 2,000 texts of 250
words and words of its own) and asks each question through Django's whole stack: the time that 95 % of the answers
stayed under, and the worst, in milliseconds. The bars: 100 ms for each kind of question, 200 ms for the worst of 10 kB.
"""
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qsl

VAR = Path(os.environ.get("BENCH_VAR") or tempfile.mkdtemp(prefix="bench-"))
os.environ["VAR_DIR"] = str(VAR)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import django  # noqa: E402
from django.conf import settings  # noqa: E402

from portal import embedded  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", 40))
TEXTS = 2_000
ONSETS = "b c ch d đ g gi h kh l m n ng nh ph q r s t th tr v x"
RIMES = """a á ạ an án ang áng anh ánh ảnh ao áo âm ân ấn ât ất âu ấu e em ên ết iên iến iệt in inh ình o oa òa oàn oi
ôi ối ôn ông ống ồng ơ ơn ời u úc ung ùng ui uôn uộc ươi ười ương ường ượng y ý yên yết"""
FILL = """
INSERT INTO news_article (title, slug, lead, body, rendered, category_id, genre, caption, pen_name, source,
    social_description, corrections, state, pending_state, state_at, publish_at, version, approval_overridden, reason,
    public_reason, internal_note, created_at, updated_at, search)
SELECT title || ' số ' || n, 'bai-' || n, lead, '<p>.</p>', body, n %% 12 + 1, 'tin', '', '', '', '', '[]',
    'published', '', now(), timestamptz '2026-11-01' - n * interval '9 minutes', 1, false, '', '', '', now(), now(),
    search || (CASE WHEN n %% 100 = 0 THEN '''motphantram'':400C' ELSE '' END
        || CASE WHEN n %% 100 = 50 THEN ' ''=trongtieude'':3 ''trongtieude'':3A' ELSE '' END
        || ' ''ma' || n || ''':401C ''=' || n || ''':91 ''' || n || ''':92A')::tsvector
FROM generate_series(%s, %s) AS n JOIN bench_text ON bench_text.id = n::bigint * 7919 %% 2000
"""


def texts():
    """(title, lead, body) of made-up syllables, a few of them common and most of them rare, as in any language."""
    rng = random.Random(5)
    syllables = [onset + rime for onset in ONSETS.split() for rime in RIMES.split()]
    rng.shuffle(syllables)
    weights = [1 / (place + 3) for place in range(len(syllables))]
    for _ in range(TEXTS):
        drawn = rng.choices(syllables, weights, k=300)
        body = "".join(f"<p>Thành phố {' '.join(drawn[start : start + 50])}.</p>" for start in range(40, 300, 50))
        yield "Thành phố " + " ".join(drawn[:10]), "Hội nghị " + " ".join(drawn[10:40]), body, syllables


def questions(count):
    rng = random.Random(6)
    common = next(texts())[-1][:30]
    middle = next(texts())[-1][100:400]
    return {
        "rare word": lambda: f"ma{rng.randint(1, count)}",
        "rare number in a title": lambda: str(rng.randint(1, count)),
        "1 % of the texts": lambda: "motphantram",
        "1 % of the titles": lambda: "trongtieude",
        "every article": lambda: "thành phố",
        "every article, no marks": lambda: "thanh pho",
        "every text, no title": lambda: "hội nghị",
        "ten common words": lambda: " ".join(rng.sample(common, 10)),
        "ten words of one text": lambda: " ".join(rng.sample(common, 4) + rng.sample(middle, 6)),
        "a common and a rare word": lambda: f"thành phố ma{rng.randint(1, count)}",
        "words with marks": lambda: " ".join(rng.sample(middle, 2)),
        "phrase": lambda: f'"{" ".join(rng.sample(common, 2))}"',
        "nothing there": lambda: "khongcogiday",
        "minus": lambda: f"thành phố -{rng.choice(common)}",
        "in a category": lambda: "motphantram&chuyen-muc=chuyen-muc-3",
        "between dates": lambda: "thanh pho&tu-ngay=01-03-2015&den-ngay=31-03-2015",
        "10 kB: common words": lambda: " ".join(rng.choices(common, k=2500)),
        "10 kB: middling words": lambda: " ".join(rng.choices(middle, k=2500)),
        "10 kB: words apart in a phrase": lambda: '"phố thành" ' + "x " * 5000,
        "10 kB: all but": lambda: "thành " + " ".join(f"-{word}" for word in rng.choices(common, k=2000)),
    }


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    settings.STATS_BACKGROUND = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with embedded.running(VAR):
        django.setup()
        from django.core.management import call_command
        from django.test import Client

        from news.models import Article, Category

        call_command("migrate", verbosity=0, skip_checks=True)
        if Article.objects.count() < count:
            for number in range(12):
                Category.objects.create(name=f"Chuyên mục {number}")
            fill(count)
        client = Client()
        print(f"{count:,} articles{'95 %':>33}{'worst':>9}  ms")
        for name, make in questions(count).items():
            times = []
            for _ in range(ROUNDS):
                query, _, rest = make().partition("&")
                started = time.perf_counter()
                response = client.get("/tim-kiem/", {"q": query, **dict(parse_qsl(rest))})
                times.append((time.perf_counter() - started) * 1000)
                assert response.status_code == 200, f"{query[:80]}: {response.status_code}"
            times.sort()
            note = " (newest only)" if "chỉ tìm trong các bài mới nhất" in response.content.decode() else ""
            print(f"{name:<36}{times[int(ROUNDS * 0.95) - 1]:>12.0f}{times[-1]:>9.0f}{note}", flush=True)


def fill(count):
    from django.db import connection

    from news.vector import Vector

    started = time.perf_counter()
    rows = [(number, title, lead, body, Vector(title, lead, body.replace("<p>", " ").replace("</p>", " ")).literal())
            for number, (title, lead, body, _) in enumerate(texts())]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_text (id int, title text, lead text, body text, search tsvector)")
        cursor.executemany("INSERT INTO bench_text VALUES (%s, %s, %s, %s, %s)", rows)
        cursor.execute("DROP INDEX article_search")
        for first in range(1, count + 1, 100_000):
            cursor.execute(FILL, [first, min(count, first + 99_999)])
            print(f"{first + 99_999:,} after {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("CREATE INDEX article_search ON news_article USING gin (search)")
        cursor.execute("VACUUM ANALYZE")
    print(f"filled in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
