"""The file that a worker writes its records to: its own, locked for as long as the worker lives.

A file appears under its final name already locked, so that a lock which can be taken always means: the writer is gone.
"""
import fcntl
import logging
import os
import tempfile
import threading
import time
import uuid
from pathlib import Path

from django.conf import settings

from stats import clock, conf
from stats.record import Kind, Record, pack

logger = logging.getLogger(__name__)

SUFFIX = ".spool"
COMPLAIN = 60.0  # seconds between two messages about a disk that takes nothing
OLDEST = 86400.0  # seconds that one file is written to


class Writer:
    """Appends records for every thread of one process. Never raises: a reader's page matters more than a count."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.lost = 0  # hits that could not be written and have not been reported in the spool either
        self._lock = threading.Lock()
        self._file: int | None = None
        self._size = 0
        self._until = 0.0
        self._unsaved = False
        self._complained: float | None = None

    def write(self, record: Record) -> None:
        self.append(pack(*record), record.kind in (Kind.NEW, Kind.KNOWN))

    def append(self, data: bytes, is_view: bool) -> None:
        """Appends one packed record with one `write`; a page view that the disk does not take is added to `lost`."""
        with self._lock:
            try:
                if self.lost:
                    self._append(pack(Kind.LOST, int(clock.now() * 1000), article=self.lost))
                    self.lost = 0
                self._append(data)
            except OSError as error:
                self.lost += is_view
                self._complain(error)

    def sync(self) -> None:
        """Puts on disk what was written, as far as the disk can tell; called once a second, outside any request."""
        with self._lock:
            if not self._unsaved or self._file is None:
                return
            self._unsaved = False
            copy = os.dup(self._file)
        try:
            os.fdatasync(copy)
        except OSError as error:
            self._complain(error)
        finally:
            os.close(copy)

    def close(self) -> None:
        """Lets go of the file: the collector counts the rest of it and removes it."""
        with self._lock:
            self._abandon()

    def _append(self, data: bytes) -> None:
        length = len(data)
        if self._size + length > conf.get("STATS_SPOOL_BYTES") or time.monotonic() > self._until:
            self._abandon()
        if self._file is None:
            self._open()
        written = os.write(self._file, data)
        if written < length:
            self._undo(length, written)
        self._size += written
        self._unsaved = True

    def _undo(self, length: int, written: int) -> None:
        """Takes back half a record: a full disk took only its beginning."""
        try:
            os.ftruncate(self._file, self._size)
        except OSError:
            self._abandon()  # the half is the torn end of a file that nobody writes to any more
        raise OSError(f"only {written} of {length} bytes were written")

    def _open(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = uuid.uuid4().hex
        draft = self.folder / f".{name}"
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.rename(self.folder / f"{name}{SUFFIX}")
        except OSError:
            os.close(file)
            raise
        self._file, self._size, self._until = file, 0, time.monotonic() + OLDEST

    def _abandon(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _complain(self, error: OSError) -> None:
        now = time.monotonic()
        if self._complained is None or now - self._complained >= COMPLAIN:
            self._complained = now
            logger.error("visits are being lost (%d so far): %s cannot be written: %s", self.lost, self.folder, error)


_writer: Writer | None = None
_making = threading.Lock()


def writer() -> Writer:
    """This process's writer."""
    global _writer
    if _writer is None:
        with _making:
            if _writer is None:
                _writer = Writer(Path(settings.SPOOL_DIR))
    return _writer


def forget() -> None:
    """Closes this process's file; the next record opens another."""
    global _writer
    if _writer is not None:
        _writer.close()
    _writer = None


def writable(folder: Path) -> bool:
    """Whether the folder takes a file with something in it, tried out."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError:
        return False
    return True


def _after_fork() -> None:
    """A child must not write to its parent's file: it closes what it inherited; the parent's lock stays."""
    global _writer, _making
    _making = threading.Lock()
    if _writer is not None and _writer._file is not None:
        os.close(_writer._file)
    _writer = None


os.register_at_fork(after_in_child=_after_fork)
