"""Entries within a number of bytes: what was not asked for the longest goes first."""
import threading
from collections import OrderedDict

from portal.pagecache.entry import Entry
from portal.pagecache.keys import Key

LARGEST = 16  # an entry takes at most one part in so many of a shelf


class Shelf:
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
        if entry is not None:
            with self._lock:
                if key in self._entries:
                    self._entries.move_to_end(key)
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

    def articles(self) -> dict[int, list[Key]]:
        """Keys of the pages that show one article, by its id."""
        with self._lock:
            entries = list(self._entries.items())
        found: dict[int, list[Key]] = {}
        for key, entry in entries:
            if entry.article:
                found.setdefault(entry.article, []).append(key)
        return found

    def _forget(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.size -= entry.size
