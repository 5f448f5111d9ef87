"""A small city to count in: workers with spools of their own, browsers with cookies, and a clock that obeys."""
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Sum
from spools import NOON

from stats import clock, recording, salts, snapshot, spool, visitor
from stats.collector import Collector
from stats.models import DayTotal, HourTotal

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Browser:
    """Asks for pages as a browser does; keeps its cookie unless told not to."""

    def __init__(self, city, address="113.160.1.1", user_agent=CHROME, keeps_cookies=True):
        self.city = city
        self.environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/bai-viet/khai-mac-ky-hop-7/",
            "REMOTE_ADDR": address,
            "HTTP_HOST": "songcong.example",
            "HTTP_USER_AGENT": user_agent,
            "HTTP_ACCEPT": "text/html,application/xhtml+xml",
            "HTTP_ACCEPT_LANGUAGE": "vi-VN,vi;q=0.9",
            "HTTP_SEC_FETCH_DEST": "document",
        }
        self.keeps_cookies = keeps_cookies
        self.cookie = None

    def read(self, worker=0, status=200, content_type="text/html; charset=utf-8", **environ):
        """One page; returns the value of the cookie that came with it, or None."""
        value = self.city.answer(worker, {**self.environ, **self._cookies(), **environ}, status, content_type)
        if value and self.keeps_cookies:
            self.cookie = value
        return value

    def confirm(self, worker=0):
        environ = {**self.environ, **self._cookies(), "HTTP_SEC_FETCH_DEST": "empty", recording.CONFIRM: True}
        return self.city.answer(worker, environ, 200, "application/json")

    def _cookies(self):
        return {"HTTP_COOKIE": f"csrftoken=x; {visitor.cookie_name()}={self.cookie}"} if self.cookie else {}


class City:
    def __init__(self, folder, monkeypatch):
        self.folder = folder
        self.workers = {}
        self.collector = Collector(folder)
        self.time = 0.0
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(clock, "now", lambda: self.time)
        self.at("2026-11-23 10:00:00")

    def at(self, text):
        """Sets the clock to a local date and time."""
        self.time = datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()
        salts.renew()

    def later(self, seconds):
        self.time += seconds
        salts.renew()

    def browser(self, **options):
        return Browser(self, **options)

    def answer(self, worker, environ, status, content_type):
        if worker not in self.workers:
            self.workers[worker] = spool.Writer(self.folder)
        self._monkeypatch.setattr(spool, "_writer", self.workers[worker])
        return recording.record(environ, status, content_type)

    def kill(self, worker):
        self.workers.pop(worker).close()

    def collect(self):
        return self.collector.run()

    def total(self):
        """Visits counted so far, after collecting what waits."""
        self.collect()
        by_day = DayTotal.objects.aggregate(sum=Sum("visits"))["sum"] or 0
        by_hour = HourTotal.objects.aggregate(sum=Sum("visits"))["sum"] or 0
        assert by_day == by_hour
        return by_day

    def online(self):
        self.collect()
        snapshot.read()
        return snapshot.current().online

    def visits_by_day(self):
        return {f"{row.day:%d}": row.visits for row in DayTotal.objects.order_by("day") if row.visits}

    def visits_by_hour(self):
        return {row.hour.astimezone(ZONE).hour: row.visits for row in HourTotal.objects.order_by("hour") if row.visits}


@pytest.fixture
def spool_folder(tmp_path, settings):
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.STATS_BACKGROUND = False
    spool.forget()  # one that writes elsewhere may be left of a test of pages
    yield settings.SPOOL_DIR
    spool.forget()
    salts.forget()
    snapshot.forget()


@pytest.fixture
def city(db, spool_folder, settings, monkeypatch):
    settings.TRUSTED_PROXIES = 0
    settings.HTTPS = False
    monkeypatch.setattr(snapshot, "SHOW_AFTER", 0.0)
    salts.forget()
    snapshot.forget()
    city = City(spool_folder, monkeypatch)
    yield city
    for worker in list(city.workers):
        city.kill(worker)


@pytest.fixture
def someone():
    """A user agent that nobody else has."""
    return lambda: f"{CHROME} Ban/{uuid.uuid4().hex}"


@pytest.fixture(params=["mapped", "written"])
def writer(request, spool_folder, monkeypatch):
    """A writer of its own, by either way into a file, a minute after NOON."""
    if request.param == "written":
        monkeypatch.setattr(spool, "IN_PLACE", set())
    monkeypatch.setattr(clock, "now", lambda: NOON / 1000 + 60)
    writer = spool.Writer(spool_folder)
    yield writer
    writer.close()
