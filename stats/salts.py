"""The daily keys of the hashes: made in the database, kept in memory.

For a worker that starts while the database is away there is a copy in a file beside the spools. Only `current` may be
called inside a request.
"""
import json
import logging
import os
import secrets
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from stats import clock
from stats.models import Salt

logger = logging.getLogger(__name__)

KEY_BYTES = 32
OVERLAP = timedelta(hours=1)  # how long into a new day the last day's key is kept: a visit must not end at midnight

_kept: dict[date, bytes] = {}  # replaced as a whole
_found: tuple = (None, 0, (None, None))  # the keys of one quarter of an hour, and where they were found


def current(now: float) -> tuple[bytes | None, bytes | None]:
    """Today's key and, in the first hour of a day, yesterday's; None where it has not been read yet. Asks nobody."""
    global _found
    kept, quarter, keys = _found
    if kept is not _kept or quarter != int(now) // clock.QUARTER:
        kept, quarter = _kept, int(now) // clock.QUARTER
        hour, day = clock.hour_and_day(int(now * 1000))
        keys = kept.get(day), kept.get(day - timedelta(days=1)) if hour.hour == 0 else None
        _found = kept, quarter, keys
    return keys


def renew() -> None:
    """Reads the keys from the database, makes today's and tomorrow's where missing, throws away what is over.

    Asks the database only when something is missing or over. Raises django.db.Error.
    """
    global _kept
    wanted = _wanted(clock.local(clock.now()))
    if set(wanted[-2:]) <= set(_kept) <= set(wanted):
        return
    with connection.cursor() as cursor:
        for day in wanted[-2:]:
            cursor.execute(
                "INSERT INTO stats_salt (day, key) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [day, secrets.token_bytes(KEY_BYTES)],
            )
    Salt.objects.filter(day__lt=wanted[0]).delete()
    _kept = {salt.day: bytes(salt.key) for salt in Salt.objects.filter(day__in=wanted)}
    _write_file()


def load() -> None:
    """What a starting worker can know: from the database, or else from this host's file."""
    global _kept
    try:
        renew()
    except Error:
        wanted = _wanted(clock.local(clock.now()))
        _kept = {day: key for day, key in _read_file().items() if day in wanted}


def forget() -> None:
    global _kept
    _kept = {}


def _wanted(moment: datetime) -> list[date]:
    """Yesterday while its key is still needed, today, tomorrow."""
    today = moment.date()
    return sorted({(moment - OVERLAP).date(), today, today + timedelta(days=1)})


def _file() -> Path:
    return Path(settings.SPOOL_DIR) / "salts.json"


def _write_file() -> None:
    draft = _file().with_name(f".salts.{os.getpid()}")
    try:
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({day.isoformat(): key.hex() for day, key in _kept.items()}, file)
        draft.replace(_file())
    except OSError as error:
        logger.warning("the keys of the day cannot be kept in %s: %s", _file(), error.strerror)


def _read_file() -> dict[date, bytes]:
    try:
        return {date.fromisoformat(day): bytes.fromhex(key) for day, key in json.loads(_file().read_text()).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
