"""The figures that pages show: written by the collector, kept in the memory of every worker.

A worker shows new figures two seconds after they were written, as every other worker does: they all have read them by
then, so that a reader who is served by one worker after another never sees a total go down.
"""
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import Error, connection

from stats import clock

SHOW_AFTER = 2.0  # seconds between the writing of figures and their showing; workers read once a second
ONLINE = 5 * 60 * 1000  # milliseconds since the last hit of somebody who is online
ONLINE_EVERY = 5.0  # seconds between two countings of who is online, all hosts together
TOLERANCE = 60 * 1000  # milliseconds that another host's clock may be ahead


@dataclass(frozen=True, slots=True)
class Figures:
    """Who is online now, and visits counted since counting began; `lost` are today's page views that no disk took."""

    online: int = 0
    today: int = 0
    month: int = 0
    total: int = 0
    lost: int = 0


class Shelf:
    """Figures waiting for their moment, and those that are shown; safe to use from several threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        self._waiting: deque = deque()
        self._next = float("inf")  # when the first of those waiting is to be shown, by the monotonic clock
        self._shown = Figures()
        self._valid_until = self._month_ends = float("inf")
        self._knows_nothing = True
        self.written_at: datetime | None = None

    def put(self, figures: Figures, counted_at: datetime, written_at: datetime, age: float) -> None:
        """Takes figures counted at `counted_at` by their host's clock, and written `age` seconds ago by the database's.

        They are shown at once where this process knows nothing yet.
        """
        day_ends, month_ends = _ends(clock.local(counted_at.timestamp()))
        with self._lock:
            if written_at == self.written_at:
                return
            wait = 0.0 if self._knows_nothing else max(0.0, SHOW_AFTER - age)
            self._knows_nothing = False
            self.written_at = written_at
            self._waiting.append((time.monotonic() + wait, figures, day_ends, month_ends))
            self._next = self._waiting[0][0]

    def put_nothing(self) -> None:
        """Takes it that nobody has ever counted: so the first figures have their moment as all others do."""
        self._knows_nothing = False

    def current(self) -> Figures:
        if time.monotonic() >= self._next:
            with self._lock:
                now = time.monotonic()
                while self._waiting and self._waiting[0][0] <= now:
                    _, figures, self._valid_until, self._month_ends = self._waiting.popleft()
                    self._shown = replace(figures, total=max(figures.total, self._shown.total))
                self._next = self._waiting[0][0] if self._waiting else float("inf")
        now = clock.now()
        if now < self._valid_until:
            return self._shown
        # A new day began and nobody has counted it yet.
        return replace(self._shown, today=0, lost=0, month=self._shown.month if now < self._month_ends else 0)


_shelf = Shelf()
current = _shelf.current  # asked for every page, so without a function between


def age() -> float | None:
    """Seconds since the figures in memory were written, by this host's clock; None where there are none."""
    return None if _shelf.written_at is None else max(0.0, clock.now() - _shelf.written_at.timestamp())


def read() -> None:
    """Reads the row into memory. Raises django.db.Error. Never called inside a request."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT online, today, month, total, lost, counted_at, written_at,"
            " extract(epoch FROM clock_timestamp() - written_at)::float FROM stats_snapshot"
        )
        row = cursor.fetchone()
    if row:
        _shelf.put(Figures(*row[:5]), *row[5:])
    else:
        _shelf.put_nothing()


def load() -> None:
    """Reads the row if the database answers: what a starting worker can know."""
    try:
        read()
    except Error:
        return


def forget() -> None:
    _shelf.clear()


def write() -> None:
    """Sums up the totals, counts who is online when that is due, and stores both. Raises django.db.Error."""
    now = clock.now()
    moment = clock.local(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT online, counted_at FROM stats_snapshot")
        online, counted_at = cursor.fetchone() or (0, None)
        if counted_at is None or not 0 <= now - counted_at.timestamp() < ONLINE_EVERY:
            online, counted_at = count_online(cursor, now), moment
        cursor.execute(
            """
            INSERT INTO stats_snapshot AS s (id, online, counted_at, written_at, today, month, total, lost)
            SELECT 1, %s, %s, clock_timestamp(),
                   coalesce(sum(visits) FILTER (WHERE day = %s), 0), coalesce(sum(visits) FILTER (WHERE day >= %s), 0),
                   coalesce(sum(visits), 0), coalesce(sum(lost) FILTER (WHERE day = %s), 0)
            FROM stats_daytotal
            ON CONFLICT (id) DO UPDATE SET
                online = EXCLUDED.online, counted_at = EXCLUDED.counted_at, written_at = EXCLUDED.written_at,
                today = EXCLUDED.today, month = EXCLUDED.month, total = greatest(s.total, EXCLUDED.total),
                lost = EXCLUDED.lost
            """,
            [online, counted_at, moment.date(), moment.date().replace(day=1), moment.date()],
        )


def count_online(cursor, now: float) -> int:
    """Visitors with a hit in the five minutes before `now`."""
    milliseconds = int(now * 1000)
    cursor.execute(
        "SELECT count(*) FROM stats_presence WHERE last_seen > %s AND last_seen <= %s",
        [milliseconds - ONLINE, milliseconds + TOLERANCE],
    )
    return cursor.fetchone()[0]


def _ends(moment: datetime) -> tuple[float, float]:
    """When the day and the month of `moment` end, in seconds since 1970."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight.replace(day=1)
    return (midnight + timedelta(days=1)).timestamp(), (first + timedelta(days=32)).replace(day=1).timestamp()
