"""Sessions in the database that end: after a time without use, after a day's work, when their owner says so.

The limits are checked where a session is loaded, so that they hold wherever it is used and cost no query of their own.
"""
import datetime as dt
import re
import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.models import SignIn

# In the session of somebody who is logged in, seconds since the epoch:
STARTED = "started"  # the login
SEEN = "seen"  # the newest request, within TOUCH
CONFIRMED = "confirmed"  # the last time that the password was given
TOUCH = 60  # seconds between two notes of being seen

BROWSERS = [("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"),
            ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari")]  # fmt: skip
SYSTEMS = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")]  # fmt: skip


class SessionStore(db.SessionStore):
    def load(self):
        data = super().load()
        if SESSION_KEY not in data:
            return data
        now = time.time()
        if not _alive(data, now):
            self.delete()
            return super().load()  # finds nothing, and the browser's cookie is taken back
        if now - data[SEEN] >= TOUCH:
            data[SEEN] = int(now)
            self.modified = True
        return data

    def cycle_key(self):
        """The owner's list follows the session to its new key."""
        key = self.session_key
        signed_in = SignIn.objects.filter(session=key).first() if key else None
        super().cycle_key()
        if signed_in:
            signed_in.session_id = self.session_key
            signed_in.save(force_insert=True)


def _alive(data, now: float) -> bool:
    """A session from before there were limits has neither moment: it ends too."""
    return (now - data.get(STARTED, 0) < settings.SESSION_ABSOLUTE_SECONDS
            and now - data.get(SEEN, 0) < settings.SESSION_IDLE_SECONDS)  # fmt: skip


def begin(request, user, address: str | None) -> None:
    """Notes a login in its session and in its owner's list."""
    session = request.session
    session[STARTED] = session[SEEN] = session[CONFIRMED] = int(time.time())
    if not session.session_key:
        session.create()
    SignIn.objects.update_or_create(session_id=session.session_key, defaults={
        "user": user, "device": device(request.headers.get("User-Agent", "")), "address": address})  # fmt: skip


def device(agent: str) -> str:
    """`Chrome trên Windows`, from what a browser calls itself; "" where nothing is known."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    if browser and system:
        return f"{browser} trên {system}"
    return browser or system or re.sub(r"[^\w ./-]", "", agent)[:60]


def of(user) -> list[SignIn]:
    """Those that have not ended, newest first; each with `seen_at`, and with a `handle` that is no session's key."""
    now, found = time.time(), []
    for row in SignIn.objects.filter(user=user).select_related("session").order_by("-started_at"):
        data = row.session.get_decoded()
        if _alive(data, now):
            row.seen_at = dt.datetime.fromtimestamp(data[SEEN], dt.UTC)
            row.handle = handle(row.session_id)
            found.append(row)
    return found


def handle(key: str) -> str:
    """What a page may say of a session: somebody who sees it cannot use it."""
    return salted_hmac("portal.auth.sessions", key, algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def end(user, *, keep: str | None = None, only: str | None = None) -> int:
    """Ends the sessions of somebody, all but that with the key `keep`, or the one with the handle `only`; how many."""
    keys = SignIn.objects.filter(user=user).exclude(session=keep or "").values_list("session_id", flat=True)
    found = [key for key in keys if only is None or constant_time_compare(handle(key), only)]
    Session.objects.filter(pk__in=found).delete()
    return len(found)
