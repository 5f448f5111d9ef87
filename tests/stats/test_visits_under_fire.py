"""Real processes: workers killed the hard way, and a database that goes away under load."""
import contextlib
import http.client
import queue
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import psycopg2
import pytest
from running import CLEAN, ROOT, Portal, free_port, manage

from portal import embedded

pytestmark = pytest.mark.slow

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def var():
    """Not under pytest's own folder: another run of pytest would shut it to the database's account in the middle."""
    with tempfile.TemporaryDirectory(prefix="visits-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "var"


class Reader:
    """A browser that tries again where a connection breaks; `broken` counts the answers it never got."""

    def __init__(self, port, user_agent, keeps_cookies):
        self.port, self.keeps_cookies, self.cookie = port, keeps_cookies, None
        self.headers = {"User-Agent": user_agent, "Accept": "text/html", "Sec-Fetch-Dest": "document"}
        self.answered = self.broken = 0
        self.slowest = 0.0

    def read(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            started = time.monotonic()
            try:
                status, cookie = self._ask()
            except (OSError, http.client.HTTPException):
                self.broken += 1
                time.sleep(0.05)
                continue
            self.slowest = max(self.slowest, time.monotonic() - started)
            assert status == 200
            self.answered += 1
            if cookie and self.keeps_cookies:
                self.cookie = cookie
            return
        raise AssertionError("no answer within 60 s")

    def _ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", "/", headers={**self.headers, **({"Cookie": self.cookie} if self.cookie else {})})
            response = connection.getresponse()
            response.read()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie" and value.startswith("visit="):
                    return response.status, value.partition(";")[0]
            return response.status, None


def work(tasks, threads, progress=lambda done: None):
    """Runs the calls in `tasks` from several threads, in order as far as threads allow; raises the first failure."""
    waiting, failures, done = queue.SimpleQueue(), [], []
    for task in tasks:
        waiting.put(task)

    def run():
        with contextlib.suppress(queue.Empty):
            while not failures:
                try:
                    waiting.get_nowait()()
                except AssertionError as error:
                    failures.append(error)
                done.append(None)
                progress(len(done))

    crew = [threading.Thread(target=run) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    if failures:
        raise failures[0]


def counted(var):
    """(visits, views) in the database."""
    config = embedded.settings(var)
    connection = psycopg2.connect(host=config["HOST"], port=config["PORT"], user=config["USER"], dbname=config["NAME"])
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(visits), 0)::int, coalesce(sum(views), 0)::int FROM stats_daytotal")
        return cursor.fetchone()


def settled(var, seconds=40):
    """The totals once they have stopped moving for six seconds."""
    deadline = time.monotonic() + seconds
    seen, since = None, time.monotonic()
    while time.monotonic() < deadline:
        now = counted(var)
        if now != seen:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since > 6:
            break
        time.sleep(0.5)
    return seen


def children(process, word):
    found = []
    for child in psutil.Process(process.pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):  # killed a moment ago
            if word in child.cmdline():
                found.append(child)
    return found


def test_killed_workers_and_collectors_lose_no_visit_and_count_none_twice(var):
    """400 readers with cookies, half of them behind one address with one browser, and 100 clients without cookies.

    Five workers die amid it, and each time the collector as well, where there is one again.
    """
    with Portal(var, "--empty", "--workers", "2") as portal:
        apart = [Reader(portal.port, f"{CHROME} Rieng/{number}", True) for number in range(200)]
        alike = [Reader(portal.port, CHROME, True) for _ in range(199)]
        scripts = [Reader(portal.port, f"{CHROME} Tep/{number}", False) for number in range(100)]
        everyone = [*apart, *alike, *scripts]
        random.shuffle(everyone)
        rounds = [reader.read for _ in range(3) for reader in everyone]
        marks = [len(rounds) * number // 6 for number in range(1, 6)]
        killed, collectors = [], []
        lock = threading.Lock()

        def progress(done):
            with lock:
                if marks and done >= marks[0]:
                    marks.pop(0)
                    victim = random.choice(children(portal.process, "manage.py"))
                    victim.send_signal(signal.SIGKILL)
                    killed.append(victim.pid)
                    for collector in children(portal.process, "portal.collecting"):
                        collector.send_signal(signal.SIGKILL)
                        collectors.append(collector.pid)

        work(rounds, 12, progress)
        # The last one behind the shared address: it takes over what a reader with a lost first answer left there.
        last = Reader(portal.port, CHROME, True)
        last.read()
        last.read()
        visits, views = settled(var)
        answered = sum(reader.answered for reader in [*everyone, last])
        broken = sum(reader.broken for reader in everyone)
        assert len(set(killed)) == 5
        assert len(set(collectors)) >= 2
        assert visits == 500
        assert answered <= views <= answered + broken
        assert len(list((var / "spool").glob("*.spool"))) <= 2


def until_it_answers(port):
    for _ in range(300):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with contextlib.closing(connection):
                connection.request("GET", "/figures.json")
                connection.getresponse().read()
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture
def one_page(var):
    """The one page behind granian with two workers, and a database that may be stopped."""
    with embedded.running(var):
        assert manage(var, "migrate").returncode == 0
        port = free_port()
        granian = Path(sys.executable).with_name("granian")
        server = subprocess.Popen(
            [granian, "--interface", "wsgi", "--workers", "2", "--port", str(port), "--blocking-threads", "4",
             "--respawn-failed-workers", "--log-level", "critical", "one_page:application"],
            cwd=Path(__file__).parent, env={**CLEAN, "VAR_DIR": str(var), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        try:
            until_it_answers(port)
            yield var, port, server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def test_a_database_away_for_twenty_seconds_under_load_costs_neither_a_page_nor_a_visit(one_page):
    var, port, _ = one_page
    readers = [Reader(port, f"{CHROME} Rieng/{number}", True) for number in range(150)]
    readers += [Reader(port, CHROME, True) for _ in range(150)]
    away = threading.Event()
    outcome = []

    def outage():
        time.sleep(4)
        embedded.stop(var, "immediate")
        away.set()
        time.sleep(20)
        with embedded.running(var):
            outcome.append("back")

    trouble = threading.Thread(target=outage)
    trouble.start()
    rounds = []
    while trouble.is_alive():
        # Some of them are new in each round, so that first pages fall into the outage as well.
        work([reader.read for reader in random.sample(readers, 60)], 6)
        rounds.append(away.is_set())
        time.sleep(0.2)
    assert outcome == ["back"]
    work([reader.read for reader in readers], 6)
    work([reader.read for reader in readers], 6)
    assert sum(rounds) > 10
    assert sum(reader.broken for reader in readers) == 0
    assert max(reader.slowest for reader in readers) < 1.5
    assert settled(var, 60) == (300, sum(reader.answered for reader in readers))


def test_workers_born_while_the_database_is_away_count_scripts_too(one_page):
    """The key of the day comes from the host's file: a client without cookies would be uncountable without it."""
    var, port, server = one_page
    Reader(port, f"{CHROME} Dau/1", True).read()
    time.sleep(4)
    embedded.stop(var, "immediate")
    killed = [child for child in psutil.Process(server.pid).children() if "tracker" not in " ".join(child.cmdline())]
    for child in killed:
        child.kill()
    psutil.wait_procs(killed, 10)
    until_it_answers(port)
    for number in range(50):
        Reader(port, f"{CHROME} Tep/{number}", False).read()
    with embedded.running(var):
        assert settled(var) == (51, 51)
    assert len(killed) == 2
