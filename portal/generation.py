"""Watches the content's generation from a thread of each worker, so that no request has to ask."""
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.db import Error, connection

from portal import site
from portal.models import Generation
from portal.pagecache import due as coming

logger = logging.getLogger(__name__)
PERIOD = 1.0  # seconds between two looks


@dataclass(frozen=True, slots=True)
class State:
    """What this worker knows of the content; replaced as a whole."""

    number: int | None = None  # None before the first look
    seen_at: float = 0.0  # when this number was first seen here, in seconds since 1970
    answering: bool = True  # the database, at the last look
    due: coming.Due = field(default_factory=coming.Due)
    looked_at: float = 0.0


state = State()
changed: list[Callable[[], None]] = []  # called by the watcher when readers' pages may be different now
_started_in: int | None = None
_lock = threading.Lock()


def watch() -> None:
    """Starts the watcher of this process, once; cheap to call again, also after a fork."""
    global _started_in
    if _started_in == os.getpid():
        return
    with _lock:
        if _started_in != os.getpid():
            _started_in = os.getpid()
            threading.Thread(target=_watch, name="generation", daemon=True).start()


def look() -> None:
    """One look: renews what changed. Raises django.db.Error."""
    global state
    now, before = time.time(), state
    number = Generation.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if number != state.number:
        # What pages are made of first, the number last: a page made in between counts as one of before.
        site.renew()
        state = State(number, time.time(), True, coming.read(), now)
    else:
        due = coming.read() if state.due.wears_out else state.due
        state = replace(state, answering=True, due=due, looked_at=now)
    if number != before.number or before.due.after(before.looked_at) <= now:
        for callback in changed:
            callback()


def _watch() -> None:
    global state
    while True:
        try:
            look()
        except Error as error:
            # Said once; readers keep what this worker remembers.
            if state.answering:
                logger.warning("the database does not answer: %s", str(error).strip())
            state = replace(state, answering=False)
            connection.close()
        time.sleep(PERIOD)
