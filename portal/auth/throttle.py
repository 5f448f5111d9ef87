"""Counts attempts in PostgreSQL and refuses before any password is hashed.

Three keys: name with address and address alone block for a while that doubles; the name alone never blocks, it makes
everybody who tries it wait a few seconds (a signed ticket says since when), so that nobody can lock a colleague out. A
browser in which somebody has logged in before carries a signed cookie and is counted by itself: neither a stranger who
hammers the name nor a neighbour behind the same address stops it.

An attempt is counted when it begins and taken back when it succeeds: a hundred at once are no more than a hundred in a
row. Names and addresses are kept as keyed digests only.
"""
import datetime as dt
import secrets
import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.core import signing
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal import log
from portal.models import Throttle
from portal.models.text import nfc

FORGET = dt.timedelta(days=1)  # after which a row says nothing
PRUNE_ONE_IN = 50  # attempts
SLOW_AFTER = 10  # failures of a name within its window
SLOWEST = 30  # seconds between two attempts at a name that is under attack
TICKET_LASTS = 15 * 60  # seconds
_TICKET = "portal.auth.ticket"


@dataclass(frozen=True)
class Rule:
    allowed: int  # attempts within the window; the one that reaches it begins a block
    window: int  # seconds
    block: int  # seconds of the first block; doubles with each further attempt
    longest: int  # seconds


RULES = {
    "pair": Rule(5, 15 * 60, 60, 15 * 60),
    "device": Rule(5, 15 * 60, 60, 15 * 60),
    "address": Rule(15, 15 * 60, 5 * 60, 60 * 60),
    "name": Rule(10**6, 60 * 60, 1, 1),  # counted; see `_name_waits`
    "code": Rule(5, 15 * 60, 60, 15 * 60),  # second factor, by account: only who has the password comes so far
    "again": Rule(5, 15 * 60, 60, 15 * 60),  # the password before a delicate act, by account
    "mail-from": Rule(10, 60 * 60, 10 * 60, 60 * 60),  # letters asked for, by address
    "mail-to": Rule(4, 60 * 60, 30 * 60, 60 * 60),  # letters to one mailbox
    "contact": Rule(6, 60 * 60, 10 * 60, 60 * 60),  # letters of visitors, by address
    "contact-all": Rule(300, 60 * 60, 5 * 60, 60 * 60),  # of all together: what many machines may fill the table with
    "contact-mail": Rule(30, 60 * 60, 30 * 60, 60 * 60),  # notices of them to the newsroom's mailbox
    "report": Rule(60, 60 * 60, 10 * 60, 60 * 60),  # reports of browsers, by address
}

# One statement, so that what counts and what is refused is decided with the row locked.
_TAKE = """
INSERT INTO {table} AS t (key, who, whence, count, since, until, refused)
VALUES (%(key)s, %(who)s, %(whence)s, 1, %(now)s, NULL, false)
ON CONFLICT (key) DO UPDATE SET
    refused = t.until IS NOT NULL AND t.until > %(now)s,
    count = CASE WHEN t.until > %(now)s THEN t.count WHEN t.since < %(begin)s THEN 1 ELSE t.count + 1 END,
    since = CASE WHEN t.until > %(now)s OR t.since >= %(begin)s THEN t.since ELSE %(now)s END,
    until = CASE
        WHEN t.until > %(now)s THEN t.until
        WHEN t.since < %(begin)s OR t.count + 1 < %(allowed)s THEN NULL
        ELSE %(now)s + make_interval(secs => least(%(longest)s, %(block)s * 2.0 ^ least(t.count + 1 - %(allowed)s, 20)))
    END
RETURNING count, until, refused"""


class Refused(Exception):
    """Too many attempts: `seconds` until the next may succeed, `ticket` for who waits for a name (or "")."""

    def __init__(self, seconds: float, ticket: str = ""):
        super().__init__(f"wait {seconds:.0f} s")
        self.seconds = max(1, round(seconds + 0.5))
        self.minutes = -(-self.seconds // 60)
        self.ticket = ticket


@dataclass(frozen=True)
class Attempt:
    """What was counted for an attempt, so that a success can take it back."""

    keys: tuple[tuple[str, str], ...]  # (kind, key)


def digest(text: str) -> str:
    return salted_hmac("portal.auth.throttle", nfc(text).strip().casefold(), algorithm="sha256").hexdigest()[:32]


def take(kind: str, subject: str, *, who: str = "", whence: str = "") -> tuple[str, str]:
    """Counts one attempt of `kind` at `subject`; raises Refused while it is blocked."""
    rule, now = RULES[kind], timezone.now()
    key = f"{kind}:{digest(subject)}"
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(table=Throttle._meta.db_table), {
            "key": key, "who": who and digest(who), "whence": whence and digest(whence), "now": now,
            "begin": now - dt.timedelta(seconds=rule.window), "allowed": rule.allowed, "block": rule.block,
            "longest": rule.longest})  # fmt: skip
        count, until, refused = cursor.fetchone()
    if refused:
        raise Refused((until - now).total_seconds())
    if until and kind in {"pair", "device", "address", "code", "again"}:
        log.write("auth.throttled", "Tạm chặn đăng nhập", target_name=who, detail=f"{count} lần thử")
    return kind, key


def give_back(attempt: Attempt) -> None:
    """After a success: its own counts begin anew, those shared with others lose one."""
    for kind, key in attempt.keys:
        if kind in {"address", "name"}:
            Throttle.objects.filter(key=key).update(count=Greatest(F("count") - 1, 0), until=None)
        else:
            Throttle.objects.filter(key=key).delete()


def enter(name: str, network: str, *, device: str = "", ticket: str = "") -> Attempt:
    """Lets one attempt at a login begin; raises Refused.

    `network` is the client's address (an IPv6 /64), `device` the id in a browser's signed cookie for this very name.
    """
    if secrets.randbelow(PRUNE_ONE_IN) == 0:
        prune()
    if device:
        return Attempt((take("device", device, who=name),))
    wait = _name_waits(name, network, ticket)
    if wait:
        raise Refused(wait, ticket=_ticket(name, network, ticket))
    pair = take("pair", f"{name}\n{network}", who=name, whence=network)
    return Attempt((pair, take("address", network, whence=network), take("name", name, who=name)))


def _name_waits(name: str, network: str, ticket: str) -> float:
    """Seconds that this client still has to wait for this name; 0 for most."""
    since = timezone.now() - dt.timedelta(seconds=RULES["name"].window)
    counted = Throttle.objects.filter(key=f"name:{digest(name)}", since__gte=since)
    count = counted.values_list("count", flat=True).first()
    if not count or count < SLOW_AFTER:
        return 0
    needed = min(SLOWEST, 5 * 2 ** min((count - SLOW_AFTER) // 5, 5))
    return max(0, needed - _age(name, network, ticket))


def _ticket(name: str, network: str, held: str) -> str:
    """Who waits already keeps the place: a new ticket would begin the wait anew."""
    if _age(name, network, held):
        return held
    return signing.dumps([digest(f"{name}\n{network}"), int(time.time())], salt=_TICKET)


def _age(name: str, network: str, ticket: str) -> float:
    """Seconds since this portal gave this ticket for this name to this client; 0 for any other text."""
    try:
        subject, given = signing.loads(ticket, salt=_TICKET, max_age=TICKET_LASTS)
    except signing.BadSignature:
        return 0
    return max(0.5, time.time() - given) if subject == digest(f"{name}\n{network}") else 0


def prune() -> int:
    """Takes out what says nothing any more; how many rows that were."""
    return Throttle.objects.filter(since__lt=timezone.now() - FORGET).delete()[0]


def release(subject: str) -> int:
    """Forgets every attempt at an account's name or from an address; how many rows that were."""
    try:
        address = ip_address(subject.strip())
        subject = str(ip_network((address, 64), strict=False).network_address) if address.version == 6 else str(address)
    except ValueError:
        pass  # a name
    found = digest(subject)
    return sum(Throttle.objects.filter(**{column: found}).delete()[0] for column in ("who", "whence"))
