"""The file that a worker writes its records to: its own, locked for as long as the worker lives.

A file appears under its final name already locked, so that a lock which can be taken always means: the writer is gone.

Records go into the file through memory, which takes a tenth of a `write`, and is as safe: what stands there is the
kernel's and stays when the process is killed. Their place is reserved on the disk before, so that a full disk is an
error then, and not a SIGBUS later; it holds zeros until a record comes, and is given back when the file is let go.
A file system that may write to new places what has a place already gets a `write` for each record.
"""
import contextlib
import ctypes
import fcntl
import logging
import mmap
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
WINDOW = 16 * mmap.ALLOCATIONGRANULARITY  # bytes reserved at once, and in memory: 64 KiB on most machines

# Linux's numbers of file systems that write in place: ext2 to ext4, XFS, tmpfs; see statfs(2).
IN_PLACE = {0xEF53, 0x58465342, 0x01021994}


class Writer:
    """Appends records for every thread of one process. Never raises: a reader's page matters more than a count."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.lost = 0  # hits that could not be written and have not been reported in the spool either
        self._lock = threading.Lock()
        self._file: int | None = None
        self._window: mmap.mmap | _Written | None = None
        self._start = 0  # where the window begins in the file
        self._end = 0  # of the records, in the window
        self._limit = 0  # where the next window is due, or the next file
        self._until = 0.0
        self._unsaved = False
        self._complained: float | None = None

    def write(self, record: Record) -> None:
        self.append(pack(*record), record.kind in (Kind.NEW, Kind.KNOWN))

    def append(self, data: bytes, is_view: bool) -> None:
        """Appends one packed record; a page view that the disk has no room for is added to `lost`."""
        with self._lock:
            try:
                if self.lost:
                    data = pack(Kind.LOST, int(clock.now() * 1000), article=self.lost) + data
                end = self._end + len(data)
                if end > self._limit:
                    self._reserve(len(data))
                    end = self._end + len(data)
                self._window[self._end : end] = data
                self._end = end
                self._unsaved = True
                self.lost = 0
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
            if time.monotonic() > self._until:
                self._abandon()
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

    def _reserve(self, length: int) -> None:
        """Makes room for `length` bytes: in a window further on, or in another file. Raises OSError."""
        size, largest = self._start + self._end, conf.get("STATS_SPOOL_BYTES")
        if self._file is None or size + length > largest:
            self._abandon()
            self._open()
            size = 0
        start = size - size % mmap.ALLOCATIONGRANULARITY
        limit = min(WINDOW, largest - start)
        window = _reserved(self._file, start, limit)
        self._unmap()
        self._window, self._start, self._end, self._limit = window, start, size - start, limit

    def _open(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = uuid.uuid4().hex
        draft = self.folder / f".{name}"
        file = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.rename(self.folder / f"{name}{SUFFIX}")
        except OSError:
            os.close(file)
            raise
        self._file, self._until = file, time.monotonic() + OLDEST

    def _abandon(self) -> None:
        if self._file is None:
            return
        size = self._start + self._end
        self._unmap()
        with contextlib.suppress(OSError):  # whoever reads knows zeros at the end
            os.ftruncate(self._file, size)
        self.leave()

    def leave(self) -> None:
        """Lets go of the file as the kernel does for a killed process: nothing is done to it."""
        self._unmap()
        if self._file is not None:
            os.close(self._file)
        self._file = None

    def _unmap(self) -> None:
        if self._window is not None:
            self._window.close()
        self._window, self._start, self._end, self._limit = None, 0, 0, 0

    def _complain(self, error: OSError) -> None:
        now = time.monotonic()
        if self._complained is None or now - self._complained >= COMPLAIN:
            self._complained = now
            logger.error("visits are being lost (%d so far): %s cannot be written: %s", self.lost, self.folder, error)


class _Written:
    """A part of a file that is used as if it were in memory."""

    def __init__(self, file: int, start: int):
        self._file, self._start = file, start

    def __setitem__(self, place: slice, data: bytes) -> None:
        if os.pwrite(self._file, data, self._start + place.start) < len(data):
            raise OSError("only a part of a record was written")  # the next one is written over it

    def close(self) -> None:
        """There is nothing to let go of."""


def _reserved(file: int, start: int, length: int) -> mmap.mmap | _Written:
    """A part of a file whose place on the disk nobody else can take. Raises OSError."""
    os.posix_fallocate(file, start, length)
    in_place = _file_system(file) in IN_PLACE
    return mmap.mmap(file, length, offset=start) if in_place else _Written(file, start)


def _file_system(file: int) -> int:
    """The kind of file system that a file is on, 0 where the kernel does not say."""
    told = (ctypes.c_long * 64)()  # more than a struct statfs, whose first field it is
    return told[0] if ctypes.CDLL(None).fstatfs(file, told) == 0 else 0


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
    """Whether the folder takes a writer's file, tried out."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            _reserved(file.fileno(), 0, WINDOW).close()
    except OSError:
        return False
    return True


def _after_fork() -> None:
    """A child must not write to its parent's file: it closes what it inherited; the parent's lock stays."""
    global _writer, _making
    _making = threading.Lock()
    if _writer is not None:
        _writer.leave()
    _writer = None


os.register_at_fork(after_in_child=_after_fork)
