"""The words of a text as PostgreSQL keeps them (`tsvector`), cut and folded here and never by its own parser.

A vector holds, of every word:

- the word without its marks, with its places and a weight: title A, lead B, body C, tags and author D;
- the word with its marks, its tone behind it (`vietnamese.tones_last`), so that exact marks can come first;
- both once more behind `=` where the word stands in the title. PostgreSQL's index knows no weights: a word that is
  common in texts and rare in titles would cost a look at every text, where `=word` costs as much as it finds.
"""
import struct
from collections import defaultdict
from collections.abc import Iterable

from news import vietnamese

MAX_POSITIONS = 255  # of one word: PostgreSQL keeps no more
TITLE = "="  # before a word of the title; no word holds it
# A place is a number of 14 bits with its weight in the two above, as PostgreSQL sends and receives it.
_PLACES = {weight: [struct.pack(">H", place) for place in range(bits << 14 | 1, (bits + 1) << 14)]
           for bits, weight in enumerate("DCBA")}  # fmt: skip
_COUNTS = [struct.pack(">xH", count) for count in range(MAX_POSITIONS + 1)]  # behind a word


class Vector:
    """The words of a title, a lead and a body in plain text; `names` are those of tags and of the author."""

    __slots__ = ("marked", "places")

    def __init__(self, title: str, lead: str, body: str, names: Iterable[str] = ()):
        self.places: defaultdict[str, list[bytes]] = defaultdict(list)
        pieces: set[str] = set()
        places, start = self.places, 0
        in_title = vietnamese.pieces(title)
        parts = [("B", vietnamese.pieces(lead)), ("C", vietnamese.pieces(body))]
        for weight, some in [("A", in_title), *parts, *(("D", vietnamese.pieces(name)) for name in names)]:
            found = vietnamese.words_of(some)
            # Words beyond the last position are dropped: no article is that long.
            for word, place in zip(found, _PLACES[weight][start : start + len(found)], strict=False):
                places[word].append(place)
            start += len(found) + 1  # a gap, so that no phrase runs from the title into the lead
            pieces.update(some)
        for place, word in zip(_PLACES["D"], vietnamese.words_of(in_title), strict=False):
            places[TITLE + word].append(place)
        self.marked = vietnamese.marked_of(pieces)
        self.marked.update([TITLE + word for word in vietnamese.marked_of(in_title)])
        self.marked -= places.keys()

    def numbers(self, word: str) -> set[int]:
        """Where a word stands: the numbers of words side by side in one of the parts differ by one."""
        return {int.from_bytes(place) for place in self.places[word]}

    def literal(self) -> str:
        """As text, for a statement's parameter."""
        located = [f"'{word}':{','.join(map(_written, found[:MAX_POSITIONS]))}" for word, found in self.places.items()]
        return " ".join(located + [f"'{word}'" for word in self.marked])

    def binary(self) -> bytes:
        """As PostgreSQL's binary COPY reads it: half the bytes, and a quarter of its time."""
        parts = [struct.pack(">i", len(self.places) + len(self.marked))]
        for word, found in self.places.items():
            if len(found) > MAX_POSITIONS:
                found = found[:MAX_POSITIONS]
            parts += word.encode(), _COUNTS[len(found)]
            parts += found
        for word in self.marked:
            parts += word.encode(), _COUNTS[0]
        return b"".join(parts)


def _written(place: bytes) -> str:
    number = int.from_bytes(place)
    return f"{number & 0x3FFF}{'DCBA'[number >> 14]}"
