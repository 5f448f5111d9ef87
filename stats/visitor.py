"""Who asks: the signed cookie that holds a random number, and the hash that stands in where there is no cookie."""
import os
import re
import struct
from base64 import urlsafe_b64decode
from binascii import b2a_base64
from functools import lru_cache
from hashlib import blake2b
from hmac import compare_digest
from typing import NamedTuple

from stats import address, conf, salts

LIFETIME = 3600  # seconds the cookie lives after it was last sent
REFRESH = 60  # seconds before it is sent again
VISIT = 1800  # seconds without a hit that end a visit

_BODY = struct.Struct(">qqIB")  # number, hash of the first hit or 0, seconds since 1970, 1 for a first cookie
_NUMBER = struct.Struct("q")
_AT_ONCE = 256
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_SEAL = 9  # bytes; with the body's 21 it fills 40 base64 characters exactly
_LENGTH = 40
_TRIES = 8  # cookies of our name looked at in one header


class Visitor(NamedTuple):
    """A visit's cookie, read and verified."""

    number: int  # random, odd, 64 bits signed
    origin: int  # the hash that its first hit was counted under, 0 once that visit is over
    sent_at: int  # seconds since 1970
    fresh: bool  # sent to a client that had none, and not sent again since

    def answer(self, now: float) -> "Visitor":
        """The cookie to send along with a page, where one is due."""
        over = now - self.sent_at > VISIT + REFRESH
        return Visitor(self.number, 0 if over else self.origin, int(now), False)


def new(origin: int, now: float) -> Visitor:
    return Visitor(_random(), origin, int(now), True)


# Drawn by the hundred: asking the kernel for each reader takes as long as the whole cookie.
_drawn: list[int] = []
os.register_at_fork(after_in_child=_drawn.clear)  # two processes must not give out the same numbers


def _random() -> int:
    """A number for a visitor: odd, where hashes are even."""
    try:
        return _drawn.pop()
    except IndexError:
        first, *others = [number | 1 for (number,) in _NUMBER.iter_unpack(os.urandom(8 * _AT_ONCE))]
        _drawn.extend(others)
        return first


@conf.remembered(1)
def cookie_name() -> str:
    # Under HTTPS the prefix keeps other hosts of the domain from setting it.
    return "__Host-visit" if conf.get("HTTPS") else "visit"


def dump(visitor: Visitor) -> str:
    body = _BODY.pack(*visitor)
    return b2a_base64(body + _seal(body), newline=False).translate(_URL_SAFE).decode()


def load(text: str, now: float) -> Visitor | None:
    """Reads what `dump` wrote; None for anything else and for a cookie older than an hour.

    One from the future is taken: the clock was set back, and its visitor is still the same.
    """
    found = _verified(text)
    return found if found is not None and now - found.sent_at <= LIFETIME else None


def _verified(text: str) -> Visitor | None:
    if len(text) != _LENGTH:
        return None
    try:
        raw = urlsafe_b64decode(text)
    except ValueError:  # not ASCII, or binascii.Error
        return None
    body = raw[:-_SEAL]
    if len(body) != _BODY.size or not compare_digest(raw[-_SEAL:], _seal(body)):
        return None
    number, origin, sent_at, fresh = _BODY.unpack(body)
    return Visitor(number, origin, sent_at, bool(fresh))


def read(environ: dict, now: float) -> Visitor | None:
    """The visitor named by the request's Cookie header, however malformed; of several cookies the newest."""
    found = newest(environ.get("HTTP_COOKIE", ""))
    return found if found is not None and now - found.sent_at <= LIFETIME else None


def newest(header: str) -> Visitor | None:
    """The newest of the cookies in a Cookie header that are ours, whatever their age."""
    found = None
    if cookie_name() in header:
        for text in _pattern(cookie_name()).findall(header)[:_TRIES]:
            one = _verified(text)
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
    get = environ.get
    network = address.network(environ, conf.get("TRUSTED_PROXIES"))
    text = f"{network}\0{get('HTTP_USER_AGENT', '')[:512]}\0{get('HTTP_ACCEPT_LANGUAGE', '')[:128]}"
    data = text.encode(errors="replace")
    return _hash(data, today) if today else 0, _hash(data, yesterday) if yesterday else 0


def _hash(data: bytes, key: bytes) -> int:
    hasher = _hasher(key).copy()
    hasher.update(data)
    return int.from_bytes(hasher.digest(), "big", signed=True) & ~1


def _seal(body: bytes) -> bytes:
    sealer = _sealer().copy()
    sealer.update(body)
    return sealer.digest()


# Both are made once and copied: to make one with its key takes 0.2 µs longer.
@lru_cache(maxsize=4)
def _hasher(key: bytes) -> blake2b:
    return blake2b(key=key, digest_size=8)


@conf.remembered(1)
def _sealer() -> blake2b:
    key = blake2b(conf.get("SECRET_KEY").encode(), person=b"stats.visitor").digest()
    return blake2b(key=key, digest_size=_SEAL)


@lru_cache(maxsize=2)
def _pattern(name: str) -> re.Pattern:
    return re.compile(rf"(?:^|;)[ \t]*{re.escape(name)}=\"?([\w-]{{{_LENGTH}}})\"?[ \t]*(?=;|$)", re.ASCII)
