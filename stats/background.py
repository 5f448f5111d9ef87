"""The threads behind each worker: they save the spool, read the figures, and collect if this worker holds the lock.

They start with the first request that a process answers, so that they live in the worker and not in its parent. Whoever
runs the workers may give collecting to a process of its own: a thread that counts takes the interpreter from those that
answer.
"""
import atexit
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from stats import conf, salts, snapshot, spool
from stats.collector import Collector, Leadership

logger = logging.getLogger(__name__)

LONGEST_WAIT = 5.0  # seconds between two tries while something is out of order
PATIENCE = 2.0  # seconds a leaving process waits for a thread in the middle of its work

running = False
_leadership: Leadership | None = None
_collects = True
_starting = threading.Lock()
_stopping = threading.Event()


class Task(threading.Thread):
    """Does `step` every `period` seconds; says once when it starts to fail and once when it works again."""

    def __init__(self, name: str, period: float, step: Callable[[], None]):
        super().__init__(name=f"stats-{name}", daemon=True)
        self.period = period
        self.step = step
        self.failing = False

    def run(self):
        wait = 0.0
        while not _stopping.wait(wait):
            wait = self.once(wait)
        connection.close()

    def once(self, wait: float) -> float:
        """One step; returns the seconds until the next."""
        started = time.monotonic()
        try:
            self.step()
        except (Error, OSError) as error:
            connection.close()
            if not self.failing:
                logger.warning("%s: %s; trying again", self.name, str(error).strip())
            self.failing = True
            return min(LONGEST_WAIT, max(self.period, wait * 2))
        if self.failing:
            logger.warning("%s: works again", self.name)
            self.failing = False
        return max(0.1, self.period - (time.monotonic() - started))


def ensure() -> None:
    """Starts the threads of this process, once; cheap to call again, and right after a fork."""
    if not running and conf.get("STATS_BACKGROUND"):
        _start()


def prepare() -> None:
    """Reads what a starting worker should know already at its first request, if the database answers."""
    if conf.get("STATS_BACKGROUND"):
        salts.load()
        snapshot.load()
        connection.close()  # a parent's connection must not be shared by the workers it forks


def collect_elsewhere() -> None:
    """Leaves collecting to another process of this host that calls `collect`: here and in children forked from here."""
    global _collects
    _collects = False


def collect() -> None:
    """Collects and does not return. It may be killed at any moment: nothing is lost and nothing counts twice."""
    _collecting().run()


def stop() -> None:
    """Ends the threads; what they have not collected stays in the spool for the next process."""
    _stopping.set()
    for thread in threading.enumerate():
        if isinstance(thread, Task):
            thread.join(PATIENCE)


def _start() -> None:
    global running
    with _starting:
        if running:
            return
        running = True
        tasks = [Task("save", 1.0, _save), Task("read", 1.0, _read)]
        if _collects:
            tasks.append(_collecting())
        for task in tasks:
            task.start()
        atexit.register(stop)


def _collecting() -> Task:
    global _leadership
    folder = Path(settings.SPOOL_DIR)
    collector, leadership = Collector(folder), Leadership(folder)
    _leadership = leadership

    def step():
        if leadership.held():
            collector.run(_stopping.is_set)

    return Task("collect", 2.0, step)


def _save() -> None:
    spool.writer().sync()


def _read() -> None:
    snapshot.read()
    salts.renew()


def _after_fork() -> None:
    """A child has none of its parent's threads, must not keep its files, and may find its locks shut for ever."""
    global running, _leadership, _starting, _stopping
    if _leadership is not None:
        _leadership.release()
    running, _leadership, _starting, _stopping = False, None, threading.Lock(), threading.Event()


os.register_at_fork(after_in_child=_after_fork)
