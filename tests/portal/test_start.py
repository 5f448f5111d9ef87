"""`manage.py start` as a newcomer types it: real processes, a real database, real signals."""
import re
import signal
import time
from pathlib import Path

import psutil
import pytest
from running import Portal, free_port, manage, server_runs


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A folder in which a portal has been set up once."""
    var = tmp_path_factory.mktemp("portal") / "var"
    with Portal(var, "--empty") as portal:
        assert portal.get("/")[0] == 200
        first = portal.password
    (var / "password").write_text(first)
    return var


def test_the_first_start_shows_a_password_that_logs_in(var, client):
    with Portal(var, "--empty") as portal:
        import http.cookiejar
        import urllib.parse
        import urllib.request

        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        form = browser.open(portal.address + "/dang-nhap/?next=/quan-tri/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        data = {"csrfmiddlewaretoken": token, "username": "quantri", "password": (var / "password").read_text(),
                "next": "/quan-tri/"}  # fmt: skip
        page = browser.open(portal.address + "/dang-nhap/", urllib.parse.urlencode(data).encode())
        assert page.url.endswith("/quan-tri/")
        assert "Đăng xuất" in page.read().decode()


def test_a_set_up_portal_answers_within_five_seconds_and_makes_nothing_twice(var):
    key = (var / "secret_key").read_text()
    with Portal(var, "--empty") as portal:
        assert portal.password is None
    assert (var / "secret_key").read_text() == key


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly_with_its_database(var, number):
    with Portal(var, "--empty") as portal:
        assert server_runs(var)
        assert portal.stop(number) == 0
    assert "Traceback" not in portal.output
    assert not server_runs(var)


@pytest.mark.slow
def test_a_second_start_says_where_the_first_one_runs(var):
    with Portal(var, "--empty") as portal:
        second = manage(var, "start", "--port", str(free_port()))
        assert second.returncode == 1
        assert f"already runs here: {portal.address}" in second.stderr
        assert portal.get("/healthz")[0] == 200


@pytest.mark.slow
def test_other_commands_find_the_same_database_and_leave_it_running(var):
    with Portal(var, "--empty") as portal:
        done = manage(var, "shell", "-c", "from portal.models import User; print('has', User.objects.count())")
        assert "has 1" in done.stdout
        assert portal.get("/readyz")[0] == 200


def test_a_command_alone_brings_the_database_up_and_takes_it_down(var):
    done = manage(var, "showmigrations", "news")
    assert "[X] 0001_initial" in done.stdout
    assert not server_runs(var)


@pytest.mark.slow
def test_a_killed_portal_leaves_nothing_that_stops_the_next_start(var):
    portal = Portal(var, "--empty").wait()
    children = psutil.Process(portal.process.pid).children(recursive=True)
    assert any("portal.collecting" in child.cmdline() for child in children)
    portal.process.kill()
    portal.process.wait()
    _, alive = psutil.wait_procs([child for child in children if child.name() != "postgres"], timeout=20)
    assert alive == []
    with Portal(var, "--empty", port=portal.port) as again:
        assert again.get("/")[0] == 200


def test_a_pid_that_now_belongs_to_another_program_is_not_taken_for_the_database(var):
    pid_file = var / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{psutil.Process().pid}\n{var / 'postgres'}\n1\n5432\n\n\n 1 1\nready\n")
    assert manage(var, "showmigrations", "news").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("--port", "0"), ("--port", "99999"), ("--workers", "0"), ("--port", "abc"),
                                       ("--host", "203.0.113.7")])  # fmt: skip
def test_bad_arguments_get_one_line(var, arguments):
    done = manage(var, "start", *arguments)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert not server_runs(var)


def test_a_port_in_use_gets_one_line(var):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = manage(var, "start", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "value", "hint"), [
    ("DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/none", "check DATABASE_URL"),
    ("DATABASE_URL", "mysql://a/b", "postgres://user:password@host:5432/name"),
    ("DATABASE_URL", "postgres://u:p@h:port/x", "postgres://user:password@host:5432/name"),
    ("SECRET_KEY", "short", "50 random characters"),
    ("SECRET_KEY", "a" * 60, "50 random characters"),
    ("SECRET_KEY", "django-insecure-" + "abcdefghij" * 6, "50 random characters"),
    ("DEBUG", "maybe", "DEBUG must be true or false"),
    ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number"),
    ("TRUSTED_PROXIES", "two", "TRUSTED_PROXIES must be a whole number"),
    ("SITE_URL", "songcong.example", "SITE_URL must look like"),
    ("SITE_URL", "https://[::1", "SITE_URL must look like"),
    ("ALLOWED_HOSTS", "https://a.example", "ALLOWED_HOSTS takes host names"),
    ("EMAIL_URL", "pigeon://x", "EMAIL_URL must look like"),
])  # fmt: skip
def test_a_bad_environment_value_stops_it_with_one_line(var, name, value, hint):
    done = manage(var, "start", **{name: value})
    assert done.returncode == 1
    assert hint in done.stderr
    assert "secret@" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_var_that_cannot_be_written_gets_one_line(tmp_path):
    blocked = tmp_path / "var"
    blocked.write_text("a file stands where the folder should")
    done = manage(blocked, "start")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(blocked) in done.stderr
    assert "VAR_DIR" in done.stderr


@pytest.mark.slow
def test_with_a_database_of_its_own_no_embedded_one_is_touched(var, tmp_path):
    with Portal(var, "--empty"):
        address = f"postgres://portal@{str(var / 'postgres').replace('/', '%2F')}/portal"
        other = tmp_path / "other"
        done = manage(other, "migrate", DATABASE_URL=address)
        assert done.returncode == 0, done.stderr
        assert not (other / "postgres").exists()


@pytest.mark.slow
def test_a_path_too_long_for_a_socket_still_works(tmp_path):
    var = tmp_path / ("rất-dài-" * 12) / "var"
    done = manage(var, "shell", "-c", "from django.db import connection; connection.ensure_connection(); print('open')")
    assert "open" in done.stdout, done.stderr


@pytest.mark.slow
def test_the_first_run_fills_a_city_portal_once(tmp_path):
    var = tmp_path / "var"
    with Portal(var) as portal:
        found = portal.get("/tim-kiem/?q=tong+ket+hoat+dong+cua+ubnd+cac+cap")[1]
        assert "/bai-viet/tong-ket-hoat-dong-cua-ubnd" in found
        assert "1.940.858" in portal.get("/")[1]
    counts = (
        "from news.models import *; "
        "print('count', *[model.objects.count() for model in (Article, Category, Tag, Page, Image)])"
    )
    first = manage(var, "shell", "-c", counts).stdout
    with Portal(var):
        pass
    assert manage(var, "shell", "-c", counts).stdout == first
    articles, categories, _, pages, images = map(int, re.search(r"count (.+)", first)[1].split())
    assert articles >= 31
    assert (categories, pages) == (8, 6)
    assert images >= 20


@pytest.mark.slow
def test_workers_that_are_killed_come_back(var):
    with Portal(var, "--empty", "--workers", "2") as portal:
        for _ in range(4):
            workers = [child for child in psutil.Process(portal.process.pid).children() if "start" in child.cmdline()]
            workers[0].kill()
            time.sleep(1.5)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and portal.process.poll() is None:
            try:
                if portal.get("/")[0] == 200:
                    break
            except OSError:
                time.sleep(0.2)
        assert portal.get("/")[0] == 200


def test_the_log_of_a_start_names_no_secret(var):
    assert (var / "secret_key").read_text() not in "".join(file.read_text() for file in Path(var.parent).glob("*.log"))


@pytest.mark.slow
def test_nobody_waits_at_the_socket_of_a_server_that_ended_by_itself(var):
    """Granian gives up on workers that keep dying; the server after it must be the only one to connect to."""
    with Portal(var, "--empty", "--workers", "2") as portal:
        parent = psutil.Process(portal.process.pid)
        for _ in range(40):
            for child in parent.children():
                if "postgres" not in child.name():
                    child.kill()
            if "started again" in portal.output:
                break
            time.sleep(0.3)
        assert "started again" in portal.output
        portal.wait()
        listening = [found for found in parent.net_connections("tcp") if found.status == psutil.CONN_LISTEN]
        assert len({found.laddr for found in listening}) == len(listening) == 1
        assert [portal.get("/healthz")[0] for _ in range(20)] == [200] * 20
