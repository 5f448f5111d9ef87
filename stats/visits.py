"""What a visit is: the rules of docs/visits.md on numbers alone, with neither a database nor a clock."""
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stats.record import Kind, Record

_WITH_COOKIE = frozenset({Kind.KNOWN, Kind.CONFIRMED})
VISIT = 30 * 60 * 1000  # milliseconds without a hit that end a visit


@dataclass(slots=True)
class Seen:
    """One row of Presence: the visit going on, and when the one before it ended."""

    since: int
    last: int
    before: int | None = None
    claimant: int | None = None

    def goes_on(self, time: int) -> bool:
        return time <= self.last + VISIT


@dataclass(slots=True)
class Book:
    """The visitors that a batch of records touches, and what the batch changes."""

    seen: dict[int, Seen]
    changed: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    visits: Counter = field(default_factory=Counter)  # (milliseconds, client) -> visits begun then

    def add(self, record: Record) -> None:
        """Counts one record; they come in the order of their times, as far as the order is known."""
        if record.kind == Kind.NEW:
            self._anonymous(record)
        elif record.kind in _WITH_COOKIE:
            self._known(record)

    def _anonymous(self, record: Record) -> None:
        if record.number in self.seen:
            # Its cookie came back first, by way of another worker: this hit is counted already.
            self._hit(record.number, record)
            return
        if not (record.hash or record.hash_before):
            return  # no key of the day was known yet: it counts when its cookie comes back
        key = record.hash or record.hash_before
        if record.hash_before and not self._alive(key, record.time) and self._alive(record.hash_before, record.time):
            self._rename(record.hash_before, key)  # a visit from before midnight
        self._hit(key, record)
        row = self.seen[key]
        if record.time >= row.last:
            # The latest one: where an answer got lost or several tabs opened at once, it is the one that comes back.
            row.claimant = record.number
            self.changed.add(key)

    def _known(self, record: Record) -> None:
        number = record.number
        if number not in self.seen and record.hash:
            row = self.seen.get(record.hash)
            if row and row.claimant == number and row.goes_on(record.time):
                self._rename(record.hash, number)  # the visit counted under the hash is this visitor's
                row.before = row.claimant = None
        self._hit(number, record)

    def _alive(self, key: int, time: int) -> bool:
        row = self.seen.get(key)
        return row is not None and row.goes_on(time)

    def _rename(self, old: int, new: int) -> None:
        if old != new:
            self.seen[new] = self.seen.pop(old)
            self.changed.discard(old)
            self.removed.add(old)
            self.removed.discard(new)
            self.changed.add(new)

    def _hit(self, key: int, record: Record) -> None:
        row, time = self.seen.get(key), record.time
        if row is None:
            self.seen[key] = Seen(time, time)
            self.removed.discard(key)
            self._count(time, record, 1)
        elif not row.goes_on(time):
            row.before, row.since, row.last = row.last, time, time
            self._count(time, record, 1)
        elif time > row.last:
            row.last = time
        elif time < row.since:
            self._late(row, record)
        else:
            return
        self.changed.add(key)

    def _late(self, row: Seen, record: Record) -> None:
        """A hit from before the visit going on: another host was cut off for a while, or the clock was set back."""
        time = record.time
        if time >= row.since - VISIT:
            self._count(row.since, record, -1)
            self._count(time, record, 1)
            row.since = time
            if row.before is not None and time - row.before <= VISIT:
                # It fills the gap: what looked like two visits was one.
                self._count(time, record, -1)
                row.since, row.before = row.before, None
        elif row.before is not None and row.before < time <= row.before + VISIT:
            row.before = time

    def _count(self, time: int, record: Record, number: int) -> None:
        self.visits[time, record.client] += number


def keys(records: Iterable[Record]) -> Iterator[int]:
    """Keys of the visitors that these records may touch; some come more than once."""
    for record in records:
        if record.number:
            yield record.number
            if record.hash:
                yield record.hash
            if record.hash_before:
                yield record.hash_before
