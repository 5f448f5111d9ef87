"""What the spool files of this host hold and nobody has counted yet, in the order in which it happened."""
import fcntl
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from stats import clock
from stats.record import SHORTEST, Record, unpack
from stats.spool import SUFFIX, WINDOW

logger = logging.getLogger(__name__)

BATCH = 512 * 1024  # bytes read at once from all files together; a batch's records take some ten times as much memory
SMALLEST = 16 * 1024  # bytes read at once from one file
AHEAD = 5000  # milliseconds: a record further in the future was written before the clock was set back


class Part(NamedTuple):
    """What was read of one file."""

    name: str
    start: int
    end: int  # bytes; up to here its records are in the batch
    finished: bool  # the writer is gone, and `end` is the file's end


@dataclass(frozen=True, slots=True)
class Batch:
    parts: list[Part]
    records: list[Record]  # sorted by time
    more: bool  # whether a file holds more than was read


class _Reading(NamedTuple):
    name: str
    start: int
    entries: list[tuple[Record | None, int]]  # position after each, from the file's beginning
    dead: bool
    size: int
    more: bool


def names(folder: Path) -> list[str]:
    """Names of the spool files in `folder`, sorted; none where there is no folder."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
    except FileNotFoundError:
        return []


def read(folder: Path, offsets: Mapping[str, int]) -> Batch:
    """The next records after `offsets` (0 where a name is missing). Raises OSError where the folder cannot be read.

    The files are merged by time. A file with more to read than fits bounds the others. Records younger than the moment
    at which reading began wait for the next batch: what happened before them may be in a file looked at already.
    """
    horizon = int(clock.now() * 1000)
    found = names(folder)
    share = max(SMALLEST, BATCH // max(1, len(found)))
    readings = [reading for name in found if (reading := _read(folder / name, offsets.get(name, 0), share))]
    full = [max((record.time for record, _ in r.entries if record), default=horizon) for r in readings if r.more]
    parts, records = [], []
    for reading in readings:
        end = reading.start
        for record, position in reading.entries:
            if record:
                if record.time > min(full) if full else horizon < record.time <= horizon + AHEAD:
                    break
                records.append(record)
            end = position
        parts.append(Part(reading.name, reading.start, end, reading.dead and end >= reading.size))
    records.sort(key=lambda record: record.time)
    return Batch(parts, records, bool(full))


def waiting(folder: Path, offsets: Mapping[str, int]) -> tuple[int, float]:
    """Bytes not counted yet, and the age in seconds of the oldest record among them."""
    total, oldest = 0, None
    for name in names(folder):
        reading = _read(folder / name, offsets.get(name, 0), SMALLEST)
        if reading:
            total += max(0, reading.size - reading.start)
            times = [record.time for record, _ in reading.entries if record]
            oldest = min([*times, oldest] if oldest is not None else times, default=oldest)
    return total, 0.0 if oldest is None else max(0.0, clock.now() - oldest / 1000)


def _read(path: Path, start: int, length: int) -> _Reading | None:
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        # The lock is tried before the size is read: whoever is gone by now writes nothing after it.
        dead = _unlocked(file)
        # Looked for before the records are read: all before this end have been written whole by then.
        size = _end(file, start)
        data = os.pread(file, min(length, size - start), start) if size > start else b""
    finally:
        os.close(file)
    more = start + len(data) < size
    entries = [(record, start + position) for record, position in unpack(data, complete=dead and not more)]
    if not more:
        size = _without_room(entries, data, start, size)
    damaged = sum(record is None for record, _ in entries)
    if damaged:
        logger.warning("%s: skipped damage in %d places after byte %d", path.name, damaged, start)
    return _Reading(path.name, start, entries, dead, size, more)


def _without_room(entries: list[tuple[Record | None, int]], data: bytes, start: int, size: int) -> int:
    """The file's size up to its last record, where nothing but zeros follows; they are no damage."""
    last = entries[-1] if entries else (None, start)
    records_end = last[1]
    if entries and last[0] is None:
        records_end = entries[-2][1] if len(entries) > 1 else start
    if data[records_end - start :].strip(b"\0"):
        return size
    if records_end < last[1]:
        entries.pop()
    return records_end


def _end(file: int, start: int) -> int:
    """Where the zeros begin that a file ends with, and as many bytes on as a record can end with zeros."""
    size = os.fstat(file).st_size
    start = max(start, size - WINDOW)
    tail = os.pread(file, size - start, start) if size > start else b""
    return min(size, start + len(tail.rstrip(b"\0")) + SHORTEST)


def _unlocked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
