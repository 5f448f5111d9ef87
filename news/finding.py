"""Finds articles for a question, in a bounded time: the best first, and never more than anybody pages through."""
import datetime as dt
import time
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db import OperationalError, connection, transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from news.models import Article
from news.search import Question

QUERY_CANCELED = "57014"
MOST = 400  # results shown of one question: narrower dates lead to the others
# Of a question that takes too long among all articles, only these newest are looked at: the cost of that is bounded.
WINDOW = 1_000
# Fewer than these among them: the words are rarer than PostgreSQL guesses of words that it has no figures of (1 of 200
# texts), by which it would walk from the newest article on, and through a million before it finds that there is none.
RARE = WINDOW // 200
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

    What takes more than settings.SEARCH_MILLISECONDS in all is asked of the newest articles alone.
    """
    public = filters.apply(Article.objects.published())
    queries = [asked.tsquery(titles=titles, exact=exact) for titles, exact in TIERS if asked.marked or not exact]
    deadline = time.monotonic() + settings.SEARCH_MILLISECONDS / 1000
    # Common words are all over the newest articles: looking at these costs little, and an index of words much.
    window = list(public.newest_first().values_list("pk", flat=True)[:WINDOW])
    ranked, worst = _ranked(queries, window, most)
    if len(ranked) <= most and len(window) == WINDOW:
        try:
            newest = _newest(queries[-1:], public, most + 1, deadline, len(ranked) < RARE)
        except _TooLongError:
            return Found(ranked[:most], hurried=True)
        ranked, worst = _ranked(queries, newest, most)
    if len(ranked) <= most or worst == 0:
        return Found(ranked[:most])
    # More than are wanted: the best may be older than the newest. Where all of these have the exact marks, only titles.
    better = queries[:1] if asked.marked and worst == 1 else queries[:-1]
    with suppress(_TooLongError):  # the newest are an answer too
        ranked = _newest(better, public, most, deadline) + ranked
    return Found(list(dict.fromkeys(ranked))[:most])


class _TooLongError(Exception):
    """PostgreSQL was stopped, because readers do not wait that long."""


def _newest(
    queries: list[SearchQuery], articles: QuerySet, most: int, deadline: float, rare: bool = False
) -> list[int]:
    """The newest matches of the first query, then those of the next; raises _TooLongError.

    What is `rare` is looked up in the index of words, whatever PostgreSQL thinks of it.
    """
    parts = [
        articles.filter(search=query).annotate(tier=Value(tier)).newest_first()
        .values_list("tier", "publish_at", "pk")[:most]
        for tier, query in enumerate(queries)
    ]  # fmt: skip
    rows = parts[0].union(*parts[1:], all=True)[:most] if len(parts) > 1 else parts[0]
    left = max(1, int((deadline - time.monotonic()) * 1000))
    # In one process: several would work out every part, where the first ones mostly hold enough.
    limits = "SET LOCAL statement_timeout = %s; SET LOCAL max_parallel_workers_per_gather = 0"
    if rare:
        limits += "; SET LOCAL enable_indexscan = off"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(limits, [left])
            return [key for _, _, key in sorted(rows, key=lambda row: row[0])]
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) == QUERY_CANCELED:
            raise _TooLongError from None
        raise


def _ranked(queries: list[SearchQuery], keys: list[int], most: int) -> tuple[list[int], int]:
    """The newest of the articles that match, up to `most` + 1, best first, and the last tier that any of them is in."""
    last = len(queries) - 1
    tier = Case(*(When(search=query, then=Value(tier)) for tier, query in enumerate(queries[:-1])), default=Value(last))
    found = Article.objects.filter(pk__in=keys, search=queries[-1]).annotate(tier=tier)
    with transaction.atomic(), connection.cursor() as cursor:
        # Row by row, for which there are few enough: the index of words may be what takes too long.
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        rows = list(found.order_by().values_list("tier", "publish_at", "pk"))
    # Ordered here: asked for the newest first, PostgreSQL may walk all that are newer than these.
    rows = sorted(sorted(rows, key=lambda row: row[1:], reverse=True)[: most + 1], key=lambda row: row[0])
    return [key for _, _, key in rows], max((tier for tier, _, _ in rows), default=0)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
