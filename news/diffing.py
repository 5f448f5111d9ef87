"""What differs between two texts, as values that a template shows: words added and removed, blocks moved, links led
elsewhere. Nothing here is markup; nothing here reads the database. A syllable between spaces is a word, and `hoà` and
`hòa` are two.
"""
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from news.alignment import Budget, Hunk, hunks
from news.blocks import Block, split
from news.pairing import pair_up
from news.pieces import Piece, Settings, counts, shortened
from news.vietnamese import nfc

CONTEXT = 1  # unchanged blocks shown on each side of a changed one
MOST_BLOCKS = 500  # changed blocks that are shown; those beyond are counted
_WORDS = re.compile(r"\n|[^\s]+")


@dataclass(frozen=True, slots=True)
class BlockDiff:
    kind: Literal["same", "added", "removed", "changed", "moved", "moved-away", "skipped"]
    label: str = ""
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    picture_before: str = ""  # addresses of pictures, where the block is one
    picture_after: str = ""
    count: int = 0  # blocks left out, of a skipped one


@dataclass(frozen=True, slots=True)
class WordsDiff:
    pieces: tuple[Piece, ...]
    added: int  # words
    removed: int
    only_spaces: bool = False  # the texts differ, and not in any word

    is_body = False

    @property
    def changed(self) -> bool:
        return bool(self.added or self.removed or self.only_spaces)


@dataclass(frozen=True, slots=True)
class BodyDiff:
    blocks: tuple[BlockDiff, ...]
    added: int  # words, of the blocks that are shown
    removed: int
    changed_blocks: int
    unshown: int = 0  # changed blocks beyond MOST_BLOCKS
    only_markup: bool = False  # the HTML differs in something that no reader sees

    is_body = True  # for the template that shows both

    @property
    def changed(self) -> bool:
        return bool(self.changed_blocks or self.only_markup)


def compare_words(before: str, after: str) -> WordsDiff:
    """Compares two plain texts; breaks of lines count, other white space does not."""
    before, after = nfc(before).replace("\r\n", "\n"), nfc(after).replace("\r\n", "\n")
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = Settings(old, [()] * len(old), new, [()] * len(new)).between(hunks(old, new))
    added, removed = counts(pieces)
    return WordsDiff(pieces, added, removed, only_spaces=before != after and not (added or removed))


def compare_html(before: str, after: str) -> BodyDiff:
    """Compares two sanitised HTML texts block by block, and word by word in blocks that became others.

    1 MB against 1 MB takes under 2 s whatever stands in them: beyond a budget, words count as replaced.
    """
    old, new = split(before), split(after)
    known: dict[Block, int] = {}
    keys = [[known.setdefault(block, len(known)) for block in blocks] for blocks in (old, new)]
    budget = Budget()
    found = hunks(*keys, budget)
    moves = _moves(old, keys, found)
    steps: list[_Step] = []
    done = 0
    for hunk in found:
        steps += [_Step("same", place) for place in range(done, hunk.start)]
        steps += _replaced(old, new, hunk, moves, budget)
        done = hunk.end
    steps += [_Step("same", place) for place in range(done, len(old))]
    changed = [place for place, step in enumerate(steps) if step.kind != "same"]
    shown = _near_changes(steps, changed, lambda step: _made(step, old, new, budget))
    sizes = [counts(block.pieces) for block in shown if block.kind in {"added", "removed", "changed"}]
    return BodyDiff(
        shown, sum(added for added, _ in sizes), sum(removed for _, removed in sizes), len(changed),
        max(0, len(changed) - MOST_BLOCKS), only_markup=not changed and nfc(before).split() != nfc(after).split(),
    )  # fmt: skip


# ---------------------------------------------------------------- blocks


class _Step(NamedTuple):
    kind: str  # of a BlockDiff
    old: int = -1  # places of the blocks
    new: int = -1


@dataclass(slots=True)
class _Moves:
    away: set[int] = field(default_factory=set)
    here: set[int] = field(default_factory=set)


def _moves(old: list[Block], keys: list[list[int]], found: list[Hunk]) -> _Moves:
    """Blocks taken out at one place and put in, just as they were, at another."""
    gone: defaultdict[int, deque[int]] = defaultdict(deque)
    for hunk in found:
        for place in range(hunk.start, hunk.end):
            if old[place].words or old[place].picture:
                gone[keys[0][place]].append(place)
    moves = _Moves()
    for hunk in found:
        for place in range(hunk.new_start, hunk.new_end):
            if gone.get(keys[1][place]):
                moves.away.add(gone[keys[1][place]].popleft())
                moves.here.add(place)
    return moves


def _replaced(old: list[Block], new: list[Block], hunk: Hunk, moves: _Moves, budget: Budget) -> Iterator[_Step]:
    left = [place for place in range(hunk.start, hunk.end) if place not in moves.away]
    right = [place for place in range(hunk.new_start, hunk.new_end) if place not in moves.here]
    pairs = pair_up([old[place] for place in left], [new[place] for place in right], budget)
    partners = {left[i]: right[j] for i, j in pairs}
    done = hunk.new_start
    for place in range(hunk.start, hunk.end):
        partner = partners.get(place)
        if partner is None:
            yield _Step("moved-away" if place in moves.away else "removed", place)
            continue
        yield from (_Step("moved" if new_place in moves.here else "added", new=new_place)
                    for new_place in range(done, partner))  # fmt: skip
        yield _Step("changed", place, partner)
        done = partner + 1
    yield from (_Step("moved" if new_place in moves.here else "added", new=new_place)
                for new_place in range(done, hunk.new_end))  # fmt: skip


def _made(step: _Step, old: list[Block], new: list[Block], budget: Budget) -> BlockDiff:
    if step.kind == "same":
        return _same(old[step.old])
    if step.kind == "changed":
        return _changed(old[step.old], new[step.new], budget)
    return _whole(old[step.old] if step.new < 0 else new[step.new], step.kind)


def _same(block: Block) -> BlockDiff:
    return BlockDiff("same", block.label, shortened(block.words, at_start=False, at_end=False),
                     picture_before=block.picture, picture_after=block.picture)  # fmt: skip


def _whole(block: Block, kind: str) -> BlockDiff:
    fate = {"added": "added", "removed": "removed"}.get(kind, "same")
    pieces = Settings(block.words, block.marks, block.words, block.marks).whole(fate)
    before, after = ("", block.picture) if kind in {"added", "moved"} else (block.picture, "")
    return BlockDiff(kind, block.label, pieces, picture_before=before, picture_after=after)


def _changed(old: Block, new: Block, budget: Budget) -> BlockDiff:
    pieces = Settings(old.words, old.marks, new.words, new.marks).between(hunks(old.words, new.words, budget))
    notes = []
    if old.picture != new.picture:
        notes.append(f"đổi ảnh: {old.picture or '(không có)'} → {new.picture or '(không có)'}")
    if old.label != new.label:
        notes.append(f"{old.label} → {new.label}")
    return BlockDiff("changed", new.label, pieces, tuple(notes), old.picture, new.picture)


def _near_changes(steps: list[_Step], changed: list[int], make: Callable[[_Step], BlockDiff]) -> tuple[BlockDiff, ...]:
    """The first changed blocks with a little around them; what is left out between them is counted."""
    near = {near for place in changed[:MOST_BLOCKS] for near in range(place - CONTEXT, place + CONTEXT + 1)
            if 0 <= near < len(steps)} - set(changed[MOST_BLOCKS:])  # fmt: skip
    shown, last = [], -1
    for place in [*sorted(near), len(steps)]:
        if left_out := sum(steps[between].kind == "same" for between in range(last + 1, place)):
            shown.append(BlockDiff("skipped", count=left_out))
        if place < len(steps):
            shown.append(make(steps[place]))
        last = place
    return tuple(shown) if changed else ()
