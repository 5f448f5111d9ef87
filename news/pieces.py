"""Words before and after as pieces that a reader follows: kept, added, removed, or set in another way."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from news.alignment import Hunk
from news.blocks import BREAK, link, style_name

AROUND = 25  # unchanged words shown on each side of a change in a long block


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row with one fate; `notes` tell what is no word: a link's address, bold type gone."""

    kind: Literal["same", "added", "removed", "restyled", "skipped"]
    text: str
    notes: tuple[str, ...] = ()
    count: int = 0  # words left out, of a skipped piece


class Settings:
    """Words with the tags that set them, before and after, cut into pieces."""

    def __init__(self, old: Sequence[str], old_marks: Sequence[tuple], new: Sequence[str], new_marks: Sequence[tuple]):
        self.old, self.old_marks, self.new, self.new_marks = old, old_marks, new, new_marks

    def between(self, found: list[Hunk]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        i = j = 0
        found = _joined(found)
        for place, hunk in enumerate(found):
            pieces += self._kept(i, hunk.start, j, after_change=place > 0, before_change=True)
            pieces += self._fate("removed", self.old, self.old_marks, hunk.start, hunk.end)
            pieces += self._fate("added", self.new, self.new_marks, hunk.new_start, hunk.new_end)
            i, j = hunk.end, hunk.new_end
        pieces += self._kept(i, len(self.old), j, after_change=bool(found), before_change=False)
        return tuple(pieces)

    def whole(self, kind: str) -> tuple[Piece, ...]:
        return tuple(self._fate(kind, self.new, self.new_marks, 0, len(self.new)))

    def _fate(self, kind: str, words, marks, start: int, end: int):
        """Words that came or went; where they lead is told, since a link may lie about it."""
        for first, last in _runs([link(marks[place]) for place in range(start, end)], start):
            target = link(marks[first])
            yield Piece(kind, _text(words[first:last]), (f"liên kết tới {target}",) if target else ())

    def _kept(self, start: int, end: int, new_start: int, after_change: bool, before_change: bool):
        """Equal words: those set otherwise than before are told apart, long stretches of the others are cut."""
        shift = new_start - start
        settings = [(self.old_marks[place], self.new_marks[place + shift]) for place in range(start, end)]
        for first, last in _runs(settings, start):
            before, after = settings[first - start]
            if before != after:
                yield Piece("restyled", _text(self.old[first:last]), _restyling(before, after))
            else:
                yield from shortened(self.old[first:last], first > start or after_change, last < end or before_change)


def _joined(found: list[Hunk]) -> list[Hunk]:
    """Hunks with no more than a word or two of chance between them as one: a reader follows phrases, not shreds."""
    joined: list[Hunk] = []
    for hunk in found:
        if joined:
            last = joined[-1]
            apart = hunk.start - last.end
            sizes = (max(part.end - part.start, part.new_end - part.new_start) for part in (last, hunk))
            if apart < min(*sizes, 4):
                joined[-1] = Hunk(last.start, hunk.end, last.new_start, hunk.new_end)
                continue
        joined.append(hunk)
    return joined


def _runs(values: list, start: int):
    """(first, last + 1) of each stretch of equal values, counted from `start`."""
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[first]:
            yield start + first, start + place
            first = place


def shortened(words: Sequence[str], at_start: bool, at_end: bool) -> tuple[Piece, ...]:
    """Unchanged words, but no more of them than tell where a change stands."""
    head, tail = AROUND if at_start or not at_end else 0, AROUND if at_end else 0
    left_out = len(words) - head - tail
    if left_out <= AROUND:
        return (Piece("same", _text(words)),) if words else ()
    parts = [Piece("same", _text(words[:head])), Piece("skipped", "", count=left_out),
             Piece("same", _text(words[len(words) - tail :]))]  # fmt: skip
    return tuple(part for part in parts if part.text or part.count)


def _restyling(before: tuple, after: tuple) -> tuple[str, ...]:
    notes = []
    old, new = link(before), link(after)
    if old != new:
        notes.append(f"đổi liên kết: {old} → {new}" if old and new else
                     f"thêm liên kết tới {new}" if new else f"bỏ liên kết tới {old}")  # fmt: skip
    names = [{name for name, _ in marks if name != "a"} for marks in (before, after)]
    notes += [f"thêm {style_name(name)}" for name in sorted(names[1] - names[0])]
    notes += [f"bỏ {style_name(name)}" for name in sorted(names[0] - names[1])]
    return tuple(notes)


def _text(words: Sequence[str]) -> str:
    return " ".join("↵" if word == BREAK else word for word in words)


def counts(pieces: tuple[Piece, ...]) -> tuple[int, int]:
    sizes = Counter()
    for piece in pieces:
        sizes[piece.kind] += len(piece.text.split())
    return sizes["added"], sizes["removed"]
