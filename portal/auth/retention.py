"""What is kept for a while only: addresses in the log, counts of attempts, ended sessions, unused accounts, letters."""
import datetime as dt
import logging
import time

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Max, Min
from django.utils import timezone

from portal import contact
from portal.auth import idle, mail, throttle
from portal.models import LogEntry

logger = logging.getLogger(__name__)
ADDRESS_DAYS = 90
CHUNK = 10_000  # entries looked at by one statement
_done_at = 0.0  # of time.monotonic()


def prune_addresses(now: dt.datetime | None = None) -> int:
    """Takes the addresses out of entries older than 90 days; how many had one. The entries stay."""
    before = (now or timezone.now()) - dt.timedelta(days=ADDRESS_DAYS)
    ends = LogEntry.objects.filter(at__lt=before).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    old = LogEntry.objects.filter(at__lt=before, address__isnull=False)
    return sum(old.filter(pk__gte=start, pk__lt=start + CHUNK).update(address=None)
               for start in range(ends["first"], ends["last"] + 1, CHUNK))  # fmt: skip


def sweep() -> dict[str, int]:
    """Everything at once; how many of each."""
    return {
        "addresses": prune_addresses(),
        "attempts": throttle.prune(),
        "sessions": Session.objects.filter(expire_date__lt=timezone.now()).delete()[0],
        "accounts": len(idle.close_all()),
        "letters": contact.prune(),
    }


def daily() -> None:
    """Sweeps outside the response, once a day in each process that answers logins: nothing here needs a cron job."""
    global _done_at
    if settings.MAIL_IN_BACKGROUND and (not _done_at or time.monotonic() - _done_at > 86_400):
        _done_at = time.monotonic()
        mail.later(sweep)
