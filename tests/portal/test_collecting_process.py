"""The process that collects visits beside the workers of `start`: always one, never left behind."""
import sys
import time

import psutil
import pytest
from running import Portal

from portal import collecting
from stats import background

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.fixture
def keeper(monkeypatch):
    monkeypatch.setattr(collecting, "SHORTEST_PAUSE", 0.1)
    keepers = []

    def keep(*code):
        keepers.append(collecting.Keeper([sys.executable, "-S", "-E", "-c", *code], {}))
        keepers[-1].start()
        assert keepers[-1].begun.wait(10)
        return keepers[-1]

    yield keep
    for one in keepers:
        one.stop()


def test_a_process_that_ends_is_started_again_later_each_time(keeper, tmp_path, caplog):
    file = tmp_path / "starts"
    one = keeper("import sys; open(sys.argv[1], 'a').write('x'); sys.exit(3)", str(file))
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and caplog.text.count("ended by itself (status 3)") < 3:
        time.sleep(0.02)
    one.stop()
    assert len(file.read_text()) >= 3
    assert [record.getMessage()[-5:] for record in caplog.records[:3]] == ["0.1 s", "0.2 s", "0.4 s"]
    started = len(file.read_text())
    time.sleep(0.5)
    assert len(file.read_text()) == started


def test_one_that_cannot_be_started_is_tried_again(keeper, monkeypatch, caplog):
    monkeypatch.setattr(collecting.sys, "executable", "/nowhere/python")
    one = keeper("pass")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and caplog.text.count("cannot be started") < 2:
        time.sleep(0.02)
    one.stop()
    assert caplog.text.count("cannot be started") >= 2


def test_it_is_ended_with_the_portal_and_not_started_again(keeper):
    one = keeper("import time; time.sleep(60)")
    child = psutil.Process(one._process.pid)
    one.stop()
    assert not one.is_alive()
    assert not child.is_running()


def test_workers_leave_collecting_to_it_and_go_on_reading_the_figures(monkeypatch, settings, tmp_path):
    started = []
    settings.STATS_BACKGROUND = True
    settings.SPOOL_DIR = tmp_path
    monkeypatch.setattr(background, "running", False)
    monkeypatch.setattr(background, "_collects", True)
    monkeypatch.setattr(background.Task, "start", lambda task: started.append(task.name))
    monkeypatch.setattr(background.atexit, "register", lambda call: None)
    background.ensure()
    assert started == ["stats-save", "stats-read", "stats-collect"]
    del started[:]
    monkeypatch.setattr(background, "running", False)
    background.collect_elsewhere()
    background.ensure()
    assert started == ["stats-save", "stats-read"]


@pytest.mark.slow
def test_a_portal_counts_by_one_small_process_and_by_another_when_that_is_killed(tmp_path):
    var = tmp_path / "var"
    with Portal(var, "--empty", "--workers", "2") as portal:
        for number in range(2):
            assert portal.get("/", **{"User-Agent": f"{CHROME} Rieng/{number}", "Accept": "text/html"})[0] == 200
            deadline = time.monotonic() + 15
            while not (shown := f'"today": {number + 1},' in figures(portal)) and time.monotonic() < deadline:
                time.sleep(0.2)
            assert shown
            holders = [process for process in psutil.Process(portal.process.pid).children(recursive=True)
                       if any(file.path.endswith("collector.lock") for file in process.open_files())]  # fmt: skip
            assert [process.cmdline()[-3:-1] for process in holders] == [["-m", "portal.collecting"]]
            assert holders[0].memory_info().rss < 80e6
            holders[0].kill()


def figures(portal):
    return portal.get("/thong-ke/truy-cap.json")[1]
