"""Pages of a long list that cost the same wherever the list ends: nothing is ever counted."""
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from news.listing import Keys

SIZE = 20
Cards = Callable[[list[int]], list]
AHEAD = 3  # pages looked ahead, for their links
LAST = 5000  # deeper than this nobody reads: the archive by day leads there


@dataclass(frozen=True, slots=True)
class ListPage:
    number: int
    objects: list
    numbers: list[int]  # of the pages to link to, this one among them
    has_next: bool

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
    order = {key: place for place, key in enumerate(here)}
    shown = (cards(here) if callable(cards) else cards.filter(pk__in=here)) if here else []
    objects = sorted(shown, key=lambda item: order[item.pk])
    following = -(-len(keys) // size)  # this page and those known behind it
    numbers = sorted({1, *range(max(1, number - 2), number + max(following, 1))})
    return ListPage(number, objects, numbers, has_next=len(keys) > size)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= LAST):
        raise Http404
    return int(text)
