"""Abbreviations that readers can have spelled out: the list as it stands, and how a text is searched for them."""
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.apps import apps
from django.utils.html import escape

Table = tuple[tuple[str, str], ...]  # (short, long), longest short form first

_given: Table | None = None


def current() -> Table:
    """The portal's list: one query, none inside `held` nor where no database is at hand."""
    if _given is not None:
        return _given
    return stored() if apps.ready else ()


def stored() -> Table:
    model = apps.get_model("news", "Abbreviation")
    return arranged(model.objects.filter(active=True).values_list("short", "long"))


def arranged(pairs) -> Table:
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def use(table: Table | None) -> None:
    """Makes `current` answer with this, in a process that works for another one."""
    global _given
    _given = table


@contextmanager
def held() -> Iterator[Table]:
    """Reads the list once for much work."""
    before = _given
    use(current())
    try:
        yield _given or ()
    finally:
        use(before)


class Finder:
    """Finds the abbreviations of one list."""

    def __init__(self, table: Table):
        self.long = dict(table)
        shorts = "|".join(re.escape(escape(short)) for short, _ in table)
        # What stands before is looked at afterwards: a search for plain letters alone is three times as fast.
        self.pattern = re.compile(rf"(?:{shorts})(?!\w)") if table else None

    @staticmethod
    @lru_cache(maxsize=4)
    def of(table: Table) -> "Finder":
        return Finder(table)

    def marked(self, words: str, met: set[str]) -> str:
        """Escaped words with `<abbr>` around the first of each abbreviation that is not in `met` yet."""
        if self.pattern is None:
            return words
        return self.pattern.sub(self._marker(met), words)

    def _marker(self, met: set[str]) -> Callable[[re.Match], str]:
        def mark(match: re.Match) -> str:
            short = match[0]
            before = match.string[match.start() - 1] if match.start() else " "
            if short in met or before.isalnum() or before in "_&":
                return short
            met.add(short)
            return f'<abbr title="{escape(self.long[_unescaped(short)])}">{short}</abbr>'

        return mark


def _unescaped(short: str) -> str:
    return short.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
