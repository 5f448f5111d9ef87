"""Pages of a long list that cost the same wherever the list ends: nothing is ever counted."""
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404

from news.listing import Keys
from news.prepared import Answer

SIZE = 20
Cards = Callable[[list[int]], Answer]
AHEAD = 3  # pages looked ahead, for their links
LAST = 5000  # deeper than this nobody reads: the archive by day leads there


@dataclass(frozen=True)
class ListPage:
    number: int
    keys: list[int]  # of what belongs to it and to those known behind it
    size: int
    cards: QuerySet | Answer | tuple  # in no order

    @property
    def shown(self) -> tuple:
        """All that it was made of, to compare; only where an Answer, or nothing, is listed."""
        return self.number, self.keys, self.cards.rows if self.cards else ()

    @cached_property
    def objects(self) -> list:
        order = {key: place for place, key in enumerate(self.keys)}
        return sorted(self.cards, key=lambda item: order[item.pk])

    @property
    def numbers(self) -> list[int]:
        """Of the pages to link to, this one among them."""
        following = -(-len(self.keys) // self.size)  # this page and those known behind it
        return sorted({1, *range(max(1, self.number - 2), self.number + max(following, 1))})

    @property
    def has_next(self) -> bool:
        return len(self.keys) > self.size

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.has_next else None


def page_of(request, found: QuerySet | Keys, cards: QuerySet | Cards, size: int = SIZE) -> ListPage:
    """The page named by `?trang=`, in two queries; raises Http404 for a number that is none and a page that is empty.

    `found` says what belongs to the list and in which order: a queryset, or a function that gives the keys from one
    place to another. `cards` fetches what is shown of it: a queryset, or a function of the keys.
    """
    number = _number(request.GET.get("trang", "1"))
    start = (number - 1) * size
    # Keys alone, from an index: these, and enough behind them to know which pages follow.
    stop = start + size * (AHEAD + 1)
    keys = found(start, stop) if callable(found) else list(found.values_list("pk", flat=True)[start:stop])
    if not keys and number > 1:
        raise Http404
    here = keys[:size]
    shown = (cards(here) if callable(cards) else cards.filter(pk__in=here)) if here else ()
    return ListPage(number, keys, size, shown)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= LAST):
        raise Http404
    return int(text)
