"""The words of a question, and how it is asked: cut and folded as those of a text are (news.vector)."""
import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from news.vector import TITLE
from news.vietnamese import marked_words, nfc, without_marks, words

MAX_QUERY = 200  # characters; the rest of a longer query is ignored
MAX_WORDS = 20
_PARTS = re.compile(r'(?<!\S)(-?)"([^"]*)"|(\S+)')


class ReadyQuery(SearchQuery):
    """A tsquery whose words are taken as they are: even `to_tsquery` cuts them once more, and drops the `=`."""

    def __init__(self, text: str):
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(self, compiler, connection, function=None, template=None):
        return "%s::tsquery", [self.text]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, cut into terms: each one word, or several that follow one another."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...]
    marked: dict[str, set[str]]  # of the wanted words that were typed with marks: the word without, the words with

    @property
    def words(self) -> set[str]:
        return {word for term in self.wanted for word in term}

    def tsquery(self, prefix: bool = False, titles: bool = False, exact: bool = False) -> SearchQuery:
        """Every wanted term and none of the unwanted: in titles alone or anywhere, with the marks or without.

        With `prefix` the last word may be the beginning of one, as while somebody types.
        """
        before = TITLE if titles else ""
        # A word with its marks says it all, unless its place matters too: the fewer the better.
        plain = [term for term in self.wanted if not (exact and len(term) == 1 and term[0] in self.marked)]
        parts = [_term(term, before) for term in plain]
        if prefix:
            parts[-1] += ":*"
        if exact:
            parts += [f"'{before}{word}'" for forms in self.marked.values() for word in sorted(forms)]
        # Where a title is asked for, what is unwanted is unwanted anywhere.
        parts += [f"!({_term(term)})" for term in self.unwanted]
        return ReadyQuery(" & ".join(f"({part})" for part in parts))


def question(text: str) -> Question | None:
    """The question in `text`; None where it wants no word.

    What is quoted or joined (2016-2021, 19,39%, 01/CT-TTg) is a phrase; what follows a minus is unwanted.
    """
    terms: dict[bool, list[tuple[str, ...]]] = {True: [], False: []}
    marked: dict[str, set[str]] = {}
    left = MAX_WORDS
    for minus, quoted, single in _PARTS.findall(nfc(text[:MAX_QUERY])):
        wanted = not (minus or single.startswith("-"))
        found = tuple(words(quoted or single)[:left])
        if not found:
            continue
        left -= len(found)
        terms[wanted].append(found)
        if wanted:
            for word in marked_words(quoted or single):
                if (folded := without_marks(word)) in found:
                    marked.setdefault(folded, set()).add(word)
    if not terms[True]:
        return None
    return Question(tuple(dict.fromkeys(terms[True])), tuple(dict.fromkeys(terms[False])), marked)


def matching(queryset: QuerySet, text: str, prefix: bool = False) -> QuerySet:
    """The articles of `queryset` that hold every word of `text`, whatever its marks; none for a text without words."""
    asked = question(text)
    if asked is None:
        return queryset.none()
    return queryset.filter(search=asked.tsquery(prefix=prefix and not text.endswith('"')))


def _term(term: tuple[str, ...], before: str = "") -> str:
    return " <-> ".join(f"'{before}{word}'" for word in term)
