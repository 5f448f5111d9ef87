"""Words looked for and put in the place of others, in plain text and between the tags of HTML. Nothing here writes.

A find is read as words: any white space between them is the same, and a hit begins where a word begins. In HTML a hit
may run on through bold type or a link, never from one block into the next; tags and attributes are never looked at, and
`&amp;` is the sign that it stands for.
"""
import html as entities
import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape

from news.blocks import INLINE, TAG
from news.vietnamese import nfc, words

CONTEXT = 50  # characters shown on each side of a hit
_SPACES = " \t\r\n\xa0"
_SPACE = f"[{_SPACES}]+"
_LETTER = r"[\w\u0300-\u036f]"  # with marks that no letter has taken in
_MARK = r"[\u0300-\u036f]"
_ENTITY = re.compile(r"(&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_BARRIER = "\0"  # between blocks; no find holds it


@dataclass(frozen=True, slots=True)
class Search:
    find: str
    replace: str
    match_case: bool = True
    whole_words: bool = True

    @property
    def pattern(self) -> re.Pattern:
        return _pattern(" ".join(nfc(self.find).split()), self.match_case, self.whole_words)

    @property
    def words(self) -> list[str]:
        """The folded words that every text with a hit holds, the last one perhaps only as a beginning."""
        return words(self.find)


@dataclass(frozen=True, slots=True)
class Hit:
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text without its markup, and for each stretch of it where that stands in the source."""

    text: str
    starts: list[int]  # in the flat text
    spans: list[tuple[int, int, bool]]  # in the source; True for an entity, which goes as a whole


def hits(search: Search, value: str, html: bool = False) -> list[Hit]:
    """Every place that would be changed, in order, with the words around it."""
    flat = _flat(value, html)
    return [_shown(flat.text, *span) for span in _spans(search, flat.text)]


def replace(search: Search, value: str, html: bool = False, skip: Collection[int] = ()) -> tuple[str, int]:
    """The text with its hits replaced, and how many were; `skip` holds the places, counted from 0, that stay."""
    flat = _flat(value, html)
    new = escape(nfc(search.replace)) if html else nfc(search.replace)
    edits = []
    count = 0
    for place, (start, end) in enumerate(_spans(search, flat.text)):
        if place not in skip:
            count += 1
            edits += _edits(flat, start, end, new)
    parts, done = [], 0
    for start, end, text in edits:
        parts += [value[done:start], text]
        done = end
    return "".join([*parts, value[done:]]), count


@lru_cache(maxsize=64)
def _pattern(find: str, match_case: bool, whole_words: bool) -> re.Pattern:
    left = f"(?<!{_LETTER})" if re.match(_LETTER, find) else ""
    right = f"(?!{_LETTER})" if whole_words and re.search(f"{_LETTER}$", find) else f"(?!{_MARK})"
    middle = _SPACE.join(re.escape(word) for word in find.split())
    return re.compile(left + middle + right, 0 if match_case else re.IGNORECASE)


def _spans(search: Search, text: str) -> list[tuple[int, int]]:
    new = nfc(search.replace)
    return [match.span() if new else _with_a_space(text, *match.span())
            for match in search.pattern.finditer(text) if match[0] != new]  # fmt: skip


def _with_a_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Words that are taken out take one of the spaces around them along."""
    first = start == 0 or text[start - 1] in _SPACES + _BARRIER
    last = end == len(text) or not re.match(_LETTER, text[end])
    if first and end < len(text) and text[end] in _SPACES:
        return start, end + 1
    if last and start and text[start - 1] in _SPACES:
        return start - 1, end
    return start, end


def _shown(text: str, start: int, end: int) -> Hit:
    before = text[max(0, start - CONTEXT) : start].rpartition(_BARRIER)[2]
    after = text[end : end + CONTEXT].partition(_BARRIER)[0]
    dots = ["…" if len(part) == CONTEXT else "" for part in (before, after)]
    return Hit(dots[0] + before, text[start:end], after + dots[1])


def _flat(value: str, html: bool) -> _Flat:
    if not html:
        return _Flat(value, [0], [(0, len(value), False)])
    parts: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int, bool]] = []
    length = place = 0
    for number, piece in enumerate(TAG.split(value)):
        if number % 2:
            name = _NAME.match(piece)
            if name is None or name[1] not in INLINE:
                parts.append(_BARRIER)
                length += 1
        else:
            at = place
            for order, stretch in enumerate(_ENTITY.split(piece) if "&" in piece else [piece]):
                if stretch:
                    text = entities.unescape(stretch) if order % 2 else stretch
                    starts.append(length)
                    spans.append((at, at + len(stretch), bool(order % 2)))
                    parts.append(text)
                    length += len(text)
                    at += len(stretch)
        place += len(piece)
    return _Flat("".join(parts), starts, spans)


def _edits(flat: _Flat, start: int, end: int, new: str):
    """(start, end, text) in the source: the new words where the hit begins, nothing where it goes on."""
    number = bisect_right(flat.starts, start) - 1
    while number < len(flat.starts) and flat.starts[number] < end:
        at, upto, whole = flat.spans[number]
        if not whole:
            offset = at - flat.starts[number]
            at, upto = max(at, start + offset), min(upto, end + offset)
        yield at, upto, new
        new = ""
        number += 1
