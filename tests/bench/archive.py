"""Scratch databases with as many articles as wanted, filled by PostgreSQL itself: a million in a few minutes."""
import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

CATEGORIES = 12
TAGS = 300
OWNERS = 40
# One sentence of the words that stand in shared corpora of state portals, without marks as the search keeps them.
TEXT = """uy ban nhan dan hoi nghi truc tuyen tong ket hoat dong cac cap nhiem ky phuong huong cong tac quan ly chi dao
dieu hanh doi song kinh te xa hoi an ninh quoc phong dia ban bo may to chuc can bo chuyen mon phat huy vai tro linh vuc
xay dung quy che lam viec trien khai chuong trinh de an co che ho tro tinh hinh thuc te sap xep tinh gon hieu luc"""
WORDS = TEXT.split()
FILL = """
INSERT INTO news_article (title, slug, lead, body, rendered, category_id, genre, caption, pen_name, source,
    social_description, corrections, state, pending_state, state_at, publish_at, version, owner_id,
    approval_overridden, reason, public_reason, internal_note, created_at, updated_at, search)
SELECT 'Bài số ' || n || ' về hoạt động của thành phố', 'bai-so-' || n, 'Sa-pô của bài.', body, body,
    n %% {categories} + {category}, 'tin', '', '', '', '', '[]',
    CASE WHEN n %% 100 = 0 THEN 'draft' ELSE 'published' END, '', now(),
    now() - interval '1 hour' - ({count} - n) * interval '8 minutes', 1, n %% {owners} + {owner}, false, '', '', '',
    now(), now(),
    setweight(to_tsvector('simple', 'bai so ' || n || ' ve hoat dong cua thanh pho'), 'A')
    || (SELECT vector FROM bench_text WHERE bench_text.id = n %% {texts})
FROM (SELECT n, repeat('<p>Chiều nay, hội nghị đã thống nhất nhiều nội dung.</p>', 30) AS body
      FROM generate_series(1, {count}) AS n) AS numbers
"""
TEXTS = 499  # different bodies, for the search: to cut a million of them into words takes PostgreSQL twenty minutes
CUT = """
CREATE TEMPORARY TABLE bench_text AS
SELECT id, to_tsvector('simple', (SELECT string_agg(words[1 + (id * 31 + i * 7919 + i * id) %% {words}], ' ')
                                  FROM generate_series(1, 120) AS i)) AS vector
FROM generate_series(0, {texts} - 1) AS id, (SELECT %s::text[] AS words) AS given;
ALTER TABLE bench_text ADD PRIMARY KEY (id); ANALYZE bench_text
"""
# With the dates that a trigger would look up for each row.
DATES = "CASE WHEN state = 'published' THEN publish_at END"
TAGGED = f"""
INSERT INTO news_article_tags (article_id, tag_id, publish_at)
SELECT id, {{tag}} + (id * 7 + k * 101) %% {{tags}}, {DATES} FROM news_article, generate_series(0, 2) AS k
ON CONFLICT DO NOTHING
"""
ALSO = f"""
INSERT INTO news_article_also_in (article_id, category_id, publish_at)
SELECT id, {{category}} + (id + 5) %% {{categories}}, {DATES} FROM news_article WHERE id %% 20 = 0
"""
# Tags of a few articles and of many, spread over the years, and topics of them: (slug, of how many one article has it).
SPREAD = {"ba-bai": lambda count: count // 3, "nghin-bai": lambda count: max(2, count // 1_000),
          "muoi-lay-mot": lambda count: 10}  # fmt: skip
SPREAD_TAG = f"""
INSERT INTO news_article_tags (article_id, tag_id, publish_at)
SELECT id, %s, {DATES} FROM news_article WHERE id %% %s = 1
"""
CHOSEN = f"""
INSERT INTO news_topic_articles (article_id, topic_id, publish_at)
SELECT id, %s, {DATES} FROM news_article WHERE id %% %s = 2
"""
VIEWED = """
INSERT INTO stats_articletotal (article, views) SELECT id, id %% 1000 FROM news_article;
INSERT INTO stats_mostviewed (days, rank, article, views)
SELECT days, row_number() OVER (PARTITION BY days ORDER BY id), id, 100
FROM (SELECT id FROM news_article WHERE state = 'published' ORDER BY id DESC LIMIT 100) AS newest,
    unnest(ARRAY[7, 30]) AS days
"""


@contextlib.contextmanager
def scratch(**environment: str) -> Iterator[Path]:
    """A PostgreSQL of its own in a temporary folder, with Django set up on it; nothing of the portal's is touched."""
    from portal import embedded

    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        var = Path(folder) / "var"
        os.environ.update(VAR_DIR=str(var), DJANGO_SETTINGS_MODULE="portal.settings", **environment)
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.conf import settings

        settings.STATS_BACKGROUND = False
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        with embedded.running(var, ["fsync=off", "synchronous_commit=off", "maintenance_work_mem=512MB"]):
            django.setup()
            yield var


def use(name: str) -> None:
    """Makes this process work on another database of the scratch server."""
    from django.db import connection

    from portal import site

    connection.close()
    connection.settings_dict["NAME"] = name
    site.forget()


def create(name: str, count: int) -> None:
    """A database with `count` articles (99 of 100 published, the newest an hour old), three tags each."""
    from django.core.management import call_command
    from django.db import connection

    use("portal")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    use(name)
    call_command("migrate", verbosity=0, skip_checks=True)
    fill(count)


def fill(count: int, bulk: bool = True) -> None:
    """Fills the present database. With `bulk` its indexes are made afterwards and the tables vacuumed."""
    from django.db import connection

    from news.models import Category, Tag, Topic
    from portal.models import User

    for number in range(CATEGORIES):
        Category.objects.create(name=f"Chuyên mục {number}")
    Tag.objects.bulk_create([Tag(name=f"từ khóa {n}", slug=f"tu-khoa-{n}", sort_key=f"{n:05}") for n in range(TAGS)])
    User.objects.bulk_create([User(username=f"nguoi{number}", is_staff=True) for number in range(OWNERS)])
    numbers = {"count": count, "categories": CATEGORIES, "tags": TAGS, "owners": OWNERS, "words": len(WORDS),
               "texts": TEXTS, "category": Category.objects.order_by("pk").first().pk,
               "tag": Tag.objects.order_by("pk").first().pk,
               "owner": User.objects.get(username="nguoi0").pk}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'news_article'"
            " AND indexdef NOT LIKE 'CREATE UNIQUE%%'"
        )
        indexes = cursor.fetchall() if bulk else []
        for index, _ in indexes:
            cursor.execute(f'DROP INDEX "{index}"')
        cursor.execute(CUT.format(**numbers), [WORDS])
        # What links to what is known, as it is after an import: no visit to the front desk has to look.
        cursor.execute("SELECT set_config('news.looked_at', 'yes', false)")
        cursor.execute(FILL.format(**numbers).replace("%%", "%"))
        cursor.execute("SELECT set_config('news.looked_at', '', false)")
        for _, definition in indexes:
            cursor.execute(definition)
        for statement in (TAGGED, ALSO, VIEWED):
            cursor.execute(statement.format(**numbers).replace("%%", "%"))
        for slug, apart in SPREAD.items():
            tag = Tag.objects.create(name=slug, slug=slug)
            topic = Topic.objects.create(name=slug, slug=slug, tag=tag)
            cursor.execute(SPREAD_TAG, [tag.pk, apart(count)])
            cursor.execute(CHOSEN, [topic.pk, apart(count)])
        if bulk:
            cursor.execute("VACUUM ANALYZE")


def machine() -> str:
    """What the figures were taken on, in one line."""
    cpu = "unknown processor"
    with contextlib.suppress(OSError):
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        cpu = found[1] if found else cpu
    return f"{os.cpu_count()} cores, {cpu}, Python {sys.version.split()[0]}"
