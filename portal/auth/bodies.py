"""A request's body that comes slowly holds a thread, and a worker has few: how slow it may be, and how many at once.

A server's read() waits until the bytes are there or the connection ends, and nothing interrupts it. So a thread of its
own reads, and the request's thread waits with an eye on the clock. Once that gives up, the answer goes out; the reading
thread stays until the client hangs up (16 kB of memory, and nothing else waits for it), so these have a limit of their
own. What no view asks for is never waited for.
"""
import io
import queue
import threading
import time
from collections.abc import Callable, Iterable

from django.core.exceptions import SuspiciousOperation

PIECE = 16 * 1024  # bytes, or what is left of a body
PIECE_SECONDS = 10.0  # in which a piece has to come
CROWDED_SECONDS = 0.25  # in which it has to come where somebody else wants the place
READERS = 500  # threads that read, those that were given up among them
RETRY_SECONDS = 5


class SlowBody(SuspiciousOperation):
    """Answered by `portal.views.errors`; not logged, because it says nothing but that a line is slow."""


class Crowded(SlowBody):
    """All places are taken by bodies that come fast enough."""


class Places:
    """So many bodies may be on their way at once; who comes on top takes the place of the one that stands still."""

    def __init__(self, number: int):
        self.number = number
        self._taken: list[Body] = []
        self._readers = 0
        self._lock = threading.Lock()

    def enter(self, body: "Body") -> None:
        """Raises Crowded."""
        with self._lock:
            if self._readers >= READERS:
                raise Crowded("too many clients stand still")
            if len(self._taken) >= self.number:
                slowest = min(self._taken, key=lambda taken: taken.since)
                if time.monotonic() - slowest.since < CROWDED_SECONDS:
                    raise Crowded("too many bodies at once")
                self._taken.remove(slowest)
                slowest.give_up()
            self._taken.append(body)
            self._readers += 1

    def leave(self, body: "Body") -> None:
        with self._lock:
            if body in self._taken:
                self._taken.remove(body)

    def reader_ended(self) -> None:
        with self._lock:
            self._readers -= 1


class Body(io.RawIOBase):
    """A body of `length` bytes; a read raises SlowBody where they do not come."""

    def __init__(self, source, length: int, places: Places):
        self._source, self._left, self._places = source, length, places
        self._asked: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._came: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self._begun = False
        self.since = 0.0  # of time.monotonic(): how long the piece in hand is waited for

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        size = min(len(buffer), PIECE, self._left)
        if not size:
            return 0
        self.since = time.monotonic()
        if not self._begun:
            self._places.enter(self)
            self._begun = True
            threading.Thread(target=self._read, args=(self._source,), name="body", daemon=True).start()
        self._asked.put(size)
        try:
            came = self._came.get(timeout=PIECE_SECONDS)
        except queue.Empty:
            came = SlowBody("a body stands still")
        if isinstance(came, Exception):
            self.leave()
            raise came
        buffer[: len(came)] = came
        self._left = self._left - len(came) if came else 0
        if not self._left:
            self.leave()
        return len(came)

    def _read(self, source) -> None:
        try:
            while size := self._asked.get():
                try:
                    self._came.put(source.read(size))
                except OSError as error:
                    self._came.put(error)
        finally:
            self._places.reader_ended()

    def give_up(self) -> None:
        self._came.put(SlowBody("somebody else needs the place"))

    def leave(self) -> None:
        """The request has what it wanted, or will not get it."""
        self._source = None  # the server keeps a connection for as long as anybody holds the rest of its body
        if self._begun:
            self._places.leave(self)
            self._asked.put(0)


class Bodies:
    """The WSGI application `application`, with bodies that may not hold its threads."""

    places = Places(3)  # one less than portal.server's threads

    def __init__(self, application: Callable):
        self._application = application

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if "HTTP_TRANSFER_ENCODING" in environ:
            # Django reads no body without a length. And beside one (which a server may have taken away, RFC 9112, 6.1)
            # who stands in front may see another end of this request: what follows here is then no request for him.
            start_response("411 Length Required", [("Content-Length", "0"), ("Connection", "close")])
            return [b""]
        length = str(environ.get("CONTENT_LENGTH") or "")
        if not (length.isascii() and length.isdigit() and int(length[:20])):
            return self._application(environ, start_response)
        body = Body(environ["wsgi.input"], int(length[:20]), self.places)
        environ["wsgi.input"] = io.BufferedReader(body, PIECE)
        try:
            return self._application(environ, start_response)
        finally:
            body.leave()


def for_threads(number: int) -> None:
    """Leaves one of a worker's threads to readers; called before the workers are forked."""
    Bodies.places = Places(max(1, number - 1))
