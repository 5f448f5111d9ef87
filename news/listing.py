"""Which articles stand in a list, at a cost that neither the list's length nor the archive's changes."""
import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from news.models import AlsoIn, Article, Category, Chosen, Tag, Tagged, Topic
from news.prepared import Answer, prepared

Keys = Callable[[int, int], list[int]]
ROW = ("publish_at", "key")  # of a list: what orders it, and an article's key


def branches(now: dt.datetime, category: Category | int, most: int) -> list[QuerySet]:
    """Rows of the newest `most` public articles by each way into one category, so that an index walks each of them and
    stops when it has enough; some may be in both."""
    own, too = Article.objects.published(now).annotate(key=F("pk")), AlsoIn.objects.published(now)
    ways = [own, too.annotate(key=F("article"))]
    return [way.filter(category=category).newest_first().values_list(*ROW)[:most] for way in ways]


def keys_in(categories: Iterable[int]) -> Keys:
    """Finds from which place to which, newest first, the keys of public articles in any of them; one query."""
    keys = tuple(categories)
    return lambda start, stop: _keys(_in.answer(timezone.now(), categories=keys, start=start, stop=stop))


def keys_tagged(tag: Tag) -> Keys:
    """The same for those with a tag."""
    return lambda start, stop: _keys(_tagged.answer(timezone.now(), tag.pk, start=start, stop=stop))


def keys_of(topic: Topic) -> Keys:
    """The same for those of a topic."""
    return lambda start, stop: _keys(
        _of_topic.answer(timezone.now(), topic.pk, topic.tag_id or 0, start=start, stop=stop)
    )


def _keys(answer: Answer) -> list[int]:
    return [key for _, key in answer.rows]


@prepared
def _in(now: dt.datetime, *, categories: tuple[int, ...], start: int, stop: int):
    ways = [Article.objects.published(now).filter(category=category).annotate(key=F("pk")) for category in categories]
    for category in categories:
        # Those shown here too, without those that another way leads to: nothing comes twice, so that what comes in
        # order from each way needs neither to be gathered nor sorted, however deep the page lies.
        too = AlsoIn.objects.published(now).filter(category=category).exclude(article__category__in=categories)
        if others := [other for other in categories if other < category]:
            too = too.exclude(Exists(AlsoIn.objects.filter(article=OuterRef("article"), category__in=others)))
        ways.append(too.annotate(key=F("article")))
    return _merged(ways, start, stop)


@prepared
def _tagged(now: dt.datetime, tag: int, *, start: int, stop: int):
    return _merged([Tagged.objects.published(now).filter(tag=tag).annotate(key=F("article"))], start, stop)


@prepared
def _of_topic(now: dt.datetime, topic: int, tag: int, *, start: int, stop: int):
    tagged = Tagged.objects.published(now).filter(tag=tag)
    chosen = Chosen.objects.published(now).filter(topic=topic)
    chosen = chosen.exclude(Exists(Tagged.objects.filter(tag=tag, article=OuterRef("article"))))
    return _merged([way.annotate(key=F("article")) for way in (tagged, chosen)], start, stop)


def _merged(ways: list[QuerySet], start: int, stop: int) -> QuerySet:
    """Rows of the newest of all, from one place to another."""
    first, *others = (way.newest_first().values_list(*ROW)[:stop] for way in ways)
    return (first.union(*others, all=True).order_by("-publish_at", "-key") if others else first)[start:stop]


def cards(keys: Iterable[int]) -> Answer:
    """What lists show of those that readers may read now, in no order; one query."""
    return _cards.answer(timezone.now(), list(keys))


@prepared
def _cards(now: dt.datetime, keys: list[int]):
    return Article.objects.published(now).for_cards().filter(pk__any_of=keys)
