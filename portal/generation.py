"""Watches the content's generation from a thread of each worker, so that no request has to ask."""
import logging
import os
import threading
import time

from django.db import Error, connection

from portal import site
from portal.models import Generation

logger = logging.getLogger(__name__)
PERIOD = 1.0  # seconds between two looks

_started_in: int | None = None
_lock = threading.Lock()


def watch() -> None:
    """Starts the watcher of this process, once; safe to call again, also after a fork."""
    global _started_in
    with _lock:
        if _started_in != os.getpid():
            _started_in = os.getpid()
            threading.Thread(target=_watch, name="generation", daemon=True).start()


def _watch() -> None:
    seen, answering = None, True
    while True:
        try:
            number = Generation.objects.filter(pk=1).values_list("number", flat=True).first()
            if number != seen:
                site.renew()
                seen = number
            if not answering:
                logger.warning("the database answers again")
            answering = True
        except Error as error:
            # Said once; readers keep what this worker remembers.
            if answering:
                logger.warning("the database does not answer: %s", str(error).strip())
            answering = False
            connection.close()
        time.sleep(PERIOD)
