"""The figures on the newsroom's front desk, and the same as a CSV file."""
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from stats import charts, clock, queries
from stats.charts import Point

PERIODS = (7, 30, 365)
DEFAULT_PERIOD = 30
LONGEST_BY_DAY = 92  # days drawn one by one; a longer period is drawn by month
ROWS = 10
LONGEST_EXPORT = 3660  # days

Articles = Callable[[Sequence[int]], dict[int, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Tile:
    label: str
    visits: int
    views: int


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    number: int
    share: float  # of the largest number in its table where that table ranks, else of the sum
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    days: int
    periods: tuple[int, ...]
    online: int
    total: int
    tiles: list[Tile]
    chart: SafeString
    points: list[Point]
    hours_chart: SafeString
    hours: list[Point]
    articles: list[Row]
    referrers: list[Row]
    devices: list[Row]
    bots: int
    lost: int


def context(days: object = DEFAULT_PERIOD, articles: Articles | None = None, before: int = 0) -> dict:
    """What `stats/_dashboard.html` needs, under the name `stats`; five queries whatever the period and the traffic.

    `days` is one of PERIODS, as a number or as text from an address; anything else means the default. `articles` turns
    ids into {id: (title, address)} and may ask one query; ids it leaves out are not shown. `before` is the total that
    an earlier portal had.
    """
    days = int(days) if str(days) in map(str, PERIODS) else DEFAULT_PERIOD
    year = queries.by_day(max(PERIODS))
    hours = [Point(f"{one.hour:%H}", f"{one.hour:%H:%M %d-%m}", one.visits, one.views) for one in queries.by_hour()]
    chosen = year[-days:]
    points = _by_day(chosen) if days <= LONGEST_BY_DAY else _by_month(chosen)
    now = queries.figures()
    return {"stats": Dashboard(
        days=days,
        periods=PERIODS,
        online=now.online,
        total=before + now.total,
        tiles=[_tile("Hôm nay", year[-1:]), *(_tile(f"{number} ngày qua", year[-number:]) for number in PERIODS)],
        chart=charts.columns("stats-days", f"Lượt truy cập và lượt xem trang, {days} ngày qua", points),
        points=points,
        hours_chart=charts.columns("stats-hours", "Lượt truy cập và lượt xem trang theo giờ, 24 giờ qua", hours),
        hours=hours,
        articles=_ranked(_named(queries.most_viewed(days, ROWS), articles)),
        referrers=_ranked([(host or "(các trang khác)", hits, "") for host, hits in queries.referrers(days, ROWS)]),
        devices=_shared(queries.devices(days)),
        bots=sum(day.bots for day in chosen),
        lost=sum(day.lost for day in chosen),
    )}  # fmt: skip


def export(days: int = 365) -> Iterator[str]:
    """Lines of a CSV file, one for each day, oldest first; one query. The first opens with Excel's mark of UTF-8."""
    yield "\ufeff" + _line(["Ngày", "Lượt truy cập", "Lượt xem trang", "Máy bị loại", "Lượt xem bị mất"])
    for day in queries.by_day(max(1, min(days, LONGEST_EXPORT))):
        yield _line([day.day.isoformat(), day.visits, day.views, day.bots, day.lost])


def export_name(days: int) -> str:
    return f"truy-cap-{days}-ngay-den-{clock.today():%Y-%m-%d}.csv"


def _line(values: Iterable) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()


def _tile(label: str, days: Sequence[queries.Day]) -> Tile:
    return Tile(label, sum(day.visits for day in days), sum(day.views for day in days))


def _by_day(days: Sequence[queries.Day]) -> list[Point]:
    return [Point(f"{day.day:%d-%m}", f"{day.day:%d-%m-%Y}", day.visits, day.views) for day in days]


def _by_month(days: Sequence[queries.Day]) -> list[Point]:
    months: dict[date, list[queries.Day]] = {}
    for day in days:
        months.setdefault(day.day.replace(day=1), []).append(day)
    return [
        Point(f"{month:%m-%y}", f"Tháng {month.month} năm {month.year}", tile.visits, tile.views)
        for month, kept in months.items()
        for tile in [_tile("", kept)]
    ]


def _named(views: list[tuple[int, int]], articles: Articles | None) -> list[tuple[str, int, str]]:
    if articles is None:
        return [(f"Bài số {article}", number, "") for article, number in views]
    known = articles([article for article, _ in views])
    return [(known[article][0], number, known[article][1]) for article, number in views if article in known]


def _ranked(rows: list[tuple[str, int, str]]) -> list[Row]:
    largest = max((number for _, number, _ in rows), default=0) or 1
    return [Row(name, number, number / largest, url) for name, number, url in rows]


def _shared(rows: list[tuple[str, int]]) -> list[Row]:
    whole = sum(number for _, number in rows) or 1
    return [Row(name, number, number / whole) for name, number in rows]
