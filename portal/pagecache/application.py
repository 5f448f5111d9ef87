"""Answers guests from memory, and asks Django, once at a time for a page, for what is not there."""
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import NamedTuple

from django.core.signals import got_request_exception
from django.db import Error

from news.shelf import Shelf
from news.vietnamese import format_number
from portal import figures, generation
from portal.pagecache import due
from portal.pagecache.entry import Entry, Headers
from portal.pagecache.keys import SEARCH, Key, Rules, guest
from stats import recording, snapshot

logger = logging.getLogger(__name__)
LONGEST_KEPT = 600.0  # seconds
GRACE = 0.5  # seconds after a change in which those who wait for a page get what was there before
PATIENCE = 10.0  # seconds that somebody waits for a page which another request makes
SEARCHES = 8  # results of searches take one part in so many of the cache: anybody can ask for new ones without end
DATABASE_FAILED = "portal.database_failed"  # environ key: Django's answer is about a database that is away
KEPT_TYPES = ("text/html", "application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
EPOCH = 1_000_000_000  # a smaller number is no date: nothing has changed since numbers are dates
OWN_HEADERS = {"content-length", "content-encoding", "etag", "vary", "set-cookie", "date", "x-cache", "last-modified"}

StartResponse = Callable[..., object]


class Answer(NamedTuple):
    """What Django said."""

    status: str
    headers: Headers
    body: bytes
    environ: dict

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def header(self, name: str) -> str:
        """All values of a header, in small letters."""
        return ", ".join(value for key, value in self.headers if key.lower() == name).lower()

    @property
    def is_everybodys(self) -> bool:
        """Whether any guest may get it: the whole rule of what is kept, for an answer to a request without headers."""
        said = self.header("cache-control")
        return (
            self.code == HTTPStatus.OK
            and self.header("content-type").startswith(KEPT_TYPES)
            and not self.header("set-cookie")
            and not any(word in said for word in ("private", "no-store"))
            and not self.header("content-encoding")
            and {part.strip() for part in self.header("vary").split(",")} <= {"", "accept-encoding"}
            and "'nonce-" not in self.header("content-security-policy")
        )


class PageCache:
    """The WSGI application `django` behind a cache of `limit` bytes; one for each worker process."""

    def __init__(self, django: Callable, limit: int):
        self._django = django
        self._key_of = Rules().key_of
        self._pages: Shelf[Key, Entry] = Shelf(limit - limit // SEARCHES)
        self._searches: Shelf[Key, Entry] = Shelf(limit // SEARCHES)
        self._making: dict[Key, threading.Event] = {}
        self._mutex = threading.Lock()
        self._figures: tuple[object, int | None, dict[str, bytes]] = (None, None, {})
        generation.changed.append(self.forget_withdrawn)
        got_request_exception.connect(_note_failure, dispatch_uid="portal.pagecache")

    def __call__(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key_of(environ)
        entry = None
        if key is not None:
            entry = (self._searches if key[2] == SEARCH else self._pages).get(key)
            if entry is not None and entry.generation == generation.state.number and (
                entry.made_at <= time.time() < entry.dies_at
            ):
                return self._send(entry, "HIT", environ, start_response)
        generation.watch()
        if key is None:
            return self._django(environ, start_response)
        return self._make(key, entry, environ, start_response)

    @property
    def size(self) -> int:
        """Bytes that all entries take."""
        return self._pages.size + self._searches.size

    def forget_withdrawn(self) -> None:
        """Drops pages of articles that are not public any more: they must not come back on the day the database goes.

        One query, outside any request; raises django.db.Error.
        """
        kept: dict[int, list[Key]] = {}
        for key, entry in self._pages.items():
            if entry.article:
                kept.setdefault(entry.article, []).append(key)
        for article in kept.keys() - due.public(kept) if kept else ():
            for key in kept[article]:
                self._pages.drop(key)

    def _shelf(self, key: Key) -> Shelf:
        return self._searches if key.path == SEARCH else self._pages

    # ---------------------------------------------------------------- not there, or not any more

    def _make(self, key: Key, old: Entry | None, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        if old is not None and not generation.state.answering:
            return self._send(old, "STALE", environ, start_response)
        with self._mutex:
            made = self._making.get(key)
            mine = made is None
            if mine:
                made = self._making[key] = threading.Event()
        if mine:
            try:
                return self._ask(key, old, environ, start_response)
            finally:
                with self._mutex:
                    del self._making[key]
                made.set()
        if old is not None and _still_good(old):
            return self._send(old, "STALE", environ, start_response)
        made.wait(PATIENCE)
        entry = self._shelf(key).get(key)
        if entry is not None and entry is not old:
            return self._send(entry, "HIT", environ, start_response)
        # It may not be kept, or has taken too long: everybody for himself.
        return self._ask(key, old, environ, start_response)

    def _ask(self, key: Key, old: Entry | None, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        """Has Django make the page, keeps it where it may be kept, and sends it."""
        known, began = generation.state, time.time()
        answer = self._answer(key, environ)
        shelf = self._shelf(key)
        if answer.is_everybodys:
            due_at = known.due.after(began)
            kept = [pair for pair in answer.headers if pair[0].lower() not in OWN_HEADERS]
            if answer.header("cache-control") in {"", "no-cache"}:
                kept = [pair for pair in kept if pair[0].lower() != "cache-control"]
                # A browser asks again each time, with the ETag: so every visit is counted, and no proxy keeps a cookie.
                kept.append(("Cache-Control", "private, no-cache"))
            article = answer.environ.get(recording.ARTICLE, 0)
            dies_at = min(began + LONGEST_KEPT, due_at)
            if known.number and began < known.number:  # then it can have its date
                dies_at = min(dies_at, known.number)
            entry = Entry(key, kept, answer.body, article=article,
                          counts=recording.is_page(key.path, answer.header("content-type")),
                          generation=known.number, made_at=began, dies_at=dies_at, due_at=due_at,
                          modified=_date(known, began) if answer.header("last-modified") else None)  # fmt: skip
            if known.number is not None and known.answering:
                shelf.put(key, entry)
            return self._send(entry, "MISS", environ, start_response)
        if old is not None and answer.code >= HTTPStatus.INTERNAL_SERVER_ERROR and DATABASE_FAILED in answer.environ:
            return self._send(old, "STALE", environ, start_response)
        if answer.code < HTTPStatus.INTERNAL_SERVER_ERROR:
            shelf.drop(key)
        return _pass_on(answer, environ, start_response)

    def _answer(self, key: Key, environ: dict) -> Answer:
        """What Django says to a guest who sent nothing but this key; the visit is left for this module to count."""
        asked = guest(environ, key)
        asked[recording.COUNTED] = True
        head: list = []

        def start_response(status, headers, exc_info=None):
            head[:] = status, headers

        parts = self._django(asked, start_response)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return Answer(head[0], head[1], body, asked)

    # ---------------------------------------------------------------- sending

    def _send(self, entry: Entry, how: str, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        """Sends an entry with today's figures, and counts the visit, once."""
        getting = environ["REQUEST_METHOD"] == "GET"
        if ("HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ) and _has_it(entry, environ):
            status, headers, body, code = "304 Not Modified", [*entry.not_modified, ("X-Cache", how)], b"", 304
        else:
            status, code = "200 OK", 200
            headers, body = entry.sent(self._texts())
            if how != "HIT":
                headers = [*headers[:-1], ("X-Cache", how)]
        if getting and entry.counts:
            cookie = recording.record_page(environ, code, entry.article)
            if cookie:
                headers = [*headers, ("Set-Cookie", recording.cookie_header(cookie))]
        start_response(status, headers)
        return [body] if getting else []

    def _texts(self) -> dict[str, bytes]:
        """The counter's figures as pages show them; the same object while they are the same."""
        counted, number = snapshot.current(), generation.state.number
        known = self._figures
        # Site settings hold the old portal's total: they change with the generation.
        if (known[0] is not counted and known[0] != counted) or known[1] != number:
            now = figures.current()
            names = ("online", "today", "month", "total")
            texts = {name: format_number(getattr(now, name)).encode() for name in names}
            known = self._figures = counted, number, texts
        return known[2]


def _date(known: generation.State, now: float) -> int | None:
    """The date of a page that only content and its moments make another: its view says so by a date of its own.

    It is the generation's, which no two states of the content share, even within one second. None where something has
    appeared or gone by the clock since, and while the date is still to come.
    """
    number = known.number
    if number is None or not EPOCH < number <= now or not known.due.quiet(number, now):
        return None
    return number


def _has_it(entry: Entry, environ: dict) -> bool:
    """Whether the browser has the page: by its tag; by a date where it sends no tag (RFC 9110, 13.2.2)."""
    tag = environ.get("HTTP_IF_NONE_MATCH")
    if tag:
        return entry.is_known_to(tag)
    date = environ.get("HTTP_IF_MODIFIED_SINCE")
    return bool(date) and entry.is_of(date)


def _still_good(entry: Entry) -> bool:
    """Whether an entry is only old, or changed a moment ago: good enough for those who would wait for the new one."""
    known, now = generation.state, time.time()
    if entry.generation != known.number:
        return now < known.seen_at + GRACE
    return now < entry.due_at + GRACE


def _pass_on(answer: Answer, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
    """Sends what is not kept just as Django would have: counted where it counts."""
    cookie = recording.record(environ, answer.code, answer.header("content-type"))
    headers = [*answer.headers, ("Set-Cookie", recording.cookie_header(cookie))] if cookie else answer.headers
    start_response(answer.status, headers)
    return [answer.body] if environ["REQUEST_METHOD"] == "GET" else []


def _note_failure(request, **kwargs) -> None:
    """Hears of every exception that becomes a 500, while it is being handled."""
    if isinstance(sys.exc_info()[1], Error):
        request.META[DATABASE_FAILED] = True
