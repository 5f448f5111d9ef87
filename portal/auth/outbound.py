"""Where the portal's texts lead: a domain that nobody linked to before may be somebody else's doing."""
import datetime as dt

from django.db import connection
from django.utils import timezone

from news.models import Article, Page

NEW_DAYS = 30
# Host of each link in a body, with the day of the oldest text that holds it; one pass over the texts.
_HOSTS = r"""
SELECT host, min(seen) FROM (
    SELECT lower((regexp_matches(body, 'href="https?://([^/"?#:]+)', 'gi'))[1]) AS host, publish_at AS seen
      FROM {articles} WHERE publish_at IS NOT NULL
    UNION ALL
    SELECT lower((regexp_matches(body, 'href="https?://([^/"?#:]+)', 'gi'))[1]), NULL FROM {pages}
) AS links GROUP BY host HAVING min(seen) >= %s AND bool_and(seen IS NOT NULL) ORDER BY host"""
MOST = 100


def new_domains(now: dt.datetime | None = None) -> list[str]:
    """A line for each domain that only texts of the last 30 days link to."""
    since = (now or timezone.now()) - dt.timedelta(days=NEW_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_HOSTS.format(articles=Article._meta.db_table, pages=Page._meta.db_table), [since])
        found = cursor.fetchall()
    # The host comes from an article: what cannot be seen is written out.
    lines = [f"{host.encode('unicode_escape').decode()[:200]}: có từ {timezone.localtime(seen):%d-%m-%Y}"
             for host, seen in found[:MOST]]  # fmt: skip
    return lines if len(found) <= MOST else [*lines, f"… và {len(found) - MOST} tên miền nữa"]
