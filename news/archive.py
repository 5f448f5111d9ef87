"""The archive by day: which days and months have articles. Each question is a probe of an index, so that neither the
size of the archive nor that of a busy day changes what a page costs."""
import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from news.dates import EARLIEST, LATEST
from news.models import Article

YEARS = range(EARLIEST.year, LATEST.year)


@dataclass(frozen=True, slots=True)
class Span:
    """A day, a month or a year of the portal's time zone."""

    first: dt.date
    after: dt.date  # the day behind its last
    has_articles: bool = False

    def get_absolute_url(self) -> str:
        """The page of the day or month; two digits as on clocks, so that each has one address."""
        parts = [f"{self.first:%Y}", f"{self.first:%m}", f"{self.first:%d}"]
        return reverse("archive_month", args=parts[:2]) if self.days > 1 else reverse("archive_day", args=parts)

    @property
    def days(self) -> int:
        return (self.after - self.first).days


def day(date: dt.date) -> Span:
    return Span(date, date + dt.timedelta(days=1))


def month(date: dt.date) -> Span:
    first = date.replace(day=1)
    return Span(first, (first + dt.timedelta(days=31)).replace(day=1))


def year(number: int) -> Span:
    return Span(dt.date(number, 1, 1), dt.date(number + 1, 1, 1))


def within(span: Span) -> QuerySet:
    """The public articles of a span, newest first."""
    return _between(_midnight(span.first), _midnight(span.after)).newest_first()


@dataclass(frozen=True, slots=True)
class Marked:
    """Spans in order that know whether they have articles, and the days of the nearest articles outside a whole."""

    spans: list[Span]
    before: dt.date | None
    after: dt.date | None


def mark(spans: Sequence[Span], around: Span) -> Marked:
    """One query of as many probes as there are spans, and two."""
    # The days before the whole are one span more, whose newest article is the nearest; behind it, it is the oldest.
    starts = [*(_midnight(span.first) for span in spans), EARLIEST]
    ends = [*(_midnight(span.after) for span in spans), _midnight(around.first)]
    newest, values = _moment(_between(RawSQL("span.since", []), RawSQL("span.until", [])).newest_first())
    nearest, others = _moment(_between(_midnight(around.after), LATEST).order_by("publish_at", "pk"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, ({newest}) FROM unnest(%s::timestamptz[], %s::timestamptz[])"
            f" WITH ORDINALITY AS span (since, until, place) UNION ALL SELECT 0, ({nearest})",
            [*values, starts, ends, *others],
        )
        found = {place - 1: timezone.localdate(moment) for place, moment in cursor.fetchall() if moment}
    marked = [Span(span.first, span.after, place in found) for place, span in enumerate(spans)]
    return Marked(marked, before=found.get(len(spans)), after=found.get(-1))


@dataclass(frozen=True, slots=True)
class Month:
    """A leaf of the calendar: weeks from Monday on, None for the days of other months."""

    span: Span
    weeks: list[list[Span | None]]
    before: Span | None  # the nearest months with articles
    after: Span | None


def leaf(date: dt.date) -> Month:
    """The calendar of a date's month; one query."""
    span = month(date)
    marked = mark([day(span.first + dt.timedelta(days=place)) for place in range(span.days)], span)
    grid = calendar.Calendar().monthdayscalendar(span.first.year, span.first.month)
    weeks = [[marked.spans[number - 1] if number else None for number in week] for week in grid]
    return Month(span, weeks, marked.before and month(marked.before), marked.after and month(marked.after))


def newest() -> dt.date | None:
    """The day of the newest public article."""
    moment = Article.objects.published().newest_first().values_list("publish_at", flat=True).first()
    return moment and timezone.localdate(moment)


def _between(since: dt.datetime | RawSQL, until: dt.datetime | RawSQL) -> QuerySet:
    return Article.objects.published().filter(publish_at__gte=since, publish_at__lt=until)


def _moment(articles: QuerySet) -> tuple[str, tuple]:
    """The statement that asks when the first of them was published, and its values."""
    return articles.values("publish_at")[:1].query.sql_with_params()


def _midnight(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, dt.time()))
