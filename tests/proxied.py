"""The portal behind a proxy with a certificate, asked as a proxy would: what a client library would hide is seen."""
import contextlib
import http.client
import re
import socket
import threading
import urllib.parse

from running import Portal

HOST = "portal.example"
SECURE = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


def start(var) -> Portal:
    return Portal(var, "--empty", "--workers", "1", SITE_URL=f"https://{HOST}", TRUSTED_PROXIES="1")


def ask(portal, path, method="GET", body=None, headers=None, timeout=20):
    """(status, headers as a list, text)."""
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=timeout)
    try:
        with contextlib.suppress(BrokenPipeError):  # an answer to a body that was not taken
            connection.request(method, path, body, {**SECURE, **(headers or {})})
        response = connection.getresponse()
        return response.status, response.getheaders(), response.read().decode(errors="replace")
    finally:
        connection.close()


def raw(portal, data: bytes, timeout=5) -> bytes:
    """Everything that comes back for these very bytes until the server closes or falls silent."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=timeout) as connection:
        got = b""
        with contextlib.suppress(OSError):
            connection.sendall(data)
            while piece := connection.recv(65536):
                got += piece
        return got


def lowered(headers) -> dict:
    return {name.lower(): value for name, value in headers}


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1") else 0


class Browser:
    """Keeps cookies as they come."""

    def __init__(self, portal, address="203.0.113.9"):
        self.portal, self.cookies, self.address = portal, {}, address

    def open(self, path, form=None, **headers):
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                    "X-Forwarded-For": self.address}  # fmt: skip
        body = None
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
            body = urllib.parse.urlencode(form)
        status, sent, text = ask(self.portal, path, "POST" if form is not None else "GET", body, headers)
        self.set = [value for name, value in sent if name.lower() == "set-cookie"]
        for line in self.set:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.token = (re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text) or [None, ""])[1]
        self.location = lowered(sent).get("location", "")
        return status, text

    def log_in(self, name, password):
        self.open("/dang-nhap/")
        return self.open("/dang-nhap/", {"csrfmiddlewaretoken": self.token, "username": name, "password": password})


@contextlib.contextmanager
def half_open(portal, number: int):
    """So many clients whose requests never end; a header comes from each once a second."""
    held, stop = [], threading.Event()

    def trickle():
        while not stop.wait(1):
            for connection in held:
                with contextlib.suppress(OSError):
                    connection.send(b"X-a: b\r\n")

    try:
        for index in range(number):
            connection = socket.create_connection(("127.0.0.1", portal.port), timeout=5)
            connection.send(b"GET / HTTP/1.1\r\nHost: portal.example\r\n" if index % 2 else b"GET")
            held.append(connection)
        trickling = threading.Thread(target=trickle, daemon=True)
        trickling.start()
        yield
    finally:
        stop.set()
        trickling.join()
        for connection in held:
            connection.close()


@contextlib.contextmanager
def slow_bodies(portal, path: str, number: int):
    """So many clients, each from an address of its own, that send a byte of a long form once a second; yields them."""
    held, stop = [], threading.Event()
    head = (f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nOrigin: https://{HOST}\r\n"
            f"Cookie: __Host-csrf={'a' * 32}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            "Content-Length: 9000\r\nX-Forwarded-For: 203.0.113.{}\r\n\r\na=")  # fmt: skip

    def trickle():
        while not stop.wait(1):
            for connection in held:
                with contextlib.suppress(OSError):
                    connection.send(b"a")

    try:
        for index in range(number):
            held.append(socket.create_connection(("127.0.0.1", portal.port), timeout=5))
            held[-1].send(head.format(index % 250).encode())
        trickling = threading.Thread(target=trickle, daemon=True)
        trickling.start()
        yield held
    finally:
        stop.set()
        trickling.join()
        for connection in held:
            connection.close()
