"""A page cache to ask, without threads: a test says itself when the worker looks for changes."""
import gzip
import io
import sys
from dataclasses import dataclass

from portal import generation
from portal.pagecache.application import PageCache

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)
MEGABYTE = 1024 * 1024


def environ(path="/", query="", **more):
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query, "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "113.160.1.1", "HTTP_HOST": "testserver", "HTTP_USER_AGENT": CHROME, "HTTP_ACCEPT": "text/html",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False, **more,
    }  # fmt: skip


@dataclass
class Reply:
    status: int
    pairs: list
    body: bytes

    def __getitem__(self, name):
        """A header's values, joined; "" where there is none."""
        return ", ".join(value for key, value in self.pairs if key.lower() == name.lower())

    @property
    def text(self):
        body = gzip.decompress(self.body) if self["Content-Encoding"] == "gzip" else self.body
        return body.decode()

    @property
    def how(self):
        return self["X-Cache"]


class Cache(PageCache):
    """Asks count in `asked` how often Django (or what stands for it) was called."""

    def __init__(self, django, limit=8 * MEGABYTE):
        self.asked = 0

        def counted(environ, start_response):
            self.asked += 1
            return django(environ, start_response)

        super().__init__(counted, limit)

    def ask(self, path="/", query="", **more):
        said = []

        def start_response(status, headers, exc_info=None):
            said[:] = status, headers

        parts = self(environ(path, query, **more), start_response)
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return Reply(int(said[0][:3]), said[1], body)

    def twice(self, path="/", query="", **more):
        """The second of two answers to the same question."""
        self.ask(path, query, **more)
        return self.ask(path, query, **more)


def page(body=b"<main>Trang</main>", status="200 OK", **headers):
    """A WSGI application with one answer; `_` in a header's name stands for `-`."""

    def application(environ, start_response):
        pairs = {"Content-Type": "text/html; charset=utf-8", **{k.replace("_", "-"): v for k, v in headers.items()}}
        start_response(status, list(pairs.items()))
        return [body]

    return application


def settle(number=1, **values):
    """What a worker knows after a look, without a database."""
    generation.state = generation.State(number, **{"due": generation.coming.Due((), 4e9), **values})
