"""Which removed block became which added one, judged by the words that they share."""
from collections import Counter
from collections.abc import Sequence

from news.alignment import Budget
from news.blocks import Block

PAIR = 4  # what looking at two blocks costs before their words are counted, in words
ALIKE = 0.3  # of the words shared: below this, a block was not changed but replaced by another


def pair_up(old: Sequence[Block], new: Sequence[Block], budget: Budget) -> list[tuple[int, int]]:
    """Places of blocks that became each other, rising in both: the pairs that share the most in sum.

    Where the budget does not reach, only blocks of the same place are tried.
    """
    if not old or not new:
        return []
    bags = [Counter(block.words) for block in old], [Counter(block.words) for block in new]
    work = sum(map(len, bags[0])) * len(new) + sum(map(len, bags[1])) * len(old) + PAIR * len(old) * len(new)
    if work > budget.likenesses:
        return [(place, place) for place in range(min(len(old), len(new)))
                if _alike(old[place], new[place], bags[0][place], bags[1][place]) >= ALIKE]  # fmt: skip
    budget.likenesses -= work
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    shared = [[_alike(a, b, bags[0][i], bags[1][j]) for j, b in enumerate(new)] for i, a in enumerate(old)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            met = best[i + 1][j + 1] + shared[i][j] if shared[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], met)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if shared[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + shared[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(a: Block, b: Block, words_of_a: Counter, words_of_b: Counter) -> float:
    """Dice's coefficient of the two bags of words; a picture is like any other picture, and like nothing else."""
    if a.picture or b.picture:
        return 0.5 if a.picture and b.picture else 0.0
    if not a.words and not b.words:
        return 0.5
    if words_of_a.keys().isdisjoint(words_of_b):
        return 0.0
    small, large = sorted((words_of_a, words_of_b), key=len)
    shared = sum(min(count, large[word]) for word, count in small.items() if word in large)
    return 2 * shared / (len(a.words) + len(b.words))
