"""From the spool to the totals and to the figures on a page, with crashes, outages and several processes."""
import fcntl
import os
import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from stats import background, backlog, clock, collector, ledger, popular, queries, retention, salts, snapshot, spool
from stats.models import (
    ArticleDay,
    ArticleTotal,
    DayTotal,
    DeviceDay,
    HourTotal,
    MostViewed,
    Presence,
    ReferrerDay,
    Snapshot,
    Spool,
)
from stats.record import Kind, Record

TAKE_LOCK = """
import sys, time, fcntl
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_a_dead_workers_file_is_emptied_and_removed_and_a_living_ones_stays(city):
    city.browser().read(worker=0)
    city.browser(address="113.160.1.2").read(worker=1)
    city.kill(0)
    assert city.total() == 2
    assert len(backlog.names(city.folder)) == 1
    assert Spool.objects.filter(removed_at=None).count() == 1


def test_a_file_that_comes_back_after_a_power_cut_does_not_count_again(city):
    city.browser().read()
    name = backlog.names(city.folder)[0]
    content = (city.folder / name).read_bytes()
    city.kill(0)
    assert city.total() == 1
    (city.folder / name).write_bytes(content)
    assert city.total() == 1
    assert DayTotal.objects.get().views == 1
    assert backlog.names(city.folder) == []


def test_a_file_that_lost_its_end_in_a_power_cut_is_removed(city):
    city.browser().read()
    city.collect()
    name = backlog.names(city.folder)[0]
    city.kill(0)
    os.truncate(city.folder / name, 10)
    assert city.total() == 1
    assert backlog.names(city.folder) == []


def test_offsets_of_removed_files_are_forgotten_after_a_day(city):
    city.browser().read()
    city.kill(0)
    city.collect()
    assert Spool.objects.count() == 1
    Spool.objects.update(removed_at=timezone.now() - timedelta(hours=25))
    collector.purge()
    assert Spool.objects.count() == 0


def test_visitors_are_forgotten_two_hours_after_their_last_page(city):
    city.browser().read()
    city.collect()
    city.later(2 * 3600 - 1)
    collector.purge()
    assert Presence.objects.count() == 1
    city.later(2)
    collector.purge()
    assert Presence.objects.count() == 0


def test_a_batch_costs_the_same_few_queries_however_large(city, django_assert_max_num_queries):
    for number in range(300):
        city.browser(address=f"113.160.{number // 200}.{number % 200}").read(
            HTTP_REFERER=f"https://trang{number}.example/x", **{"visit.article": number + 1}
        )
    city.collector.run()  # the rankings and the purge are out of the way
    for number in range(300):
        city.browser(address=f"113.161.{number // 200}.{number % 200}").read(**{"visit.article": number + 1})
    with django_assert_max_num_queries(25):
        city.collect()


def test_a_clock_set_back_counts_nobody_twice(city):
    browser = city.browser()
    browser.read()
    city.collect()
    city.later(-3600)
    for _ in range(20):
        browser.read()
        city.collect()
        city.later(120)
    assert city.total() == 1


def test_the_lock_of_a_dead_collector_is_taken_over_at_once(spool_folder):
    spool_folder.mkdir()
    lock = spool_folder / "collector.lock"
    holder = subprocess.Popen([sys.executable, "-c", TAKE_LOCK, str(lock)], stdout=subprocess.PIPE)
    try:
        holder.stdout.readline()
        leadership = collector.Leadership(spool_folder)
        assert not leadership.held()
        holder.kill()
        holder.wait()
        assert leadership.held()
    finally:
        holder.kill()
    second = collector.Leadership(spool_folder)
    assert not second.held()
    leadership.release()
    assert second.held()
    second.release()


def test_two_collectors_on_one_folder_count_everything_once(city):
    city.browser().read()
    batch = backlog.read(city.folder, {})
    city.collect()
    with pytest.raises(ledger.OffsetMoved):
        ledger.enter(batch)
    assert DayTotal.objects.get().views == 1


def test_the_hour_and_the_day_are_those_of_the_first_page(city):
    city.at("2026-11-23 23:40:00")
    browser = city.browser()
    browser.read()
    city.at("2026-11-24 00:05:00")
    browser.read()
    city.collect()
    assert [(f"{row.day:%d}", row.visits, row.views) for row in DayTotal.objects.order_by("day")] == [
        ("23", 1, 1),
        ("24", 0, 1),
    ]


def test_views_belong_to_the_article_and_are_ranked(city):
    for article, times in ((7, 3), (8, 5), (9, 1)):
        for _ in range(times):
            city.browser().read(**{queries.ARTICLE: article})
    city.collect()
    assert queries.views_of(8) == 5
    assert queries.views_of(12345) == 0
    popular.rank(7)
    assert queries.most_viewed(7, 2) == [(8, 5), (7, 3)]
    assert queries.most_viewed(3, 2) == [(8, 5), (7, 3)]


def test_referring_sites_are_counted_by_host_alone(city):
    for url in (
        "https://www.google.com/search?q=ten+toi",
        "https://google.com/",
        "android-app://com.zing.zalo/",
        "https://songcong.example/trang",
        "javascript:alert(1)",
        "https://user:pass@evil.example:8443/x",
    ):
        city.browser().read(HTTP_REFERER=url)
    city.collect()
    assert queries.referrers(1, 10) == [("google.com", 2), ("com.zing.zalo", 1), ("evil.example", 1)]


def test_invented_referring_sites_do_not_fill_the_table(city, settings):
    settings.STATS_REFERRERS_PER_DAY = 5
    for number in range(20):
        city.browser().read(HTTP_REFERER=f"https://s{number}.example/")
        if number == 3:
            city.collect()
    city.collect()
    assert ReferrerDay.objects.count() == 6
    assert queries.referrers(1, 1) == [("", 15)]


def test_devices_are_counted_by_visit(city):
    ipad = "Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Version/16.0 Mobile/15E148 Safari/604.1"
    desktop = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
    for agent in (ipad, desktop, desktop):
        browser = city.browser(user_agent=f"{agent} {time.perf_counter_ns()}")
        browser.read()
        browser.read()
    city.browser().read()
    city.collect()
    assert queries.devices(1) == [("Máy tính", 2), ("Điện thoại", 1), ("Máy tính bảng", 1)]


def test_figures_know_today_this_month_and_everything(city):
    for moment in ("2026-10-31 10:00:00", "2026-11-01 10:00:00", "2026-11-23 10:00:00"):
        city.at(moment)
        city.browser().read()
        city.collect()
    snapshot.read()
    assert queries.figures() == queries.Figures(online=1, today=1, month=2, total=3)
    city.at("2026-11-24 00:00:01")
    assert queries.figures() == queries.Figures(online=1, today=0, month=2, total=3)
    city.at("2026-12-01 00:00:01")
    assert queries.figures() == queries.Figures(online=1, today=0, month=0, total=3)


def test_whoever_read_nothing_for_five_minutes_is_not_online(city):
    city.browser().read()
    city.later(299)
    assert city.online() == 1
    city.later(6)
    assert city.online() == 0


def test_the_total_shown_never_goes_down(city):
    city.browser().read()
    city.collect()
    snapshot.read()
    DayTotal.objects.update(visits=0)
    Snapshot.objects.update(total=0)
    snapshot.write()
    snapshot.read()
    assert queries.figures().total == 1


def test_every_worker_shows_new_figures_at_the_same_moment(db, monkeypatch):
    moment = [100.0]
    monkeypatch.setattr(snapshot.time, "monotonic", lambda: moment[0])
    early, late = snapshot.Shelf(), snapshot.Shelf()
    now = timezone.now()
    for shelf in (early, late):
        shelf.put(snapshot.Figures(total=1), now, now, 0.0)
    written = now + timedelta(seconds=2)
    early.put(snapshot.Figures(total=2), now, written, 0.1)
    moment[0] += 1.0
    late.put(snapshot.Figures(total=2), now, written, 1.1)
    for wait, total in ((0.8, 1), (0.2, 2)):
        moment[0] += wait
        assert (early.current().total, late.current().total) == (total, total)


def test_every_worker_shows_the_first_figures_of_a_new_portal_at_the_same_moment(city, monkeypatch):
    monkeypatch.setattr(snapshot, "SHOW_AFTER", 2.0)
    snapshot.read()
    city.browser().read()
    city.collect()
    snapshot.read()
    assert queries.figures().total == 0
    moment = time.monotonic() + 2.0
    monkeypatch.setattr(snapshot.time, "monotonic", lambda: moment)
    assert queries.figures().total == 1


def test_a_worker_that_starts_shows_what_is_known_at_once(city, monkeypatch):
    monkeypatch.setattr(snapshot, "SHOW_AFTER", 2.0)
    city.browser().read()
    city.collect()
    snapshot.forget()
    snapshot.read()
    assert queries.figures().total == 1


def test_pages_show_figures_without_a_query(city, django_assert_num_queries):
    city.browser().read()
    city.collect()
    snapshot.read()
    with django_assert_num_queries(0):
        assert queries.figures().total == 1


def test_a_task_says_once_that_it_fails_and_once_that_it_works_again(db, caplog):
    outcomes = [OperationalError("away"), OperationalError("away"), OSError("gone"), None, None]

    def step():
        outcome = outcomes.pop(0)
        if outcome:
            raise outcome

    task = background.Task("test", 1.0, step)
    task_connection_close = connection.close
    connection.close = lambda: None  # the test's own transaction lives on this connection
    try:
        waits, wait = [], 0.0
        for _ in range(5):
            wait = task.once(wait)
            waits.append(wait)
    finally:
        connection.close = task_connection_close
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "works again" in caplog.text
    assert waits[:3] == [1.0, 2.0, 4.0]


def test_health_tells_what_waits(city):
    city.browser().read()
    city.later(9)
    health = queries.health()
    assert health["spool_writable"] is True
    assert health["lost_hits"] == 0
    assert health["collector_lag_bytes"] == 48
    assert health["collector_lag_seconds"] == pytest.approx(9, abs=0.1)
    city.collect()
    assert queries.health()["collector_lag_bytes"] == 0


def test_health_shows_what_the_disk_did_not_take(city, monkeypatch, settings):
    def full(*args):
        raise OSError(28, "No space left on device")

    city.browser().read()
    spool.forget()
    with monkeypatch.context() as broken:
        broken.setattr(os, "posix_fallocate", full)
        city.browser().read()
        assert queries.health()["lost_hits"] == 1
    city.browser().read()
    city.collect()
    snapshot.read()
    assert spool.writer().lost == 0
    assert queries.health()["lost_hits"] == 1
    assert DayTotal.objects.get().lost == 1


def test_pruning_keeps_totals_and_throws_away_what_is_old(city, settings, capsys):
    from django.core.management import call_command

    settings.STATS_KEEP_HOURS_DAYS = 10
    settings.STATS_KEEP_REFERRERS_DAYS = 10
    settings.STATS_KEEP_ARTICLE_DAYS = 10
    old = date(2020, 1, 1)
    HourTotal.objects.create(hour="2020-01-01 10:00+07:00", visits=1)
    DayTotal.objects.create(day=old, visits=1)
    ArticleDay.objects.create(day=old, article=1, views=1)
    ArticleTotal.objects.create(article=1, views=1)
    ReferrerDay.objects.create(day=old, host="x.example", hits=1)
    DeviceDay.objects.create(day=old, device=1, visits=1)
    city.browser().read(**{"visit.article": 2, "HTTP_REFERER": "https://y.example/"})
    city.collect()
    call_command("stats_prune")
    assert "hourly totals: 1 rows removed" in capsys.readouterr().out
    assert DayTotal.objects.count() == 2
    assert ArticleTotal.objects.count() == 2
    for model in (HourTotal, ArticleDay, ReferrerDay, DeviceDay):
        assert model.objects.count() == 1
    assert set(retention.prune().values()) == {0}


def test_drafts_of_killed_processes_are_swept_away(city):
    city.browser().read()
    draft = city.folder / ".0123456789abcdef"
    draft.write_bytes(b"")
    os.utime(draft, (1, 1))
    city.collector._sweep()
    assert not draft.exists()
    assert len(backlog.names(city.folder)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_its_answer_has_counted(spool_folder, settings):
    """A real process writes and is killed the hard way; another one collects."""
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from django.conf import settings; settings.configure()\n"
        "from stats.record import Kind, Record; from stats.spool import Writer\n"
        "writer = Writer(Path(sys.argv[1]))\n"
        "for number in range(5000): writer.write(Record(Kind.KNOWN, 1790000000000 + number, 1, number * 2 + 1))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    process = subprocess.run([sys.executable, "-c", code, str(spool_folder)], check=False)
    assert process.returncode == -9
    assert collector.Collector(spool_folder).run() == 5000
    assert sum(DayTotal.objects.values_list("visits", flat=True)) == 5000
    assert backlog.names(spool_folder) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_threads_count_and_collect_by_themselves(spool_folder, settings):
    """The threads of a worker in a process of its own: a hit shows in the figures within seven seconds."""
    child = os.fork()
    if not child:
        status = 1
        try:
            connection.connection = None  # to close it would end the parent's session, whose socket it is
            settings.STATS_BACKGROUND = True
            background.prepare()
            background.ensure()
            spool.writer().write(Record(Kind.KNOWN, int(clock.now() * 1000), 1, 12345))
            deadline = time.monotonic() + 7
            while time.monotonic() < deadline and queries.figures().total != 1:
                time.sleep(0.05)
            status = 0 if queries.figures().total == 1 else 2
            background.stop()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with open(spool_folder / "collector.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_worker_that_starts_knows_the_figures_at_once(city):
    city.browser().read()
    city.collect()
    snapshot.forget()
    salts.forget()
    snapshot.load()
    assert queries.figures().total == 1
    assert MostViewed.objects.count() == 0
