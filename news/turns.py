"""Turns at heavy work: so many at once on a machine, whatever the number of web workers."""
import contextlib
import fcntl
import time
from collections.abc import Iterator

from news import storing

PREFIX = "cho-"  # of the files in the scratch folder that stand for the places


class NoTurnError(Exception):
    """Every place is still taken after all that waiting."""


@contextlib.contextmanager
def turn(work: str, places: int, patience: float) -> Iterator[None]:
    """One of so many places for this work, waiting up to `patience` seconds; the kernel frees it when its holder dies.

    Raises NoTurnError.
    """
    scratch = storing.scratch_folder()
    until = time.monotonic() + patience
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(open(scratch / f"{PREFIX}{work}-{place}", "w")) for place in range(places)]
        while not any(_taken(file) for file in files):
            if time.monotonic() > until:
                raise NoTurnError
            time.sleep(0.03)
        yield


def _taken(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
