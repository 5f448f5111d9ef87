"""Search without marks: words are cut and folded here, never by PostgreSQL's parser (see news.vietnamese)."""
import re
from collections import defaultdict
from itertools import islice

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from news.vietnamese import words

MAX_QUERY = 200  # characters; the rest of a longer query is ignored
MAX_WORDS = 20
MAX_POSITIONS = 255  # of one word: PostgreSQL keeps no more
_PLACES = {weight: [f"{number}{weight}" for number in range(1, 16384)] for weight in "ABC"}
_PARTS = re.compile(r'"([^"]*)"|(\S+)')


def vector(title: str, lead: str, body: str) -> str:
    """A tsvector literal of a text's folded words: title with weight A, lead B, body C."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    start = 0
    for text, weight in ((title, "A"), (lead, "B"), (body, "C")):
        found = words(text)
        # Words beyond the last position are dropped: no article is that long.
        for word, place in zip(found, islice(_PLACES[weight], start, None), strict=False):
            places[word].append(place)
        start += len(found) + 1  # a gap, so that no phrase runs from the title into the lead
    return " ".join(f"'{word}':{','.join(found[:MAX_POSITIONS])}" for word, found in places.items())


def tsquery(text: str, prefix: bool = False, weight: str = "") -> SearchQuery | None:
    """Every word of `text`; what is quoted or joined (2016-2021, 19,39%) as a phrase. None where no word is left.

    With `prefix` the last word may be the beginning of one, as while somebody types; `weight` "A" looks in titles only.
    """
    label = f":{weight}" if weight else ""
    terms = []
    for quoted, single in _PARTS.findall(text[:MAX_QUERY]):
        found = words(quoted or single)[: MAX_WORDS - len(terms)]
        if found:
            terms.append(" <-> ".join(f"'{word}'{label}" for word in found))
    if not terms:
        return None
    if prefix and not text.endswith('"'):
        terms[-1] += "*" if weight else ":*"
    return SearchQuery(" & ".join(f"({term})" for term in terms), search_type="raw", config="simple")


def matching(queryset: QuerySet, text: str, prefix: bool = False) -> QuerySet:
    """The articles of `queryset` that hold every word of `text`, whatever its marks; none for a text without words."""
    query = tsquery(text, prefix)
    return queryset.none() if query is None else queryset.filter(search=query)


def titles_first(queryset: QuerySet, text: str) -> QuerySet:
    """The articles matching `text`, those that have it in the title before the others, each newest first."""
    in_title = ExpressionWrapper(Q(search=tsquery(text, weight="A")), output_field=BooleanField())
    return matching(queryset, text).annotate(in_title=in_title).order_by("-in_title", "-publish_at", "-pk")
