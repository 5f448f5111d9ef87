"""What `manage.py start` does besides the database: one portal a folder, static files, the web server."""
import contextlib
import fcntl
import hashlib
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from granian.http import HTTP1Settings

from portal import worker
from portal.auth import bodies

logger = logging.getLogger(__name__)
THREADS = 4  # a worker's, at most; each holds a database connection of its own
BACKGROUND = 3  # connections of a worker's other threads: they watch the generation, read the counter, send letters
SPARE = 10  # connections left for the collector, commands, backups and whoever looks after the database
BACKLOG = 2048  # connections that wait to be accepted
CONNECTIONS = 4096  # that a worker holds open at once, idle ones among them; the rest wait in the backlog
RECYCLE_MEGABYTES = 300  # of a worker without its page cache, beyond which another takes its place
LIFETIME = 24 * 3600  # seconds after which a worker is replaced in any case
RESTARTS = 10  # of the web server within RESTART_SECONDS, before giving up
RESTART_SECONDS = 60
# Who has not sent its headers in ten seconds is no reader; all of them together fit well into 64 kB.
HEADERS = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=65_536)
KILL_SECONDS = 20  # that a worker has for the requests it is answering when the portal stops


def default_workers() -> int:
    return min(max(os.cpu_count() or 1, 1), 8)


def threads_for(workers: int) -> int:
    """How many threads each worker may have within the database's `max_connections`.

    Raises CommandError where not even one each would fit, with what to do.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
        )
        free = cursor.fetchone()[0] - SPARE
    threads = min(THREADS, free // workers - BACKGROUND)
    if threads < 1:
        most = max(1, free // (BACKGROUND + 1))
        raise CommandError(
            f"{workers} workers need {workers * (BACKGROUND + 1) + SPARE} database connections and the server allows"
            f" {free + SPARE}: start with --workers {most}, or raise max_connections."
        )
    return threads


@contextlib.contextmanager
def alone(address: str) -> Iterator[None]:
    """Holds the folder for one portal; raises CommandError with the address of the one that runs there already."""
    with open(settings.VAR_DIR / "start.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip()
            raise CommandError(f"The portal already runs here{f': {where}' if where else ''}. Stop it first.") from None
        lock.seek(0)
        lock.truncate()
        lock.write(address)
        lock.flush()
        yield


def check_port(host: str, port: int) -> None:
    """Raises CommandError where nothing can listen, before anything else is done."""
    if not 1 <= port <= 65535:
        raise CommandError(f"--port must be from 1 to 65535, not {port}.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        raise CommandError(f"Port {port} needs more rights: choose one above 1023 with --port.") from None
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {host}:{port} ({error.strerror}): stop what uses it, or choose another with --port."
        ) from None


def collect_static() -> None:
    """Collects static files where they differ from what was collected last."""
    stamp = settings.VAR_DIR / "static.stamp"
    found = _fingerprint()
    if stamp.exists() and stamp.read_text() == found and settings.STATIC_ROOT.is_dir():
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(found)


def serve(host: str, port: int, workers: int, threads: int, opened: Callable[[], None]) -> None:
    """Runs granian until SIGINT or SIGTERM, brings it back where it ends by itself; calls `opened` once it answers.

    SIGHUP replaces the workers one by one, each new one before its predecessor goes.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces

    parent = os.getpid()
    bodies.for_threads(threads)
    os.register_at_fork(after_in_child=lambda: worker.begin(parent))
    threading.Thread(target=_wait, args=(host, port, opened), daemon=True).start()
    begun: list[float] = []
    while True:
        connections.close_all()  # the workers are forks: a connection must never be shared with one
        server = Granian(
            "portal.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
            blocking_threads=threads, backlog=BACKLOG, backpressure=CONNECTIONS, respawn_failed_workers=True,
            workers_kill_timeout=KILL_SECONDS, workers_lifetime=LIFETIME,
            workers_max_rss=RECYCLE_MEGABYTES + settings.PAGE_CACHE_BYTES // 2**20, log_level="warning",
            http=HTTPModes.http1, http1_settings=HEADERS, websockets=False,
        )  # fmt: skip
        with contextlib.suppress(SystemExit):  # how granian leaves after a worker that keeps dying
            server.serve()
        if server.interrupt_signal:
            return
        worker.stop_accepting()  # else connections wait for ever at the socket that nobody accepts from any more
        begun = [moment for moment in begun if moment > time.monotonic() - RESTART_SECONDS] + [time.monotonic()]
        if len(begun) > RESTARTS:
            raise CommandError("The web server keeps ending by itself; the lines above say why.")
        logger.error("the web server ended by itself and is started again")
        time.sleep(0.5)


def _wait(host: str, port: int, opened: Callable[[], None]) -> None:
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection((host, port), timeout=1).close()
            opened()
            return
        time.sleep(0.05)


def _fingerprint() -> str:
    """Changes whenever a static file does, or where the files come from."""
    digest = hashlib.sha256(repr((sys.prefix, settings.STORAGES["staticfiles"], settings.STATIC_ROOT)).encode())
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    for finder in get_finders():
        for path, storage in finder.list(ignored):
            found = os.stat(storage.path(path))
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
