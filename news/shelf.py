"""Entries within a number of bytes: what was not asked for the longest goes first."""
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    size: int  # bytes
    moved_at: float  # when its shelf last moved it before all others, by the monotonic clock; 0 at first


Key = TypeVar("Key", bound=Hashable)
Entry = TypeVar("Entry", bound=Sized)

SOON = 0.5  # seconds in which an entry that is asked for again has not become older than the others
LARGEST = 16  # an entry takes at most one part in so many of a shelf


class Shelf(Generic[Key, Entry]):
    """Safe to use from several threads."""

    def __init__(self, limit: int):
        self.limit = limit  # bytes
        self.size = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Entry | None:
        entry = self._entries.get(key)
        if entry is not None and time.monotonic() > entry.moved_at + SOON:
            with self._lock:
                if key in self._entries:
                    self._entries.move_to_end(key)
            entry.moved_at = time.monotonic()
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keeps `entry` in place of what was there, unless it is too large to be worth the others' room."""
        with self._lock:
            self._forget(key)
            if entry.size * LARGEST > self.limit:
                return
            self._entries[key] = entry
            self.size += entry.size
            while self.size > self.limit:
                self._forget(next(iter(self._entries)))

    def drop(self, key: Key) -> None:
        with self._lock:
            self._forget(key)

    def items(self) -> list[tuple[Key, Entry]]:
        with self._lock:
            return list(self._entries.items())

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.size = 0

    def _forget(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.size -= entry.size
