import datetime as dt
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from django.db.models import Value
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from news import drawn, front, listing
from news.models import Article, Category
from news.prepared import prepared
from news.views.pages import paths_by_language
from portal import site
from stats import queries as stats

NEWEST = 12  # at the top of the page and below it, together
ABOVE = len(front.PLACES)  # at the top: the lead story and the highlights
PER_CATEGORY = 4
MOST_READ = 6
MOST_READ_DAYS = (7, 30)


@dataclass(frozen=True, slots=True)
class Block:
    category: Category
    articles: list[Article]


def home(request):
    """The front page, in six queries whatever its size: keys from indexes first, then every card at once."""
    top, rest = front.arrange(*front.newest_and_placed(NEWEST))
    categories = _categories.answer()
    by_category = _newest_by_category(zip(*map(categories.column, ("id", "parent_id", "on_home")), strict=True), top)
    most_read = {days: [pk for pk, _ in stats.most_viewed(days, MOST_READ)] for days in MOST_READ_DAYS}
    cards = listing.cards(set(chain(top, rest, *most_read.values(), *by_category.values())))

    def draw(more):
        keys = _Keys(top, rest, by_category, most_read)
        return render(request, "home.html", {**_context(keys, categories, cards), **more})

    return drawn.page(request, (top, rest, categories.rows, by_category, most_read, cards.rows), draw)


class _Keys(NamedTuple):
    top: list[int]
    rest: list[int]
    by_category: dict[int, list[int]]
    most_read: dict[int, list[int]]


def _context(keys, categories, cards):
    found = {card.pk: card for card in cards}
    named = {category.pk: category for category in categories}

    def shown(some):
        return [found[pk] for pk in some if pk in found]

    above, latest = shown(keys.top), shown(keys.rest)[: NEWEST - ABOVE]
    in_english = site.current().english
    return {
        "languages": paths_by_language({"vi": reverse("home"), "en": reverse("english")} if in_english else {}),
        "lead": above[0] if above else None,
        "highlights": above[1:],
        "latest": latest,
        "blocks": [Block(named[top], shown(some)) for top, some in keys.by_category.items()],
        # A portal that has just opened has no readers yet: its newest stand in.
        "most_read": [(f"{days} ngày qua", read) for days, some in keys.most_read.items() if (read := shown(some))]
        or ([("", (above + latest)[:MOST_READ])] if above else []),
    }


def _besides(above, keys):
    """A block's articles without those at the top of the page, unless it has no others."""
    return ([key for key in keys if key not in above] or keys)[:PER_CATEGORY]


@prepared
def _categories():
    return Category.objects.all()


def _newest_by_category(categories, above):
    """{top category: keys of what its block shows}, in the order of the front page: the newest in it and below it.

    `categories`: (key, key of the one above, whether the front page shows it) of all of them, in their order; `above`:
    the keys at the top of the page.
    """
    categories = list(categories)
    tops = [pk for pk, parent, on_home in categories if parent is None and on_home]
    shown = tuple((top, pk) for pk, parent, _ in categories if (top := parent or pk) in tops)
    found = {top: [] for top in tops}
    rows = _newest_in.answer(timezone.now(), shown=shown).rows if shown else []
    for top, pk, _ in sorted(rows, key=lambda row: (row[2], row[1]), reverse=True):
        found[top].append(pk)
    return {top: _besides(above, keys) for top, keys in found.items() if keys}


@prepared
def _newest_in(now: dt.datetime, *, shown: tuple[tuple[int, int], ...]):
    """`shown`: (top category, it or one below it) by their keys."""
    first, *others = (
        part.annotate(top=Value(top)).values_list("top", "key", "publish_at")
        for top, category in shown for part in listing.branches(now, category, PER_CATEGORY + ABOVE)
    )  # fmt: skip
    # A plain UNION leaves an article once that stands in a category by two ways.
    return first.union(*others)
