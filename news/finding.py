"""Finds articles for a question, in a bounded time: the best first, and never more than anybody pages through."""
import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from news.models import Article
from news.search import Question

MOST = 400  # results shown of one question: narrower dates lead to the others
# Of a question that takes too long among all articles, only these newest are looked at: the cost of that is bounded.
WINDOW = 1_500
# (among titles alone, with exact marks): what readers get first, each part newest first.
TIERS = ((True, True), (False, True), (True, False), (False, False))


@dataclass(frozen=True, slots=True)
class Filters:
    categories: tuple[int, ...] = ()  # keys; none for all
    since: dt.date | None = None  # days of the portal's time zone, both included
    until: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.categories or self.since or self.until)

    def apply(self, articles: QuerySet) -> QuerySet:
        if self.categories:
            also = Article.also_in.through.objects.filter(category__in=self.categories).values("article")
            here = Q(category__in=self.categories)
            # Mostly there are none: the plain rule can walk the index of the category.
            articles = articles.filter(here | Q(pk__in=also) if also.exists() else here)
        if self.since:
            articles = articles.filter(publish_at__gte=_midnight(self.since))
        if self.until:
            articles = articles.filter(publish_at__lt=_midnight(self.until) + dt.timedelta(days=1))
        return articles


@dataclass(slots=True)
class Found:
    keys: list[int]
    hurried: bool = False  # only the newest articles were looked at: the others would have taken too long


def find(asked: Question, filters: Filters, most: int = MOST) -> Found:
    """Keys of up to `most` articles: exact marks first and titles before texts, then the newest.

    Takes at most settings.SEARCH_MILLISECONDS, then looks at the newest articles alone.
    """
    public = filters.apply(Article.objects.published())
    try:
        return Found(_keys(asked, public, most))
    except OperationalError as error:
        if not _timed_out(error):
            raise
    newest = public.newest_first().values("pk")[:WINDOW]
    return Found(_keys(asked, Article.objects.filter(pk__in=newest), most, limited=False), hurried=True)


def _keys(asked: Question, articles: QuerySet, most: int, limited: bool = True) -> list[int]:
    tiers = [tier for tier in TIERS if asked.marked or not tier[1]]
    parts = [
        articles.filter(search=asked.tsquery(titles=titles, exact=exact)).annotate(tier=Value(number))
        .newest_first().values_list("tier", "publish_at", "pk")[:most]
        for number, (titles, exact) in enumerate(tiers)
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        # One process: several would work out every part, where the first ones mostly hold enough.
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL statement_timeout = %s",
                       [settings.SEARCH_MILLISECONDS if limited else 0])  # fmt: skip
        rows = list(parts[0].union(*parts[1:], all=True)[: most * 2])
    # What stands in two parts belongs to the better one.
    return list(dict.fromkeys(key for _, _, key in sorted(rows, key=lambda row: row[0])))[:most]


def _timed_out(error: OperationalError) -> bool:
    return getattr(error.__cause__, "pgcode", None) == "57014"  # query_canceled


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
