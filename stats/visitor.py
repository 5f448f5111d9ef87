"""Who asks: the signed cookie that holds a random number, and the hash that stands in where there is no cookie."""
import base64
import os
import re
import struct
from functools import lru_cache
from hashlib import blake2b
from hmac import compare_digest
from typing import NamedTuple

from stats import address, conf, salts

LIFETIME = 3600  # seconds the cookie lives after it was last sent
REFRESH = 60  # seconds before it is sent again
VISIT = 1800  # seconds without a hit that end a visit

_BODY = struct.Struct(">qqIB")  # number, hash of the first hit or 0, seconds since 1970, 1 for a first cookie
_EIGHT = struct.Struct("8s")
_AT_ONCE = 256
_SEAL = 9  # bytes; with the body's 21 it fills 40 base64 characters exactly
_LENGTH = 40
_REMEMBERED = 512  # characters of the longest Cookie header whose reading is kept
_TRIES = 8  # cookies of our name looked at in one header


class Visitor(NamedTuple):
    """A visit's cookie, read and verified."""

    number: int  # random, odd, 64 bits signed
    origin: int  # the hash that its first hit was counted under, 0 once that visit is over
    sent_at: int  # seconds since 1970
    fresh: bool  # sent to a client that had none, and not sent again since

    def answer(self, now: float) -> "Visitor | None":
        """The cookie to send along with a page now; None while the one in the browser is less than a minute old."""
        age = now - self.sent_at
        if -REFRESH < age < REFRESH:
            return None
        return Visitor(self.number, self.origin if age <= VISIT + REFRESH else 0, int(now), False)


def new(origin: int, now: float) -> Visitor:
    return Visitor(_signed(_random()) | 1, origin, int(now), True)


# Eight random bytes each, drawn by the hundred: asking the kernel for each reader takes as long as the whole cookie.
_drawn: list[bytes] = []
os.register_at_fork(after_in_child=_drawn.clear)  # two processes must not give out the same numbers


def _random() -> bytes:
    try:
        return _drawn.pop()
    except IndexError:
        first, *others = _EIGHT.iter_unpack(os.urandom(8 * _AT_ONCE))
        _drawn.extend(number for (number,) in others)
        return first[0]


def cookie_name() -> str:
    # Under HTTPS the prefix keeps other hosts of the domain from setting it.
    return "__Host-visit" if conf.get("HTTPS") else "visit"


def dump(visitor: Visitor) -> str:
    body = _BODY.pack(*visitor)
    return base64.b64encode(body + _seal(body, conf.get("SECRET_KEY")), b"-_").decode()


def load(text: str, now: float) -> Visitor | None:
    """Reads what `dump` wrote; None for anything else and for a cookie older than an hour.

    One from the future is taken: the clock was set back, and its visitor is still the same.
    """
    found = _verified(text, conf.get("SECRET_KEY"))
    return found if found is not None and now - found.sent_at <= LIFETIME else None


def _verified(text: str, secret: str) -> Visitor | None:
    if len(text) != _LENGTH:
        return None
    try:
        raw = base64.urlsafe_b64decode(text)
    except ValueError:  # not ASCII, or binascii.Error
        return None
    body = raw[:-_SEAL]
    if len(body) != _BODY.size or not compare_digest(raw[-_SEAL:], _seal(body, secret)):
        return None
    number, origin, sent_at, fresh = _BODY.unpack(body)
    return Visitor(number, origin, sent_at, bool(fresh))


def read(environ: dict, now: float) -> Visitor | None:
    """The visitor named by the request's Cookie header, however malformed; of several cookies the newest."""
    header = environ.get("HTTP_COOKIE")
    if not header:
        return None
    find = _newest if len(header) <= _REMEMBERED else _newest.__wrapped__
    found = find(header, cookie_name(), conf.get("SECRET_KEY"))
    return found if found is not None and now - found.sent_at <= LIFETIME else None


# A reader's header is the same from page to page, until the cookie is renewed; what it says depends on it alone.
@lru_cache(maxsize=2048)
def _newest(header: str, name: str, secret: str) -> Visitor | None:
    """The newest of the cookies that are ours, whatever their age."""
    found = None
    if name in header:
        for text in _pattern(name).findall(header)[:_TRIES]:
            one = _verified(text, secret)
            if one and (found is None or one.sent_at > found.sent_at):
                found = one
    return found


def hashes(environ: dict, now: float) -> tuple[int, int]:
    """The hash of a client without a cookie under today's key and under yesterday's in the first hour of a day.

    64 bits of keyed BLAKE2 over network, user agent and languages, made even; 0 where there is no key.
    """
    today, yesterday = salts.current(now)
    if today is None and yesterday is None:
        return 0, 0
    parts = (
        address.network(environ, conf.get("TRUSTED_PROXIES")),
        environ.get("HTTP_USER_AGENT", "")[:512],
        environ.get("HTTP_ACCEPT_LANGUAGE", "")[:128],
    )
    text = "\0".join(parts).encode(errors="replace")
    return _hash(text, today), _hash(text, yesterday)


def _hash(text: bytes, key: bytes | None) -> int:
    return _signed(blake2b(text, key=key, digest_size=8).digest()) & ~1 if key else 0


def _signed(raw: bytes) -> int:
    return int.from_bytes(raw, "big", signed=True)


def _seal(body: bytes, secret: str) -> bytes:
    return blake2b(body, key=_key(secret), digest_size=_SEAL).digest()


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return blake2b(secret.encode(), person=b"stats.visitor").digest()


@lru_cache(maxsize=2)
def _pattern(name: str) -> re.Pattern:
    return re.compile(rf"(?:^|;)[ \t]*{re.escape(name)}=\"?([\w-]{{{_LENGTH}}})\"?[ \t]*(?=;|$)", re.ASCII)
