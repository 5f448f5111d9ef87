from dataclasses import dataclass

from django.shortcuts import render

from news.models import Article, Category
from stats import queries as stats

NEWEST = 12
PER_CATEGORY = 4
MOST_READ = 6
MOST_READ_DAYS = 30


@dataclass(frozen=True, slots=True)
class Block:
    category: Category
    articles: list[Article]


def home(request):
    """The front page, in five queries whatever its size: keys from indexes first, then every card at once."""
    newest = list(Article.objects.published().newest_first().values_list("pk", flat=True)[:NEWEST])
    categories = list(Category.objects.filter(on_home=True))
    by_category = _newest_by_category(categories)
    most_read = [pk for pk, _ in stats.most_viewed(MOST_READ_DAYS, MOST_READ)]
    wanted = {*newest, *most_read, *(pk for keys in by_category.values() for pk in keys)}
    cards = {card.pk: card for card in Article.objects.published().for_cards().filter(pk__in=wanted)}

    def shown(keys):
        return [cards[pk] for pk in keys if pk in cards]

    latest = shown(newest)
    return render(request, "home.html", {
        "lead": latest[0] if latest else None,
        "highlights": latest[1:4],
        "latest": latest[4:],
        "blocks": [Block(category, shown(by_category[category.pk])) for category in categories
                   if by_category.get(category.pk)],
        # A portal that has just opened has no readers yet: its newest stand in.
        "most_read": shown(most_read) or latest[:MOST_READ],
    })  # fmt: skip


def _newest_by_category(categories):
    """Keys of the newest articles of each category and those below it, in one query."""
    if not categories:
        return {}
    parts = [
        Article.objects.published().filter(category=category).newest_first().values_list("category", "pk", "publish_at")
        [:PER_CATEGORY]
        for category in categories
    ]  # fmt: skip
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = {}
    for category, pk, _ in sorted(rows, key=lambda row: (row[2], row[1]), reverse=True):
        found.setdefault(category, []).append(pk)
    return found
