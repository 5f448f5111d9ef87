"""Decides whether a request counts and writes one record about it: all that happens inside a request.

It needs only the WSGI environ, so that a page cache in front of Django counts with the same function.
"""
from collections.abc import Mapping
from http.cookies import Morsel

from stats import background, bots, clock, conf, referrers, spool, staff, visitor
from stats.record import Kind, Record, pack

ARTICLE = "visit.article"  # environ key: the id of the article that was read
CONFIRM = "visit.confirm"  # environ key: no page, but the request that brings a page's cookie back
COUNTED = "visit.counted"  # environ key: whoever made this request counts it, by the environ of the reader's own

_REMEMBERED = 512  # characters of the longest path, and of the longest headers, that are
_HTML = ("text/html", "application/xhtml+xml")
_AHEAD_OF_TIME = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
_NOT_YET_READ = ("prefetch", "preview", "prerender")
# Looked up once: a class of numbers takes its time to find one by name, and all this happens in every request.
_BOT, _NEW, _KNOWN, _BOT_SEEN = bots.Client.BOT, Kind.NEW, Kind.KNOWN, Kind.BOT
_ATTRIBUTES = {"max-age": visitor.LIFETIME, "path": "/", "httponly": True, "samesite": "Lax"}


def record(environ: Mapping, status: int, content_type: str = "") -> str | None:
    """Counts the answer to a request, once, before it is sent; returns the visit cookie's new value where one is due.

    `environ` is the WSGI environ (Django's `request.META`), `status` the answer's code and `content_type` its header.
    Never raises for anything a client sends, nor for a full disk; no query. Send the cookie with `cookie_header` (WSGI)
    or `set_cookie` (Django), and keep it out of every cache.
    """
    background.ensure()
    if environ.get("REQUEST_METHOD") != "GET":
        return None
    if CONFIRM in environ:
        if status == 200:
            _confirm(environ)
        return None
    if not countable(environ, status, content_type):
        return None
    return _view(environ, _article(environ) if ARTICLE in environ else 0)


def record_page(environ: Mapping, status: int, article: int) -> str | None:
    """The same for the answer to a GET of what `is_page` is true of, so that whoever keeps it asks that only once.

    `article`: the id of the article that it shows, or 0.
    """
    return _view(environ, article) if _is_read(environ, status) else None


def countable(environ: Mapping, status: int, content_type: str) -> bool:
    """Whether an answer to a GET is a page that a person, not necessarily a human one, asked to read."""
    # A 304 says nothing of what it stands for: only the request can tell a page from a picture.
    is_html = content_type.startswith(_HTML) if status == 200 else status == 304
    return is_html and not _excluded(environ.get("PATH_INFO", "")) and _is_read(environ, status)


def is_page(path: str, content_type: str) -> bool:
    """Whether what stands at `path` counts when a person reads it."""
    return content_type.startswith(_HTML) and not _excluded(path)


def _is_read(environ: Mapping, status: int) -> bool:
    """Whether a person asked for it in order to read it now."""
    get = environ.get
    destination = get("HTTP_SEC_FETCH_DEST")
    if destination is None:
        if status != 200 and "text/html" not in get("HTTP_ACCEPT", ""):
            return False
    elif destination != "document":
        return False
    # Spelled out: nearly every request has none of these, and a loop takes six times as long to say so.
    if (
        "HTTP_SEC_PURPOSE" in environ or "HTTP_PURPOSE" in environ or "HTTP_X_PURPOSE" in environ
        or "HTTP_X_MOZ" in environ or "HTTP_X_REQUESTED_WITH" in environ
    ) and (_ahead_of_time(environ) or get("HTTP_X_REQUESTED_WITH") == "XMLHttpRequest"):  # fmt: skip
        return False
    return "staff" not in get("HTTP_COOKIE", "") or not staff.asks(environ) or conf.get("STATS_COUNT_STAFF")


def _view(environ: Mapping, article: int) -> str | None:
    """Writes the record of a page that is read."""
    if not background.running:
        background.ensure()
    now = clock.now()
    milliseconds = int(now * 1000)
    agent, cookies = environ.get("HTTP_USER_AGENT", ""), environ.get("HTTP_COOKIE", "")
    client, known = (_who if len(agent) + len(cookies) <= _REMEMBERED else _who.__wrapped__)(agent, cookies)
    if client is _BOT:
        spool.writer().append(pack(_BOT_SEEN, milliseconds), False)
        return None
    host = referrers.host(environ) if "HTTP_REFERER" in environ else ""
    if known and (age := now - known.sent_at) <= visitor.LIFETIME:
        data = pack(_KNOWN, milliseconds, client, known.number, known.origin, 0, article, host)
        answer = None if -visitor.REFRESH < age < visitor.REFRESH else known.answer(now)
    else:
        hashed, before = visitor.hashes(environ, now)
        answer = visitor.new(hashed or before, now)
        data = pack(_NEW, milliseconds, client, answer.number, hashed, before, article, host)
    spool.writer().append(data, True)
    return visitor.dump(answer) if answer else None


# What both headers say is the same from page to page, until the cookie is renewed, and depends on them alone.
@conf.remembered(2048)
def _who(agent: str, cookies: str) -> tuple[bots.Client, visitor.Visitor | None]:
    return bots.client(agent), visitor.newest(cookies)


def cookie_header(value: str) -> str:
    """The visit cookie's whole `Set-Cookie` header for the value that `record` returned."""
    before, behind = _around()
    return f"{before}{value}{behind}"


@conf.remembered(1)
def _around() -> tuple[str, str]:
    secure = "; Secure" if conf.get("HTTPS") else ""
    return f"{visitor.cookie_name()}=", f"; HttpOnly; Max-Age={visitor.LIFETIME}; Path=/; SameSite=Lax{secure}"


def set_cookie(response, value: str) -> None:
    """The same for a Django response; adds no `Vary`, and no `Expires`, which takes longer than all the rest."""
    name, cookie = visitor.cookie_name(), Morsel()
    cookie.set(name, value, value)
    cookie.update(_ATTRIBUTES)
    if conf.get("HTTPS"):
        cookie["secure"] = True
    response.cookies[name] = cookie


def _confirm(environ: Mapping) -> None:
    """Tells that the cookie of a page came back, so that one page is enough to tell people behind one address apart."""
    now = clock.now()
    known = visitor.read(environ, now)
    # Only a first page needs it, and only while its visit may still be going on.
    if known is None or not known.fresh or now - known.sent_at > visitor.VISIT or _ahead_of_time(environ):
        return
    client = bots.client(environ.get("HTTP_USER_AGENT", ""))
    if client is not _BOT and (conf.get("STATS_COUNT_STAFF") or not staff.asks(environ)):
        spool.writer().write(Record(Kind.CONFIRMED, known.sent_at * 1000, client, known.number, known.origin))


def _excluded(path: str) -> bool:
    # Twenty prefixes take longer to compare than a path to remember, unless it is one that nobody asks for twice.
    return _is_excluded(path) if len(path) <= _REMEMBERED else _is_excluded.__wrapped__(path)


@conf.remembered(2048)
def _is_excluded(path: str) -> bool:
    return path.startswith(conf.get("STATS_EXCLUDED_PREFIXES"))


def _ahead_of_time(environ: Mapping) -> bool:
    values = [environ[name].lower() for name in _AHEAD_OF_TIME if name in environ]
    return any(word in value for value in values for word in _NOT_YET_READ)


def _article(environ: Mapping) -> int:
    article = environ[ARTICLE]
    return article if isinstance(article, int) and 0 < article < 2**63 else 0
