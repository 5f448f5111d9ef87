"""What tests of the spool share."""
import errno

from stats import backlog, spool
from stats.record import Kind, Record

NOON = 1_790_000_000_000
RESERVED = spool.WINDOW // 48  # usual records that a window has room for


def view(number=1, time=NOON):
    return Record(Kind.KNOWN, time, 1, number)


def no_space(*args):
    raise OSError(errno.ENOSPC, "No space left on device")


def read(folder, offsets=None):
    return backlog.read(folder, offsets or {})
