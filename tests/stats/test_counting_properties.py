"""Whatever happens between a hit and the totals, the total is the one that a simple model in memory gives."""
import shutil
import tempfile
from pathlib import Path

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stats import backlog, clock, ledger, spool
from stats.collector import Collector
from stats.models import ArticleTotal, DayTotal, HourTotal, Presence, Spool
from stats.record import Kind, Record

VISIT = 30 * 60 * 1000
START = 1_795_000_000_000
# Each example cleans up for itself.
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Model:
    """The rules as docs/visits.md words them, for hits that come in order, one by one, and are never lost."""

    def __init__(self):
        self.visits = self.views = 0
        self.last, self.claim = {}, {}

    def hit(self, record):
        number, hashed, time = record.number, record.hash, record.time
        self.views += record.kind != Kind.CONFIRMED
        if record.kind == Kind.NEW:
            self._visit(hashed, time)
            self.claim[hashed] = number
            return
        if number not in self.last and self.claim.get(hashed) == number and time - self.last[hashed] <= VISIT:
            self.last[number] = self.last.pop(hashed)
            del self.claim[hashed]
        self._visit(number, time)

    def _visit(self, who, time):
        if who not in self.last or time - self.last[who] > VISIT:
            self.visits += 1
        self.last[who] = max(time, self.last.get(who, 0))


class Crash(Exception):
    pass


class Host:
    """A host's workers and collector, which die when told to."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="spool-"))
        self.writers = {}
        self.collector = Collector(self.folder)
        self.oldest = None

    def write(self, worker, record):
        self.writers.setdefault(worker, spool.Writer(self.folder)).write(record)
        self.oldest = self.oldest or record.time

    def kill(self, worker, torn):
        if worker not in self.writers:
            return
        before = set(backlog.names(self.folder))
        writer = self.writers.pop(worker)
        if torn:
            writer.append(b"\xc5\x2a\x00\x01half a record", False)
        writer.leave()
        assert before <= set(backlog.names(self.folder))

    def collect(self):
        self.collector.run()
        self.oldest = None

    def crash_before_commit(self, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr(ledger, "_add_totals", _crash)
            self._try()

    def crash_after_commit(self, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr(Collector, "_remove", _crash)
            self._try()

    def replay(self):
        """A collector that lost its lease in the middle, and another one that did not know."""
        batch = backlog.read(self.folder, _offsets())
        if any(part.end > part.start for part in batch.parts):
            ledger.enter(batch)
            with pytest.raises(ledger.OffsetMoved):
                ledger.enter(batch)

    def _try(self):
        try:
            self.collector.run()
        except Crash:
            self.collector = Collector(self.folder)

    def end(self):
        for writer in self.writers.values():
            writer.close()
        shutil.rmtree(self.folder)


def _crash(*args):
    raise Crash


def _offsets():
    return dict(Spool.objects.values_list("name", "offset"))


def _totals():
    days = DayTotal.objects.aggregate(visits=Sum("visits"), views=Sum("views"))
    hours = HourTotal.objects.aggregate(visits=Sum("visits"), views=Sum("views"))
    assert days == hours
    return days["visits"] or 0, days["views"] or 0


@pytest.fixture
def clean(db, monkeypatch):
    def clean(now=START):
        for model in (Presence, Spool, DayTotal, HourTotal, ArticleTotal):
            model.objects.all().delete()
        monkeypatch.setattr(clock, "now", lambda: now / 1000)

    return clean


people = st.integers(0, 3)  # few, so that they meet
workers = st.integers(0, 2)
steps = st.one_of(
    st.tuples(st.just("page"), people, workers, st.sampled_from([1, 40, 60_000, 1_000_000, VISIT, VISIT + 1])),
    st.tuples(st.just("page"), people, workers, st.sampled_from([1, 40, 60_000])),
    st.tuples(st.just("confirm"), people, workers, st.just(300)),
    st.tuples(st.just("forget cookie"), people),
    st.tuples(st.just("kill"), workers, st.booleans()),
    st.tuples(st.sampled_from(["collect", "crash before commit", "crash after commit", "replay"])),
)


@pytest.mark.slow
@EXAMPLES
@given(steps=st.lists(steps, max_size=40), batch=st.sampled_from([200, 1000, 10**6]))
def test_any_interleaving_of_workers_kills_crashes_and_replays_gives_the_models_total(clean, monkeypatch, steps, batch):
    monkeypatch.setattr(backlog, "SMALLEST", batch)
    monkeypatch.setattr(backlog, "BATCH", 0)
    clean()
    host, model, cookies = Host(), Model(), {}
    time, following = START, 1
    for step in steps:
        if step[0] in ("page", "confirm"):
            _, person, worker, pause = step
            hashed = 2 * (person // 2 + 1)  # two people share each address and browser
            if step[0] == "page":
                time += pause
                if person in cookies:
                    record = Record(Kind.KNOWN, time, 1, cookies[person][0], hashed)
                else:
                    cookies[person], following = (following, time), following + 2
                    record = Record(Kind.NEW, time, 1, cookies[person][0], hashed)
            elif person in cookies:
                record = Record(Kind.CONFIRMED, cookies[person][1], 1, cookies[person][0], hashed)
            else:
                continue
            clean_now = time
            monkeypatch.setattr(clock, "now", lambda now=clean_now: now / 1000)
            if record.kind == Kind.CONFIRMED:
                host.collect()  # a confirmation follows its page by at least a second
            host.write(worker, record)
            if record.kind == Kind.CONFIRMED:
                host.collect()
            model.hit(record)
        elif step[0] == "forget cookie":
            cookies.pop(step[1], None)
        elif step[0] == "kill":
            host.kill(*step[1:])
        elif step[0] == "collect":
            host.collect()
        elif step[0] == "crash before commit":
            host.crash_before_commit(monkeypatch)
        elif step[0] == "crash after commit":
            host.crash_after_commit(monkeypatch)
        else:
            host.replay()
    host.collect()
    assert _totals() == (model.visits, model.views)
    for worker in list(host.writers):
        host.kill(worker, torn=True)
    host.collect()
    assert _totals() == (model.visits, model.views)
    assert backlog.names(host.folder) == []
    host.end()


@pytest.mark.slow
@EXAMPLES
@given(
    hits=st.lists(
        st.tuples(people, st.integers(0, 1), st.sampled_from([1_000, 200_000, 590_000, 1_500_000, VISIT, VISIT + 1])),
        max_size=30,
    ),
    data=st.data(),
)
def test_two_hosts_whose_collectors_lag_by_up_to_ten_minutes_give_the_models_total(clean, monkeypatch, hits, data):
    clean()
    hosts, model, time = [Host(), Host()], Model(), START
    for person, where, pause in hits:
        time += pause
        monkeypatch.setattr(clock, "now", lambda now=time: now / 1000)
        for host in hosts:
            if host.oldest and (time - host.oldest > 600_000 or data.draw(st.booleans())):
                host.collect()
        record = Record(Kind.KNOWN, time, 1, 2 * person + 1)
        hosts[where].write(0, record)
        model.hit(record)
    for host in data.draw(st.permutations(hosts)):
        host.collect()
    assert _totals() == (model.visits, model.views)
    for host in hosts:
        host.end()


@pytest.mark.slow
@EXAMPLES
@given(order=st.permutations(range(12)), data=st.data())
def test_phones_behind_one_address_count_each_in_whatever_order_their_hits_arrive(clean, monkeypatch, order, data):
    """Six phones, one page and one more each: every order, even an answer before its question."""
    clean(START + 60_000)
    host = Host()
    for number in order:
        phone = 2 * (number // 2) + 1
        kind = Kind.KNOWN if number % 2 else Kind.NEW
        host.write(number % 3, Record(kind, START + number * 10, 1, phone, 2468))
        if data.draw(st.booleans()):
            host.collect()
    host.collect()
    assert _totals() == (6, 12)
    host.end()
