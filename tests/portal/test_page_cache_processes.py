"""The page cache in real workers: changes, a database that goes away, workers that are replaced under load."""
import http.client
import os
import signal
import tempfile
import threading
import time
from pathlib import Path

import pytest
from caching import CHROME
from running import Portal, manage

from portal import embedded, server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def var():
    # Not under pytest's own folder: another run of pytest would shut it to the database's account in the middle.
    with tempfile.TemporaryDirectory(prefix="cache-", ignore_cleanup_errors=True) as folder:
        var = Path(folder) / "var"
        with Portal(var, "--empty"):
            pass
        yield var


def ask(portal, path="/"):
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=20)
    connection.request("GET", path, headers={"User-Agent": CHROME})
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, response.getheader("X-Cache"), body


def test_a_change_is_on_every_workers_pages_within_two_seconds(var):
    with Portal(var, "--empty", "--workers", "2") as portal:
        for _ in range(40):
            ask(portal)
        assert {ask(portal)[1] for _ in range(20)} == {"HIT"}
        done = manage(var, "shell", "-c", "from portal.models import SiteSettings as S; import time; "
                      "S(name='Cổng mới đặt tên').save(); print('at', time.time())")  # fmt: skip
        changed = float(done.stdout.split("at ")[1])
        time.sleep(max(0.0, changed + 2.0 - time.time()))
        assert all("Cổng mới đặt tên" in ask(portal)[2] for _ in range(60))


def test_pages_outlive_the_database(var):
    with Portal(var, "--empty", "--workers", "1") as portal:
        for _ in range(3):
            ask(portal)
            time.sleep(0.7)
        embedded.stop(var, "immediate")
        try:
            time.sleep(1.5)
            slowest = 0.0
            for _ in range(50):
                started = time.monotonic()
                status, how, _ = ask(portal)
                slowest = max(slowest, time.monotonic() - started)
                assert (status, how in ("HIT", "STALE")) == (200, True)
            assert slowest < 0.5
        finally:
            manage(var, "check", "--database", "default")


def test_workers_are_replaced_without_a_failed_request(var):
    """Each request on a connection of its own: what a client that reuses one must expect is said in the guide."""
    with Portal(var, "--empty", "--workers", "2") as portal:
        stopping, failures, answered = threading.Event(), [], []

        def read():
            while not stopping.is_set():
                try:
                    status = ask(portal)[0]
                except (OSError, http.client.HTTPException) as error:
                    status = repr(error)
                (answered if status == 200 else failures).append(status)

        readers = [threading.Thread(target=read) for _ in range(8)]
        for reader in readers:
            reader.start()
        time.sleep(1)
        os.kill(portal.process.pid, signal.SIGHUP)
        time.sleep(11)
        stopping.set()
        for reader in readers:
            reader.join()
        assert failures == []
        assert len(answered) > 500


def test_who_has_connected_before_the_portal_stops_is_answered(var):
    """And not shut out for not having asked yet: the request may be on its way."""
    with Portal(var, "--empty", "--workers", "1") as portal:
        connections = [http.client.HTTPConnection("127.0.0.1", portal.port, timeout=20) for _ in range(10)]
        for connection in connections:
            connection.connect()
        time.sleep(0.1)
        os.kill(portal.process.pid, signal.SIGTERM)
        time.sleep(0.2)
        for connection in connections:
            connection.request("GET", "/", headers={"User-Agent": CHROME})
        assert [connection.getresponse().status for connection in connections] == [200] * 10
        assert portal.process.wait(timeout=30) == 0


def test_more_workers_than_the_database_has_connections_for_are_refused_in_one_line(var):
    done = manage(var, "start", "--empty", "--workers", "90")
    assert done.returncode == 1
    assert "--workers 21" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("workers", "threads"), [(1, 4), (12, 4), (14, 3), (17, 2), (21, 1)])
def test_threads_fit_the_databases_connections(workers, threads, monkeypatch):
    monkeypatch.setattr(server, "connection", Connection(97))
    assert server.threads_for(workers) == threads


class Connection:
    """Says that so many connections are there for the portal."""

    def __init__(self, free):
        self.free = free

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass

    def execute(self, statement):
        pass

    def fetchone(self):
        return (self.free,)
