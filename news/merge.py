"""Two versions of one text made into one where their writers changed different places; no guess where they met."""
import re
from collections.abc import Callable, Sequence

from news.alignment import Hunk, hunks
from news.blocks import INLINE, TAG
from news.vietnamese import nfc

# Tags whose children can be merged one by one when two people changed the same one.
_HOLDERS = {"ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "blockquote"}
_NEVER_CLOSED = {"img", "hr", "br"}
_WORDS = re.compile(r"\s+|[^\s]+")
_WHOLE = re.compile(r"(<([a-z][a-z0-9]*)[^>]*>)(.*)(</\2>)", re.S)


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """Plain text with the changes of both, or None where they changed the same words or neighbouring ones."""
    base, mine, theirs = nfc(base), nfc(mine), nfc(theirs)
    merged = _merged(*(_WORDS.findall(text) for text in (base, mine, theirs)), apart=_a_word_between)
    return None if merged is None else "".join(merged)


def merge_html(base: str, mine: str, theirs: str) -> str | None:
    """Sanitised HTML with the changes of both, or None where they changed the same block.

    Blocks are paragraphs, headings, items of lists, cells of tables. Every block that either of them added is there.
    """
    base, mine, theirs = nfc(base), nfc(mine), nfc(theirs)
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    merged = _merged(*(_units(html) for html in (base, mine, theirs)), apart=_any, together=_inside)
    return None if merged is None else "\n".join(merged)


def _merged(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str],
    apart: Callable[[Sequence[str]], bool], together: Callable[[str, str, str], str | None] | None = None,
) -> list[str] | None:  # fmt: skip
    """Both rows of changes applied to `base`; None where two of them meet.

    `apart` is asked about what lies between two changes; `together` makes one element of two new ones, if it can.
    """
    found = sorted(
        [(hunk, mine[hunk.new_start : hunk.new_end], 0) for hunk in hunks(base, mine)]
        + [(hunk, theirs[hunk.new_start : hunk.new_end], 1) for hunk in hunks(base, theirs)],
        key=lambda change: (change[0].start, change[0].end),
    )
    merged: list[str] = []
    done = 0
    last: tuple[Hunk, Sequence[str], int] | None = None
    for change in found:
        hunk, new, who = change
        if last is not None and last[2] != who:
            if (hunk.start, hunk.end) == (last[0].start, last[0].end):
                if list(new) != list(last[1]):
                    one_each = hunk.end - hunk.start == len(new) == len(last[1]) == 1
                    both = together(base[hunk.start], last[1][0], new[0]) if together and one_each else None
                    if both is None:
                        return None
                    merged[-1:] = [both]
                continue
            if hunk.start < last[0].end or not apart(base[last[0].end : hunk.start]):
                return None
        merged += base[done : hunk.start]
        merged += new
        done, last = hunk.end, change
    return [*merged, *base[done:]]


def _a_word_between(words: Sequence[str]) -> bool:
    """Two words side by side make sense together: changed by two people, they may not."""
    return any(not word.isspace() for word in words)


def _any(blocks: Sequence[str]) -> bool:
    return True


def _inside(base: str, mine: str, theirs: str) -> str | None:
    """A list, a table or a row that both changed, its children merged one by one."""
    found = [_WHOLE.fullmatch(html) for html in (base, mine, theirs)]
    if not all(found) or len({match[1] for match in found}) > 1 or found[0][2] not in _HOLDERS:
        return None
    merged = _merged(*(_units(match[3]) for match in found), apart=_any, together=_inside)
    return None if merged is None else found[0][1] + "\n".join(merged) + found[0][4]


def _units(html: str) -> list[str]:
    """The outermost elements, each as it is written; words and inline tags between them make one unit."""
    units, current, depth = [], [], 0

    def close() -> None:
        if unit := "".join(current).strip():
            units.append(unit)
        current.clear()

    for place, piece in enumerate(TAG.split(html)):
        name = re.match(r"</?([a-z0-9]*)", piece)[1] if place % 2 else ""
        closing = piece.startswith("</") if name else False
        single = name in _NEVER_CLOSED
        if not name or name in INLINE or name == "br":
            current.append(piece)
            continue
        if depth == 0 and not closing:
            close()
        current.append(piece)
        depth = max(0, depth + (0 if single else -1 if closing else 1))
        if depth == 0:
            close()
    close()
    return units
