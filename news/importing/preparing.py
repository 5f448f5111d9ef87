"""Turns lines into rows, in other processes where there are many: that is where an import's time goes."""
import collections
import gc
import itertools
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from news import abbreviations
from news.importing.records import RecordError, from_line
from news.importing.rows import Row

CHUNK = 250  # lines sent to a process at once
ALONE = 2_000  # lines; below that, starting processes takes longer than they save

Line = tuple[str, bytes | RecordError]  # where it stands, and its bytes or why they cannot be read
Prepared = tuple[str, Row | RecordError]


def prepare(lines: Iterable[Line]) -> Iterator[Prepared]:
    """Each line's row or what is wrong with it, in order; holds a few chunks in memory, never the file."""
    lines = iter(lines)
    first = list(itertools.islice(lines, ALONE))
    if len(first) < ALONE:
        yield from _chunk(first)
        return
    # Spawned, not forked: a fork would share this process's database connection.
    context = multiprocessing.get_context("spawn")
    count = os.cpu_count() or 1  # this process mostly waits for the database
    with ProcessPoolExecutor(
        count, mp_context=context, initializer=_begin, initargs=(abbreviations.current(),)
    ) as pool:
        waiting: collections.deque[Future] = collections.deque()
        try:
            for chunk in _chunks(itertools.chain(first, lines)):
                waiting.append(pool.submit(_chunk, chunk))
                if len(waiting) > count * 4:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(table: abbreviations.Table) -> None:
    abbreviations.use(table)
    # A row is hundreds of small lists and no circle among them: looking for circles takes a fifth of the time.
    gc.freeze()
    gc.set_threshold(100_000)


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while chunk := list(itertools.islice(lines, CHUNK)):
        yield chunk


def _chunk(lines: list[Line]) -> list[Prepared]:
    return [(place, _row(line)) for place, line in lines]


def _row(line: bytes | RecordError) -> Row | RecordError:
    if isinstance(line, RecordError):
        return line
    try:
        return Row.of(from_line(line))
    except RecordError as error:
        return error
