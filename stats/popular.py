"""The most viewed articles of some periods, worked out in the background and read from a small table."""
from django.db import connection, transaction

from stats import clock

PERIODS = {1: 60.0, 7: 60.0, 30: 120.0, 365: 1800.0}  # days -> seconds between two rankings
RANKS = 100


def rank(days: int) -> None:
    """Ranks the articles of the last `days` days, today among them. Raises django.db.Error."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x72616E6B, days])
        cursor.execute("DELETE FROM stats_mostviewed WHERE days = %s", [days])
        cursor.execute(
            """
            INSERT INTO stats_mostviewed (days, rank, article, views)
            SELECT %s, row_number() OVER (ORDER BY sum(views) DESC, article DESC), article, sum(views)
            FROM stats_articleday WHERE day >= %s
            GROUP BY article ORDER BY sum(views) DESC, article DESC LIMIT %s
            """,
            [days, clock.days_ago(days), RANKS],
        )
