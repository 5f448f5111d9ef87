"""What the rest of the portal may ask about visits."""
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.models import Sum

from stats import backlog, clock, collector, recording, snapshot, spool
from stats.models import ArticleDay, DayTotal, DeviceDay, HourTotal, ReferrerDay
from stats.popular import PERIODS

ARTICLE = recording.ARTICLE  # a view sets request.META[ARTICLE] to the id of the article it shows
CONFIRM = recording.CONFIRM  # the view of the figures sets request.META[CONFIRM] = True


@dataclass(frozen=True, slots=True)
class Figures:
    online: int  # visitors with a page in the last five minutes
    today: int  # visits, as the next two
    month: int
    total: int  # since counting began; never goes down


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    visits: int
    views: int
    bots: int  # pages sent to programs, in neither of the former
    lost: int  # page views that no disk took, in none of the former


@dataclass(frozen=True, slots=True)
class Hour:
    hour: datetime  # its beginning, in the site's time zone
    visits: int
    views: int


def figures() -> Figures:
    """The counter, from this process's memory: no query. Zeros before the first reading."""
    now = snapshot.current()
    return Figures(now.online, now.today, now.month, now.total)


def views_of(article_id: int) -> int:
    """Views of an article since counting began; one query by primary key."""
    with connection.cursor() as cursor:  # a statement that Django would write anew for every page
        cursor.execute("SELECT views FROM stats_articletotal WHERE article = %s", [article_id])
        row = cursor.fetchone()
    return row[0] if row else 0


def most_viewed(days: int, limit: int) -> list[tuple[int, int]]:
    """(article id, views) of the `days` days that end today, most viewed first; one query.

    1, 7, 30 and 365 days come from a ranking of up to 100 articles that the collector renews every minute (365: every
    half hour); any other period is summed up on the spot.
    """
    if days in PERIODS:
        with connection.cursor() as cursor:  # as in views_of
            cursor.execute("SELECT article, views FROM stats_mostviewed WHERE days = %s ORDER BY rank LIMIT %s",
                           [days, limit])  # fmt: skip
            return cursor.fetchall()
    rows = (
        ArticleDay.objects.filter(day__gte=clock.days_ago(days)).values("article").annotate(sum=Sum("views"))
        .order_by("-sum", "-article").values_list("article", "sum")
    )  # fmt: skip
    return list(rows[:limit])


def by_day(days: int) -> list[Day]:
    """One entry for each of the `days` days that end today, oldest first; one query."""
    first = clock.days_ago(days)
    kept = {row.day: row for row in DayTotal.objects.filter(day__gte=first)}
    empty = DayTotal()
    return [
        Day(day, row.visits, row.views, row.bots, row.lost)
        for day in (first + timedelta(days=number) for number in range(days))
        for row in [kept.get(day, empty)]
    ]


def by_hour(hours: int = 24) -> list[Hour]:
    """One entry for each of the `hours` hours that end with the present one, oldest first; one query."""
    present = clock.hour_and_day(int(clock.now() * 1000))[0]
    wanted = [present - timedelta(hours=number) for number in reversed(range(hours))]
    kept = {row.hour: row for row in HourTotal.objects.filter(hour__gte=wanted[0])}
    return [Hour(hour, row.visits, row.views) for hour in wanted for row in [kept.get(hour) or HourTotal()]]


def referrers(days: int, limit: int) -> list[tuple[str, int]]:
    """(host, arrivals), most first; "" stands for all hosts beyond a day's limit. One query."""
    rows = ReferrerDay.objects.filter(day__gte=clock.days_ago(days)).values("host").annotate(sum=Sum("hits"))
    return list(rows.order_by("-sum", "host").values_list("host", "sum")[:limit])


def devices(days: int) -> list[tuple[str, int]]:
    """(Vietnamese name, visits) of each kind of device, in a fixed order; one query."""
    rows = DeviceDay.objects.filter(day__gte=clock.days_ago(days)).values("device").annotate(sum=Sum("visits"))
    sums = dict(rows.order_by("device").values_list("device", "sum"))
    return [(device.label, sums.get(device, 0)) for device in DeviceDay.Device]


def health() -> dict:
    """How the counting fares, for operators.

    `spool_writable`: whether this host's spool folder takes files, tried out. `lost_hits`: page views that no disk
    took, of this process and, once they could be reported, of all of them today. `collector_lag_bytes` and
    `collector_lag_seconds`: what this host's spool holds uncounted, and the age of the oldest of it; both None while
    the database or the folder cannot be read. `snapshot_age_seconds`: how old the figures in this process's memory are,
    or None.
    """
    folder = Path(settings.SPOOL_DIR)
    try:
        size, seconds = backlog.waiting(folder, collector.offsets(folder))
    except (Error, OSError):
        size = seconds = None
    return {
        "spool_writable": spool.writable(folder),
        "lost_hits": spool.writer().lost + snapshot.current().lost,
        "collector_lag_bytes": size,
        "collector_lag_seconds": seconds,
        "snapshot_age_seconds": snapshot.age(),
    }
