"""`Có phải bạn tìm`, and what is suggested while somebody types: both from what the site itself says."""
import re
from collections import Counter

from django.urls import reverse

from news.models import Article, Category, Tag
from news.search import Question, question
from news.vietnamese import fold, nfc, slugify

RECENT = 1_000  # newest titles that are looked at: a bounded cost over any archive
WORDS = 6  # of a question that are compared with what the site says
SUGGESTED = 8
SHORTEST = 2  # characters before anything is suggested
_WORD = re.compile(r"[^\W_]+")


def better(query: str, asked: Question) -> str:
    """The query with each word that the site does not know replaced by the nearest one that it does; else nothing."""
    letters = {word for word in asked.words if word.isalpha() and len(word) > 2}
    if not letters:
        return ""  # another number is another question, and any two letters are near any others
    known = _known_words()
    forms: dict[str, str] = {}
    for word in sorted(letters - known.keys())[:WORDS]:
        near = _nearest(word, known)
        if near:
            forms[word] = known[near].most_common(1)[0][0]
    changed = _WORD.sub(lambda match: forms.get(fold(match[0]), match[0]), nfc(query))
    return changed if forms and changed != query else ""


def suggestions(text: str) -> list[dict[str, str]]:
    """What the beginning of a question may mean: categories, tags and the newest titles, with their addresses."""
    asked = question(text)
    start = slugify(text, default="")
    if asked is None or len(start) < SHORTEST:
        return []
    found = [
        {"text": row.name, "kind": str(row._meta.verbose_name).capitalize(), "address": row.get_absolute_url()}
        for model in (Category, Tag)
        for row in model.objects.filter(slug__startswith=start).only("name", "slug").order_by("sort_key")[:3]
    ]
    newest = Article.objects.published().newest_first().values("pk")[:RECENT]
    titles = Article.objects.filter(pk__in=newest, search=asked.tsquery(prefix=True, titles=True))
    for article in titles.newest_first().only("title", "slug")[: SUGGESTED - len(found)]:
        address = reverse("article", args=[article.slug, article.pk])
        found.append({"text": article.title, "kind": "Bài viết", "address": address})
    return found


def _known_words() -> dict[str, Counter]:
    """{folded word: how often it is written in which way} of the newest titles, the tags and the categories."""
    texts = list(Article.objects.published().newest_first().values_list("title", flat=True)[:RECENT])
    texts += Tag.objects.values_list("name", flat=True)[:RECENT]
    texts += Category.objects.values_list("name", flat=True)
    known: dict[str, Counter] = {}
    # Counted as they stand between spaces first: the same few syllables come again and again.
    for piece, count in Counter(" ".join(texts).lower().split()).items():
        for word in _WORD.findall(piece):
            known.setdefault(fold(word), Counter())[word] += count
    return known


def _nearest(word: str, known: dict[str, Counter]) -> str | None:
    """The known word that is fewest slips away; of those the one that begins alike, then the commonest.

    One slip in a short word, two in a long one.
    """
    most = 1 if len(word) < 6 else 2
    letters = set(word)
    near = [(slips, -_alike(word, other), -known[other].total(), other) for other in known
            if abs(len(other) - len(word)) <= most and len(letters.symmetric_difference(other)) <= 2 * most
            and other.isalpha() and (slips := distance(word, other, most)) <= most]  # fmt: skip
    return min(near)[-1] if near else None


def _alike(a: str, b: str) -> int:
    """How many letters they begin with that are the same."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def distance(a: str, b: str, most: int) -> int:
    """Letters to insert, drop, change or swap with a neighbour to make `b` of `a`; `most` + 1 for whatever is more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        line = [i]
        for j, other in enumerate(b, 1):
            cost = min(row[j] + 1, line[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, row = row, line
    return min(row[-1], most + 1)
