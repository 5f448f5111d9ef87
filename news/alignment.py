"""Which elements of two sequences belong together: the ground under comparisons and merges.

Small stretches get a longest common subsequence, by the bit-parallel method (Crochemore et al. 2001, Hyyrö 2004) which
works out a whole row in a few operations on long integers. Large ones are first cut at what occurs once in both, as
patience diff does, so that time stays near n·log n whatever is compared.
"""
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

EXACT = 50_000_000  # cells of one table; a bit each is kept
SHINGLES = (1, 6)  # lengths of what may be unique: an element, or a few in a row where every one is common


@dataclass(slots=True)
class Budget:
    """What may still be worked out exactly; beyond it a stretch counts as replaced."""

    cells: int = 300_000_000  # of tables of common subsequences
    likenesses: int = 1_000_000  # words looked at to tell which block became which


@dataclass(frozen=True, slots=True)
class Hunk:
    """before[start:end] became after[new_start:new_end]."""

    start: int
    end: int
    new_start: int
    new_end: int


def hunks(before: Sequence[Hashable], after: Sequence[Hashable], budget: Budget | None = None) -> list[Hunk]:
    """Where the two differ, in order; what lies between two hunks is equal."""
    found = []
    i = j = 0
    for x, y in [*_pairs(before, after, budget or Budget()), (len(before), len(after))]:
        if (x, y) != (i, j):
            found.append(Hunk(i, x, j, y))
        i, j = x + 1, y + 1
    return found


def _pairs(a: Sequence[Hashable], b: Sequence[Hashable], budget: Budget) -> list[tuple[int, int]]:
    """Places of equal elements, rising in both."""
    pairs: list[tuple[int, int]] = []
    stretches = [(0, len(a), 0, len(b))]
    while stretches:
        i, end_i, j, end_j = stretches.pop()
        while i < end_i and j < end_j and a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while i < end_i and j < end_j and a[end_i - 1] == b[end_j - 1]:
            end_i, end_j = end_i - 1, end_j - 1
            pairs.append((end_i, end_j))
        cells = (end_i - i) * (end_j - j)
        if not cells:
            continue
        if cells <= min(EXACT, budget.cells):
            budget.cells -= cells
            pairs += [(i + x, j + y) for x, y in _common(a[i:end_i], b[j:end_j])]
            continue
        anchors = _anchors(a, b, i, end_i, j, end_j)
        for x, y in anchors:
            stretches.append((i, x, j, y))
            i, j = x, y
        if anchors:
            stretches.append((i, end_i, j, end_j))
    pairs.sort()
    return pairs


def _common(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """A longest common subsequence. In row j a zero at bit i says: a[i] makes it longer, with b[:j] to choose from."""
    places: dict[Hashable, int] = {}
    for i, element in enumerate(a):
        places[element] = places.get(element, 0) | (1 << i)
    every = (1 << len(a)) - 1
    row = every
    rows = [row]
    for element in b:
        met = row & places.get(element, 0)
        row = ((row + met) | (row - met)) & every
        rows.append(row)
    pairs = []
    i, j = len(a), len(b)
    while i and j:
        bit = i - 1
        if rows[j] >> bit & 1:
            i -= 1
        elif not rows[j - 1] >> bit & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs


def _anchors(a, b, i: int, end_i: int, j: int, end_j: int) -> list[tuple[int, int]]:
    """Places of what occurs exactly once in both stretches: as many as keep their order, none where nothing does."""
    for length in SHINGLES:
        left, right = _once(a, i, end_i, length), _once(b, j, end_j, length)
        both = sorted((place, right[what]) for what, place in left.items() if what in right)
        if both:
            return _rising(both)
    return []


def _once(sequence, start: int, end: int, length: int) -> dict[Hashable, int]:
    part = sequence[start:end]
    shingles = part if length == 1 else list(zip(*(part[offset:] for offset in range(length)), strict=False))
    counts = Counter(shingles)
    return {what: start + place for place, what in enumerate(shingles) if counts[what] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise; the first ones do already."""
    ends: list[int] = []  # smallest last number of a run of each length
    last: list[int] = []  # the pair it belongs to
    before: list[int] = []
    for place, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [place]
        before.append(last[length - 1] if length else -1)
    run, place = [], last[-1] if last else -1
    while place >= 0:
        run.append(pairs[place])
        place = before[place]
    return run[::-1]
