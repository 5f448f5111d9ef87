"""Which articles stand in a category: those of their own and those that are shown there too, at a bounded cost."""
from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from news.models import Category

# One branch for each way into a category, so that an index walks each of them and stops when it has enough.
WAYS = ("category", "also_in")

Keys = Callable[[int, int], list[int]]


def branches(articles: QuerySet, category: Category | int, most: int, *columns: str) -> list[QuerySet]:
    """The newest `most` of `articles` by each way into one category, as rows of `columns`; some may be in both."""
    return [articles.filter(**{way: category}).newest_first().values_list(*columns)[:most] for way in WAYS]


def keys_in(articles: QuerySet, categories: Iterable[Category]) -> Keys:
    """Finds from which place to which, newest first, the keys of `articles` in any of `categories`; one query."""

    def keys(start: int, stop: int) -> list[int]:
        first, *others = (part for category in categories
                          for part in branches(articles, category, stop, "publish_at", "pk"))  # fmt: skip
        # What stands in two of them is one article: a plain UNION leaves each row once.
        rows = first.union(*others).order_by("-publish_at", "-pk")[start:stop]
        return [pk for _, pk in rows]

    return keys
