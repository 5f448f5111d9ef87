"""No public page reads more of the archive than it shows: PostgreSQL's own plans, over 6,000 articles."""
import json
from types import SimpleNamespace

import pytest
from bench import archive
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article

ARTICLES = 6_000
MOST = 600  # articles that one page may touch
NARROW = 2_600  # entries of an index that a deep page may pass by without looking at an article
TABLES = {"news_article", "news_article_tags", "news_article_also_in", "news_topic_articles"}


@pytest.fixture
def filled(db):
    archive.fill(ARTICLES, bulk=False)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(sorted(TABLES))}, news_category")


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def touched(client, address):
    """(kind of scan, rows it went through) for every scan of the articles that a page's queries do."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    with connection.cursor() as cursor:
        for query in captured:
            if not any(f'"{table}"' in query["sql"] for table in TABLES) and not query["sql"].startswith("EXECUTE"):
                continue
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
            found = cursor.fetchone()[0]
            for node in nodes((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]):
                if node.get("Relation Name") in TABLES:
                    rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
                    yield node["Node Type"], rows * node["Actual Loops"]


@pytest.mark.parametrize("plans", ["auto", "force_generic_plan"])
def test_no_public_page_scans_the_articles(filled, client, plans):
    """Neither with a plan for the values at hand nor with the one that a prepared statement has for all."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL plan_cache_mode = {plans}")
    newest = Article.objects.published().newest_first().first()
    day = timezone.localtime(newest.publish_at)
    spread = [address for slug in archive.SPREAD for address in (f"/tu-khoa/{slug}/", f"/dong-su-kien/{slug}/")]
    for address in (*spread, "/tu-khoa/muoi-lay-mot/?trang=20", "/", newest.get_absolute_url(),
                    "/chuyen-muc/chuyen-muc-1/", "/chuyen-muc/chuyen-muc-1/?trang=20",
                    "/rss/", "/rss/chuyen-muc-1/", f"/luu-tru/{day:%Y/%m/%d}/",
                    f"/luu-tru/{day:%Y/%m}/", "/luu-tru/", "/so-do-cong/"):  # fmt: skip
        scans = list(touched(client, address))
        assert [kind for kind, _ in scans if kind == "Seq Scan"] == [], address
        assert sum(rows for kind, rows in scans if kind != "Index Only Scan") <= MOST, (address, scans)
        assert sum(rows for _, rows in scans) <= NARROW, (address, scans)


def test_the_rule_on_scans_can_fail(filled):
    class Careless:
        def get(self, address):
            list(Article.objects.filter(title__contains="không có"))
            return SimpleNamespace(status_code=200)

    assert ("Seq Scan", ARTICLES) in list(touched(Careless(), "/"))
