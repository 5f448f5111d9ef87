"""The list of contents of a rendered text, from the anchors that rendering gave its headings."""
import html
import re
from typing import NamedTuple

LEAST = 4  # headings; what has fewer is seen at a glance

_HEADING = re.compile(r'<h([234]) id="(muc-[^"]+)">(.*?)</h\1>', re.S)
_UNSAID = re.compile(r"<sup\b.*?</sup>|<[^>]*>", re.S)


class Heading(NamedTuple):
    depth: int  # 0 for the text's highest level
    anchor: str
    words: str


def contents(rendered: str) -> list[Heading]:
    """The headings in order, or none where there are fewer than LEAST."""
    found = [(int(level), anchor, html.unescape(" ".join(_UNSAID.sub("", inner).split())))
             for level, anchor, inner in _HEADING.findall(rendered)]  # fmt: skip
    if len(found) < LEAST:
        return []
    highest = min(level for level, _, _ in found)
    return [Heading(level - highest, anchor, words) for level, anchor, words in found]
