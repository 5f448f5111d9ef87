"""The process that takes visits to the totals: `start` keeps one beside its workers, so that theirs is all for readers.

It sets up Django with `stats` alone, which takes half of a worker's memory. Where another server runs the portal, one
of its workers collects in a thread (`stats.background`).
"""
import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings

from portal import worker

logger = logging.getLogger(__name__)
ROOT = str(Path(__file__).resolve().parent.parent)
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between the end of one process and the start of the next
LONG_ENOUGH = 30.0  # seconds; a process that lived longer did not fail at once


class Keeper(threading.Thread):
    """Runs a command again whenever it ends, until it is told to stop.

    One thread for all its processes: the kernel sends a death signal when the thread ends that started the process.
    """

    def __init__(self, command: list[str], environment: dict[str, str]):
        super().__init__(name="keeper", daemon=True)
        self.begun = threading.Event()  # the first process is there, or could not be started
        self._command, self._environment = command, environment
        self._process: subprocess.Popen | None = None
        self._mutex = threading.Lock()
        self._stopping = threading.Event()

    def run(self):
        pause = SHORTEST_PAUSE
        while True:
            started = time.monotonic()
            how = self._once()
            if self._stopping.is_set():
                return
            if time.monotonic() - started > LONG_ENOUGH:
                pause = SHORTEST_PAUSE
            logger.warning("the collector of visits %s; the next one starts in %.1f s", how, pause)
            if self._stopping.wait(pause):
                return
            pause = min(LONGEST_PAUSE, 2 * pause)

    def stop(self) -> None:
        with self._mutex:
            self._stopping.set()
        if self._process is not None:
            self._process.kill()  # perhaps amid a batch: the database takes that back, and the spool still has it
        self.join()

    def _once(self) -> str:
        """One process, from beginning to end; returns how it ended."""
        try:
            with self._mutex:
                if self._stopping.is_set():
                    return "is not wanted any more"
                # A group of its own, as Ctrl-C in a terminal is meant for the portal.
                self._process = subprocess.Popen(
                    self._command, env=self._environment, stdin=subprocess.DEVNULL, process_group=0
                )
        except OSError as error:
            return f"cannot be started ({error})"
        finally:
            self.begun.set()
        return f"ended by itself (status {self._process.wait()})"


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """A collector for the length of the block; workers that are forked inside leave collecting to it."""
    from stats import background, conf

    if not conf.get("STATS_BACKGROUND"):
        yield
        return
    background.collect_elsewhere()
    paths = os.pathsep.join(filter(None, [ROOT, os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-P", "-m", "portal.collecting", str(os.getpid())]
    keeper = Keeper(command, {**os.environ, "PYTHONPATH": paths})
    keeper.start()
    keeper.begun.wait()  # a worker forked in the middle of it would hold a pipe that the keeper waits to see closed
    try:
        yield
    finally:
        keeper.stop()


def main(parent: int) -> None:
    # Service managers tell every process of a service to end; the portal ends this one itself, after the workers.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    worker.end_with(parent, signal.SIGKILL)
    from portal import settings as portal_settings

    named = {name: value for name, value in vars(portal_settings).items() if name.isupper()}
    settings.configure(**{**named, "INSTALLED_APPS": ["stats"]})
    django.setup()
    from stats import background

    background.collect()


if __name__ == "__main__":
    main(int(sys.argv[1]))
