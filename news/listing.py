"""Which articles stand in a category: those of their own and those that are shown there too, at a bounded cost."""
import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.utils import timezone

from news.models import Article, Category
from news.prepared import Answer, prepared

# One branch for each way into a category, so that an index walks each of them and stops when it has enough.
WAYS = ("category", "also_in")

Keys = Callable[[int, int], list[int]]


def branches(articles: QuerySet, category: Category | int, most: int, *columns: str) -> list[QuerySet]:
    """The newest `most` of `articles` by each way into one category, as rows of `columns`; some may be in both."""
    return [articles.filter(**{way: category}).newest_first().values_list(*columns)[:most] for way in WAYS]


def keys_in(categories: Iterable[int]) -> Keys:
    """Finds from which place to which, newest first, the keys of public articles in any of them; one query."""
    keys = tuple(categories)
    return lambda start, stop: _in.answer(timezone.now(), categories=keys, start=start, stop=stop).column("id")


@prepared
def _in(now: dt.datetime, *, categories: tuple[int, ...], start: int, stop: int):
    public = Article.objects.published(now)
    ways = [public.filter(category=category) for category in categories]
    # Those shown here too, without those that stand here anyway: nothing comes twice, so that what comes in order from
    # each way needs neither to be gathered nor sorted, however deep the page lies.
    too = Article.also_in.through.objects.filter(category__in=categories).values("article")
    ways.append(public.filter(pk__in=too).exclude(category__in=categories))
    first, *others = (way.newest_first().values_list("publish_at", "pk")[:stop] for way in ways)
    return first.union(*others, all=True).order_by("-publish_at", "-pk")[start:stop]


def cards(keys: Iterable[int]) -> Answer:
    """What lists show of those that readers may read now, in no order; one query."""
    return _cards.answer(timezone.now(), list(keys))


@prepared
def _cards(now: dt.datetime, keys: list[int]):
    return Article.objects.published(now).for_cards().filter(pk__any_of=keys)
