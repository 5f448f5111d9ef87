"""The one clock of this app, so that a test can set it."""
import time
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

QUARTER = 900  # seconds; every time zone in use begins its hours and days on a quarter

now = time.time  # seconds since 1970, UTC


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def local(seconds: float) -> datetime:
    """`seconds` since 1970 as a moment in the site's time zone."""
    return datetime.fromtimestamp(seconds, zone())


def hour_and_day(milliseconds: int) -> tuple[datetime, date]:
    """The local hour's beginning and the local day that a moment belongs to."""
    return _hour_and_day(milliseconds // 1000 // QUARTER, settings.TIME_ZONE)


@lru_cache(maxsize=1024)
def _hour_and_day(quarter: int, zone_name: str) -> tuple[datetime, date]:
    moment = datetime.fromtimestamp(quarter * QUARTER, ZoneInfo(zone_name))
    return moment.replace(minute=0), moment.date()


def today() -> date:
    return local(now()).date()


def days_ago(days: int) -> date:
    """The first day of a period of `days` days that ends today."""
    return today() - timedelta(days=days - 1)
