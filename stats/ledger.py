"""Writes a batch of hits to the totals: one transaction that also moves the offsets, so that no hit counts twice."""
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from stats import clock, conf
from stats.backlog import Batch, Part
from stats.models import ReferrerDay
from stats.record import Kind, Record
from stats.visits import Book, Seen, keys

LOCK = 0x7669736974  # advisory lock of the hosts that share the database
_VIEWS = frozenset({Kind.NEW, Kind.KNOWN})
_NUMBERS = {"bigint", "smallint"}
LONGEST_STATEMENT = "60s"  # a connection that hangs must not hold the collector for ever


class OffsetMoved(Exception):
    """Somebody else has counted part of these records: read the offsets again."""


def enter(batch: Batch) -> None:
    """Counts the batch. Raises OffsetMoved or django.db.Error, and has changed nothing then."""
    with transaction.atomic(), connection.cursor() as cursor:
        lock()
        _move_offsets(cursor, batch.parts)
        book = Book(_load(cursor, sorted(set(keys(batch.records)))))
        for record in batch.records:
            book.add(record)
        _save(cursor, book)
        _add_totals(cursor, batch.records, book.visits)


def lock() -> None:
    """Lets one host at a time change who is present, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST_STATEMENT])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _move_offsets(cursor, parts: Sequence[Part]) -> None:
    moved = [part for part in parts if part.end > part.start]
    if not moved:
        return
    fresh = [part.name for part in moved if not part.start]
    if fresh:
        _run(cursor, "INSERT INTO stats_spool (name, \"offset\") SELECT name, 0 FROM unnest({}) AS t(name)"
                        " ON CONFLICT DO NOTHING", "text", fresh)  # fmt: skip
    _run(
        cursor,
        "UPDATE stats_spool AS s SET \"offset\" = t.stop FROM unnest({}, {}, {}) AS t(name, start, stop)"
        " WHERE s.name = t.name AND s.\"offset\" = t.start",
        "text bigint bigint", *zip(*[(part.name, part.start, part.end) for part in moved], strict=True),
    )  # fmt: skip
    if cursor.rowcount != len(moved):
        raise OffsetMoved


def _load(cursor, wanted: list[int]) -> dict[int, Seen]:
    if not wanted:
        return {}
    columns = "key, since, last_seen, before, claimant"
    _run(cursor, f"SELECT {columns} FROM stats_presence WHERE key = ANY({{}})", "bigint", wanted)
    return {key: Seen(*rest) for key, *rest in cursor.fetchall()}


def _save(cursor, book: Book) -> None:
    """Sorted by key, so that two hosts never wait for each other in a circle."""
    if book.removed:
        _run(cursor, "DELETE FROM stats_presence WHERE key = ANY({})", "bigint", sorted(book.removed))
    changed = sorted(book.changed)
    if changed:
        rows = [(key, seen.claimant, seen.since, seen.last, seen.before) for key in changed if (seen := book.seen[key])]
        _run(
            cursor,
            "INSERT INTO stats_presence (key, claimant, since, last_seen, before)"
            " SELECT * FROM unnest({}, {}, {}, {}, {}) ORDER BY 1"
            " ON CONFLICT (key) DO UPDATE SET claimant = EXCLUDED.claimant, since = EXCLUDED.since,"
            " last_seen = EXCLUDED.last_seen, before = EXCLUDED.before",
            "bigint bigint bigint bigint bigint", *zip(*rows, strict=True),
        )  # fmt: skip


def _add_totals(cursor, records: Iterable[Record], visits: Counter) -> None:
    hours, days = Counter(), Counter()
    articles, article_days, referrers, devices = Counter(), Counter(), Counter(), Counter()
    for (time, client), number in visits.items():
        hour, day = clock.hour_and_day(time)
        hours[hour, "visits"] += number
        days[day, "visits"] += number
        devices[day, client] += number
    quarter = None
    for record in records:
        # Most of a batch is of one quarter of an hour, which has one hour and one day.
        if record.time // (clock.QUARTER * 1000) != quarter:
            quarter = record.time // (clock.QUARTER * 1000)
            hour, day = clock.hour_and_day(record.time)
        if record.kind in _VIEWS:
            hours[hour, "views"] += 1
            if record.article:
                article_days[day, record.article] += 1
            if record.host:
                referrers[day, record.host] += 1
        elif record.kind == Kind.BOT:
            days[day, "bots"] += 1
        elif record.kind == Kind.LOST:
            days[day, "lost"] += record.article
    for (hour, column), number in hours.items():
        if column == "views":
            days[hour.date(), "views"] += number
    for (_, article), number in article_days.items():
        articles[article,] += number
    _add_columns(cursor, "stats_hourtotal", "hour", "timestamptz", hours, ["visits", "views"])
    _add_columns(cursor, "stats_daytotal", "day", "date", days, ["visits", "views", "bots", "lost"])
    _add(cursor, "stats_articletotal", "article", "bigint", "views", articles)
    _add(cursor, "stats_articleday", "day, article", "date bigint", "views", article_days)
    _add(cursor, "stats_referrerday", "day, host", "date text", "hits", _bounded(referrers))
    _add(cursor, "stats_deviceday", "day, device", "date smallint", "visits", devices)


def _bounded(referrers: Counter) -> Counter:
    """Host names can be invented without end: beyond the day's limit they all count as one, the empty name."""
    if not referrers:
        return referrers
    limit = conf.get("STATS_REFERRERS_PER_DAY")
    known: dict = {}
    for day, host in ReferrerDay.objects.filter(day__in={day for day, _ in referrers}).values_list("day", "host"):
        known.setdefault(day, set()).add(host)
    bounded = Counter()
    for (day, host), number in referrers.items():
        hosts = known.setdefault(day, set())
        if host not in hosts and len(hosts) >= limit:
            host = ""
        hosts.add(host)
        bounded[day, host] += number
    return bounded


def _add_columns(cursor, table: str, key: str, kind: str, numbers: Counter, columns: Sequence[str]) -> None:
    """Adds to several columns of the rows named by the first part of each key; the second names the column."""
    rows = sorted({name for name, _ in numbers})
    if rows:
        adding = ", ".join(f"{column} = {table}.{column} + EXCLUDED.{column}" for column in columns)
        _run(
            cursor,
            f"INSERT INTO {table} ({key}, {', '.join(columns)})"
            f" SELECT * FROM unnest({', '.join(['{}'] * (len(columns) + 1))})"
            f" ON CONFLICT ({key}) DO UPDATE SET {adding}",
            " ".join([kind, *["bigint"] * len(columns)]), rows,
            *[[numbers[row, column] for row in rows] for column in columns],
        )  # fmt: skip


def _add(cursor, table: str, key: str, kinds: str, column: str, numbers: Counter) -> None:
    rows = sorted((*name, number) for name, number in numbers.items() if number)
    if rows:
        _run(
            cursor,
            f"INSERT INTO {table} ({key}, {column})"
            f" SELECT * FROM unnest({', '.join(['{}'] * len(rows[0]))})"
            f" ON CONFLICT ({key}) DO UPDATE SET {column} = {table}.{column} + EXCLUDED.{column}",
            f"{kinds} bigint", *zip(*rows, strict=True),
        )  # fmt: skip


def _run(cursor, statement: str, kinds: str, *columns: Iterable) -> None:
    """Runs a statement whose `{}` are arrays, one for each of the SQL types in `kinds` and of the columns."""
    types = kinds.split()
    values = [_array(column) if kind in _NUMBERS else list(column) for kind, column in zip(types, columns, strict=True)]
    cursor.execute(statement.format(*[f"%s::{kind}[]" for kind in types]), values)


def _array(numbers: Iterable[int | None]) -> str:
    """PostgreSQL's text form of an array: ten times as fast to make as a list that the driver has to adapt."""
    return "{" + ",".join(["NULL" if number is None else str(number) for number in numbers]) + "}"
