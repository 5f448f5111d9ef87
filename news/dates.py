"""The span of dates that an article may have: wide enough for any archive, and inside what every part can show."""
import datetime as dt

from django.core.exceptions import ValidationError

EARLIEST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


def validate_moment(moment: dt.datetime) -> None:
    if not EARLIEST <= moment < LATEST:
        raise ValidationError("Năm phải từ 1900 đến 2199.")
