from dataclasses import dataclass
from itertools import chain

from django.db.models import Value
from django.shortcuts import render

from news.models import Article, Category
from stats import queries as stats

NEWEST = 12
ABOVE = 4  # of them, at the top of the page: the lead story and the highlights
PER_CATEGORY = 4
MOST_READ = 6
MOST_READ_DAYS = (7, 30)


@dataclass(frozen=True, slots=True)
class Block:
    category: Category
    articles: list[Article]


def home(request):
    """The front page, in six queries whatever its size: keys from indexes first, then every card at once."""
    newest = list(Article.objects.published().newest_first().values_list("pk", flat=True)[:NEWEST])
    by_category = _newest_by_category()
    most_read = {days: [pk for pk, _ in stats.most_viewed(days, MOST_READ)] for days in MOST_READ_DAYS}
    wanted = set(chain(newest, *most_read.values(), *by_category.values()))
    cards = {card.pk: card for card in Article.objects.published().for_cards().filter(pk__in=wanted)}

    def shown(keys):
        return [cards[pk] for pk in keys if pk in cards]

    latest = shown(newest)
    above = set(newest[:ABOVE])
    return render(request, "home.html", {
        "lead": latest[0] if latest else None,
        "highlights": latest[1:ABOVE],
        "latest": latest[ABOVE:],
        "blocks": [Block(category, shown(_besides(above, keys))) for category, keys in by_category.items()],
        # A portal that has just opened has no readers yet: its newest stand in.
        "most_read": [(f"{days} ngày qua", found) for days, keys in most_read.items() if (found := shown(keys))]
        or ([("", latest[:MOST_READ])] if latest else []),
    })  # fmt: skip


def _besides(above, keys):
    """A block's articles without those at the top of the page, unless it has no others."""
    return ([key for key in keys if key not in above] or keys)[:PER_CATEGORY]


def _newest_by_category():
    """{top category: keys of the newest articles in it and below it, newest first}, in the order of the front page."""
    categories = list(Category.objects.all())
    tops = {category.pk: category for category in categories if category.parent_id is None and category.on_home}
    parts = [
        Article.objects.published().filter(category=category).newest_first().annotate(top=Value(top))
        .values_list("top", "pk", "publish_at")[:PER_CATEGORY + ABOVE]
        for category in categories if (top := category.parent_id or category.pk) in tops
    ]  # fmt: skip
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = {top: [] for top in tops}
    for top, pk, _ in sorted(rows, key=lambda row: (row[2], row[1]), reverse=True):
        found[top].append(pk)
    return {tops[top]: keys for top, keys in found.items() if keys}
