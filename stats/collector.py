"""Takes this host's spool files to the totals. One process of a host does it: whoever holds a file lock."""
import fcntl
import logging
import os
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from stats import backlog, clock, ledger, popular, snapshot
from stats.models import Presence, Spool

logger = logging.getLogger(__name__)

PURGE_EVERY = 600.0  # seconds
FORGOTTEN = 2 * 3600 * 1000  # milliseconds after its last hit a visitor's row is thrown away
IMPOSSIBLE = 24 * 3600 * 1000  # milliseconds ahead of the clock: left by a clock that was wrong
DRAFT_AGE = 3600.0  # seconds after which a file that never got its final name is rubbish


class Leadership:
    """The lock that says who collects on this host; the kernel takes it from a holder that dies."""

    def __init__(self, folder: Path):
        self.path = folder / "collector.lock"
        self._file: int | None = None

    def held(self) -> bool:
        """Whether this process holds the lock, after trying to get it. Raises OSError where the folder is unusable."""
        if self._file is not None:
            return True
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Collector:
    """Empties the spool files in `folder`. Two on one host would do no harm, but get in each other's way."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._purge_at = 0.0
        self._rank_at: dict[int, float] = {}

    def run(self, stopping=lambda: False) -> int:
        """Counts all that is waiting and writes the snapshot; returns the number of records. Raises django.db.Error."""
        done, more = 0, True
        shown = time.monotonic()
        while more and not stopping():
            number, more = self.step()
            done += number
            if more and time.monotonic() - shown > 1.0:
                snapshot.write()
                shown = time.monotonic()
        snapshot.write()
        self._rank()
        if time.monotonic() >= self._purge_at:
            self._purge_at = time.monotonic() + PURGE_EVERY
            purge()
            self._sweep()
        return done

    def step(self) -> tuple[int, bool]:
        """Counts one batch; returns its number of records and whether a file holds more."""
        batch = backlog.read(self.folder, offsets(self.folder))
        if any(part.end > part.start for part in batch.parts):
            try:
                ledger.enter(batch)
            except ledger.OffsetMoved:
                logger.warning("another collector works on %s: give each host a folder of its own", self.folder)
                return 0, False
        self._remove([part.name for part in batch.parts if part.finished])
        return len(batch.records), batch.more

    def _remove(self, finished: list[str]) -> None:
        """Removes files of workers that are gone, once everything in them is counted.

        The offset outlives the file by a day, and the folder is on disk before the row says so: a file that a power cut
        brings back must not count again.
        """
        if not finished:
            return
        for name in finished:
            with suppress(FileNotFoundError):
                (self.folder / name).unlink()
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        Spool.objects.filter(name__in=finished).update(removed_at=timezone.now())

    def _rank(self) -> None:
        for days, every in popular.PERIODS.items():
            if time.monotonic() >= self._rank_at.get(days, 0.0):
                popular.rank(days)
                self._rank_at[days] = time.monotonic() + every

    def _sweep(self) -> None:
        """Removes drafts that a killed process left behind."""
        for path in self.folder.glob(".*"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > DRAFT_AGE:
                    path.unlink()


def offsets(folder: Path) -> dict[str, int]:
    """How far each of the host's files has been counted, in bytes."""
    return dict(Spool.objects.filter(name__in=backlog.names(folder)).values_list("name", "offset"))


def purge() -> None:
    """Throws away visitors not seen for two hours, and offsets of files removed a day ago."""
    now = int(clock.now() * 1000)
    with transaction.atomic():
        ledger.lock()
        Presence.objects.filter(last_seen__lt=now - FORGOTTEN).delete()
        Presence.objects.filter(last_seen__gt=now + IMPOSSIBLE).delete()
    Spool.objects.filter(removed_at__lt=timezone.now() - timedelta(days=1)).delete()
