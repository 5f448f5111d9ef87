"""Which requests the cache may answer, under which key, and what Django is told of such a request.

A page that many readers share must depend on nothing that one of them sent. So Django is given an environ made from
the key alone: a header that is not in the key cannot reach a page, because it is not there.
"""
import io
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

# Addresses that are the same for every guest, with all below them; everything else goes to Django untouched.
PATHS = (
    "/bai-viet/", "/chuyen-muc/", "/tu-khoa/", "/luu-tru/", "/dong-su-kien/", "/trang/", "/tim-kiem/",
    "/so-do-cong/", "/tin-doc-nhieu/", "/rss/", "/atom/", "/sitemap", "/en/", "/ngoai-tuyen/",
)  # fmt: skip
SEARCH = "/tim-kiem/"
# What networks and mailers append for themselves: the page is the same without.
IGNORED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|ttclid|twclid|yclid|zarsrc|mc_[ce]id|igshid?|_gl)\Z"
)
PAGE = re.compile(r"[1-9]\d{0,3}\Z", re.ASCII)
LONGEST_PATH = 400  # characters, as the following; what is longer goes to Django
LONGEST_QUERY = 1200
LONGEST_QUESTION = 200
LONGEST_HEADER = 200  # of Host and Accept-Encoding
LONGEST_REMEMBERED = 600  # of all these together
MOST_REMEMBERED = 4096  # of them
FROM_THE_SERVER = (
    "SCRIPT_NAME", "SERVER_PROTOCOL", "wsgi.version", "wsgi.errors", "wsgi.multithread", "wsgi.multiprocess",
    "wsgi.run_once", "wsgi.file_wrapper",
)  # fmt: skip


Asked = tuple[str, str, str, str, str, str]
_UNKNOWN = object()


class Key(NamedTuple):
    scheme: str
    host: str  # with its port, where the request named one
    path: str
    query: str  # in one spelling, whatever the reader's was
    gzip: bool


class Rules:
    """What the settings say of requests, looked up once: a lookup takes as long as all the rest."""

    def __init__(self):
        self._session_cookie = settings.SESSION_COOKIE_NAME
        self._proxy = settings.SECURE_PROXY_SSL_HEADER
        # Any port would make another copy of every page, and so would any name under a wildcard.
        named = {host.lower() for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))}
        self._names = named | {settings.SITE_HOST}
        self._site_port = settings.SITE_URL.rpartition(":")[2]
        # By all that a key is made of: finding it out takes three times as long. Emptied when it is full.
        self._known: dict[Asked, Key | None] = {}

    def key_of(self, environ: Mapping) -> Key | None:
        """The key of a request that the cache may answer, None for every other; raises nothing for what clients send.
        """
        get = environ.get
        method = get("REQUEST_METHOD")
        if (method != "GET" and method != "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        if "HTTP_TRANSFER_ENCODING" in environ:  # refused by portal.auth.bodies
            return None
        cookies = get("HTTP_COOKIE")
        # A substring is enough: a guest who is taken for somebody else costs a page, the other mistake costs a secret.
        if cookies and (self._session_cookie in cookies or "messages" in cookies):
            return None
        scheme = get("wsgi.url_scheme", "") if self._proxy is None else self._scheme(environ)
        asked = (scheme, get("SERVER_PORT", ""), get("HTTP_HOST", ""), get("PATH_INFO", ""), get("QUERY_STRING", ""),
                 get("HTTP_ACCEPT_ENCODING", ""))  # fmt: skip
        key = self._known.get(asked, _UNKNOWN)
        return self._remember(asked) if key is _UNKNOWN else key

    def _remember(self, asked: Asked) -> Key | None:
        key = self._find(*asked)
        if sum(map(len, asked)) <= LONGEST_REMEMBERED:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[asked] = key
        return key

    def _find(self, scheme: str, server_port: str, host: str, path: str, query: str, accepted: str) -> Key | None:
        """The key by what the request says alone: the same for all who ask alike."""
        if not path.startswith(PATHS) and path != "/":
            return None
        if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            return None
        known = self._host(host[:LONGEST_HEADER], server_port)
        if known is None:
            return None
        if query:
            query = _query(query, path == SEARCH)
            if query is None:
                return None
        return Key(scheme, known, path, query, _takes_gzip(accepted[:LONGEST_HEADER]))

    def _scheme(self, environ: Mapping) -> str:
        """By the rule that Django has for it."""
        header, secure = self._proxy
        value = environ.get(header)
        if value is None:
            return environ.get("wsgi.url_scheme", "")
        return "https" if value.split(",", 1)[0].strip() == secure else "http"

    def _host(self, text: str, server_port: str) -> str | None:
        """A host of ours in small letters; None for names that ALLOWED_HOSTS does not spell out and strange ports."""
        host = text.lower()
        name, _, port = host.rpartition(":") if _has_port(host) else (host, "", "")
        known = name in self._names and not host.endswith(":")
        return host if known and port in ("", self._site_port, server_port) else None


def guest(environ: Mapping, key: Key) -> dict:
    """The environ that Django renders a key's page from: the server's own values and the key's, no client's."""
    name, _, port = key.host.rpartition(":") if _has_port(key.host) else (key.host, "", "")
    return {
        **{name: environ[name] for name in FROM_THE_SERVER if name in environ},
        "REQUEST_METHOD": "GET",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "HTTP_HOST": key.host,
        "SERVER_NAME": name,
        "SERVER_PORT": port or ("443" if key.scheme == "https" else "80"),
        "wsgi.url_scheme": key.scheme,
        "wsgi.input": io.BytesIO(),
    }


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]


def _query(text: str, searching: bool) -> str | None:
    """The one spelling of a query that pages are kept of: `trang`, and `q` where one searches; None of any other."""
    found: dict[str, str] = {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        return None
    for name, value in pairs:
        if IGNORED.match(name):
            continue
        if name in found or not _kept(name, value, searching):
            return None
        found[name] = value
    if found.get("trang") == "1":
        del found["trang"]
    return urlencode(sorted(found.items()))


def _kept(name: str, value: str, searching: bool) -> bool:
    if name == "trang":
        return PAGE.match(value) is not None
    return name == "q" and searching and len(value) <= LONGEST_QUESTION and value.isprintable()


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, parameter = part.partition(";")
        weights[coding.strip()] = parameter.replace(" ", "")
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "q=0")))
    return re.fullmatch(r"q=0(?:\.0*)?", weight) is None
