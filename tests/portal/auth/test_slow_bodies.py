"""Bodies that come slowly: they may hold a part of a worker's threads, and only while nobody needs their places."""
import threading
import time
import weakref

import proxied
import pytest
from django.core.handlers.wsgi import WSGIRequest
from proxied import Browser, ask, status_of

from portal.auth import bodies
from portal.auth.bodies import Bodies, Body, Crowded, Places, SlowBody


class Line:
    """A connection: read() waits, as a server's does, until the bytes are there or it ends."""

    def __init__(self, data=b"", ended=False):
        self.data, self._more = data, threading.Event()
        if ended:
            self._more.set()

    def read(self, size):
        if len(self.data) < size:
            self._more.wait(20)
        found, self.data = self.data[:size], self.data[size:]
        return found

    def end(self):
        self._more.set()


@pytest.fixture
def stuck():
    """Makes lines that stand still, and ends them."""
    made = []

    def make():
        made.append(Line())
        return made[-1]

    yield make
    for line in made:
        line.end()


def answered(data, length, source=None, places=None, asks=True):
    """What the application reads of a body."""
    got = []

    def application(environ, start_response):
        got.append(environ["wsgi.input"].read(length) if asks else None)
        return []

    wrapped = Bodies(application)
    wrapped.places = places or Places(1)
    wrapped({"CONTENT_LENGTH": str(length), "wsgi.input": source or Line(data, ended=True)}, None)
    return got[0], wrapped.places


def holding(places, source):
    """A request that waits for its body, in a thread; the list holds what became of it."""
    ended = []

    def wait():
        try:
            Body(source, 100, places).readinto(bytearray(100))
        except SlowBody as error:
            ended.append(error)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    while not places._taken:
        time.sleep(0.001)
    return thread, ended


@pytest.mark.parametrize("size", [1, 5000, bodies.PIECE, bodies.PIECE + 1, 200_000])
def test_a_body_arrives_as_it_was_sent(size):
    data = bytes(range(256)) * (size // 256 + 1)
    assert answered(data[:size], size)[0] == data[:size]


def test_no_place_is_held_once_a_body_is_there():
    _, places = answered(b"a" * 100, 100)
    assert places._taken == []


def test_a_body_that_ends_too_early_is_as_long_as_it_is():
    assert answered(b"abc", 100)[0] == b"abc"


def test_a_body_that_nobody_reads_takes_no_place(stuck):
    assert answered(b"", 100, source=stuck(), asks=False)[0] is None


def test_a_body_that_stands_still_is_given_up(stuck, monkeypatch):
    monkeypatch.setattr(bodies, "PIECE_SECONDS", 0.01)
    places = Places(1)
    with pytest.raises(SlowBody):
        answered(b"", 100, source=stuck(), places=places)
    assert places._taken == []


def test_who_comes_on_top_takes_the_place_of_a_body_that_stands_still(stuck, monkeypatch):
    monkeypatch.setattr(bodies, "CROWDED_SECONDS", 0.0)
    places = Places(1)
    thread, ended = holding(places, stuck())
    assert answered(b"abc", 3, places=places)[0] == b"abc"
    thread.join(5)
    assert len(ended) == 1


def test_a_body_that_comes_fast_enough_keeps_its_place(stuck, monkeypatch):
    monkeypatch.setattr(bodies, "CROWDED_SECONDS", 20.0)
    places = Places(1)
    holding(places, stuck())
    with pytest.raises(Crowded):
        answered(b"abc", 3, places=places)
    assert len(places._taken) == 1


def test_threads_that_wait_for_lost_clients_have_a_limit_and_end_with_them(stuck, monkeypatch):
    monkeypatch.setattr(bodies, "PIECE_SECONDS", 0.01)
    monkeypatch.setattr(bodies, "READERS", 1)
    places, lost = Places(3), stuck()
    with pytest.raises(SlowBody):
        answered(b"", 100, source=lost, places=places)
    with pytest.raises(Crowded):
        answered(b"abc", 3, places=places)
    lost.end()
    while places._readers:
        time.sleep(0.001)
    monkeypatch.setattr(bodies, "PIECE_SECONDS", 10)
    assert answered(b"abc", 3, places=places)[0] == b"abc"


def test_nothing_of_a_body_is_held_once_it_is_answered():
    """A server keeps the connection for as long as somebody holds the rest of the body: exceptions do, in a circle."""
    source = Line(b"abc" * 100_000, ended=True)
    held = weakref.ref(source)
    kept = []

    def application(environ, start_response):
        kept.append(environ)
        environ["wsgi.input"].read(10)
        return []

    Bodies(application)({"CONTENT_LENGTH": "300000", "wsgi.input": source}, None)
    del source
    deadline = time.monotonic() + 5
    while held() is not None and time.monotonic() < deadline:
        time.sleep(0.001)
    assert held() is None


@pytest.mark.parametrize(("error", "status"), [(SlowBody, 408), (Crowded, 503)])
def test_who_is_too_slow_is_told_so(client, error, status, db, monkeypatch):
    monkeypatch.setattr(WSGIRequest, "read", lambda *args: _raise(error("slow")))
    answer = client.post("/dang-nhap/", "username=a", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer["Retry-After"]) == (status, "5")
    assert "gửi lại sau ít" in answer.content.decode()


def _raise(error):
    raise error


@pytest.mark.parametrize(("threads", "places"), [(1, 1), (2, 1), (4, 3)])
def test_one_thread_is_left_to_readers(threads, places, monkeypatch):
    monkeypatch.setattr(Bodies, "places", Bodies.places)
    bodies.for_threads(threads)
    assert Bodies.places.number == places


# ---------------------------------------------------------------- over HTTP


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with proxied.start(tmp_path_factory.mktemp("slow") / "var") as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/dang-nhap/", "/lien-he/", "/bao-cao-chinh-sach/", "/", "/quan-tri/"])
def test_readers_and_logins_go_on_beside_fifty_slow_bodies(portal, path):
    """How much later: `tests/bench/door.py`."""
    with proxied.slow_bodies(portal, path, 50):
        assert all(ask(portal, "/so-do-cong/", timeout=5)[0] == 200 for _ in range(30))
        time.sleep(2)
        assert Browser(portal).log_in("quantri", portal.password)[0] == 302
    assert "too many bodies" not in portal.output


@pytest.mark.slow
def test_a_body_that_stands_still_is_answered_408_and_let_go(portal):
    with proxied.slow_bodies(portal, "/dang-nhap/", 1) as [connection]:
        connection.settimeout(20)
        begun = time.monotonic()
        assert status_of(connection.recv(65536)) == 408
        assert time.monotonic() - begun < bodies.PIECE_SECONDS + 5


@pytest.mark.slow
def test_an_editor_uploads_ten_megabytes_beside_fifty_slow_bodies(portal):
    browser = Browser(portal)
    browser.log_in("quantri", portal.password)
    content = (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>"
               b"\nendobj\n3 0 obj\n<</Length 10000000>>stream\n" + b"a" * 10_000_000 + b"\nendstream\nendobj\n"
               b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n")  # fmt: skip
    browser.open("/tai-khoan/ho-so/")
    boundary = "ranh-gioi"
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{browser.token}\r\n',
             f'--{boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\nKe hoach\r\n',
             f'--{boundary}\r\nContent-Disposition: form-data; name="upload"; filename="a.pdf"\r\n\r\n']  # fmt: skip
    body = "".join(parts).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    with proxied.slow_bodies(portal, "/dang-nhap/", 50):
        time.sleep(5)  # until the crowd has been answered, on a busy machine too
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        status, _, text = ask(portal, "/quan-tri/news/attachment/tai-len/", "POST", body, {
            "Cookie": cookie, "Origin": f"https://{proxied.HOST}", "Referer": f"https://{proxied.HOST}/",
            "Content-Type": f"multipart/form-data; boundary={boundary}"})  # fmt: skip
    assert status == 200, text[:500]
    assert "/tep/" in text
