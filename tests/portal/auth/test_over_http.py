"""The portal as `manage.py start` serves it behind a proxy with a certificate: what a client library would hide."""
import itertools
import re
import socket
import time

import proxied
import pytest
from proxied import HOST, Browser, ask, lowered, raw, status_of

LIMIT = 64 * 1024  # bytes of a request's headers


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    var = tmp_path_factory.mktemp("door") / "var"
    with proxied.start(var) as running:
        yield running


def test_cookies_are_bound_to_this_host_and_unseen_by_scripts(portal):
    browser = Browser(portal)
    status, _ = browser.log_in("quantri", portal.password)
    assert status == 302
    assert browser.location == "/quan-tri/"
    names = {line.partition("=")[0] for line in browser.set}
    assert {"__Host-session", "__Host-csrf", "__Host-device"} <= names
    for line in browser.set:
        attributes = {part.strip().lower() for part in line.split(";")[1:]}
        assert line.startswith("__Host-")
        assert {"secure", "httponly", "path=/"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)
        assert any(part.startswith("samesite=") for part in attributes)
    status, page = browser.open("/tai-khoan/")
    assert status == 200
    assert "203.0.113.9" in page


def test_answers_carry_what_https_needs(portal):
    _, headers, _ = ask(portal, "/")
    headers = lowered(headers)
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert "unsafe" not in headers["content-security-policy"]
    assert "set-cookie" not in headers or "session" not in headers["set-cookie"]


def test_plain_http_is_led_to_https_and_no_host_header_decides_where(portal):
    status, headers, _ = ask(portal, "/tim-kiem/?q=a", headers={"X-Forwarded-Proto": "http"})
    assert (status, dict(headers)["location"]) == (301, f"https://{HOST}/tim-kiem/?q=a")
    for host in ("evil.example", f"{HOST}.evil.example", f"evil.example#{HOST}", f"{HOST}:80@evil.example",
                 f"{HOST}:1337", f"{HOST}:99999", f"{HOST}:"):  # fmt: skip
        for path in ("/", "/rss/", "/sitemap.xml", "/dang-nhap/"):
            status, headers, text = ask(portal, path, headers={"Host": host})
            assert status == 400, host
            assert not re.search("evil|1337|99999", text + str(headers))
    assert ask(portal, "/rss/", headers={"Host": f"{HOST}:443"})[0] == 200
    assert ask(portal, "/healthz", headers={"Host": f"127.0.0.1:{portal.port}"})[0] == 200
    assert "evil" not in portal.output


def test_guessing_is_stopped_over_http_too(portal):
    browser = Browser(portal, "198.51.100.50")
    statuses = [browser.log_in("quantri", "sai")[0] for _ in range(6)]
    assert statuses == [200] * 5 + [429]


# ---------------------------------------------------------------- nothing that is not in the key reaches a page

KNOWN = ["X-Forwarded-Host", "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Original-URL", "X-Rewrite-URL", "Forwarded",
         "X-Host", "X-HTTP-Method-Override", "X-Forwarded-Port", "True-Client-IP", "Via", "Accept-Language", "Origin",
         "Referer", "User-Agent", "From", "Pragma", "X-Requested-With", "Max-Forwards", "X-WAP-Profile"]  # fmt: skip
STARTS = ("X", "CF", "Fastly", "Akamai", "Sec", "App", "Client", "Debug")
MIDDLES = ("Original", "Real", "Forwarded", "Backend", "Cache", "Route", "User", "Site", "Proxy", "Request", "Tenant")
ENDS = ("Host", "URL", "URI", "Path", "Scheme", "Port", "IP", "Name", "Id", "Lang", "Theme", "Base")
CANARIES = [*KNOWN, *("-".join(parts) for parts in itertools.product(STARTS, MIDDLES, ENDS))]
PAGES = ["/", "/so-do-cong/", "/tim-kiem/?q=abc", "/rss/", "/dang-nhap/", "/khong-co/"]


def test_no_header_leaves_a_trace_on_what_others_get(portal):
    assert len(set(CANARIES)) >= 1000
    for path in PAGES:
        clean = ask(portal, path)[2]
        for start in range(0, len(CANARIES), 60):
            canary = dict.fromkeys(CANARIES[start:start + 60], f"canary{start}.example")
            ask(portal, path, headers=canary)
        status, headers, text = ask(portal, path)
        assert "canary" not in text + str(headers)
        # Tokens differ from answer to answer, and figures may.
        assert abs(len(text) - len(clean)) < 200, path
        assert status in (200, 404)


def test_no_page_of_a_person_is_given_to_another(portal):
    browser = Browser(portal)
    browser.log_in("quantri", portal.password)
    for path in [*PAGES, "/quan-tri/x.css", "/tai-khoan/x.js", "/tai-khoan/", "/quan-tri/", "/?utm_source=x"]:
        browser.open(path)
        _, headers, text = ask(portal, path)
        assert "Quản trị cổng" not in text, path
        assert not any("__Host-session" in value for name, value in headers if name.lower() == "set-cookie")
        if path.startswith(("/quan-tri", "/tai-khoan", "/dang-nhap")):
            assert "no-store" in lowered(headers)["cache-control"]


# ---------------------------------------------------------------- limits and smuggling


def request(*lines, body=b""):
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


START = ("GET / HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https", "X-Forwarded-For: 1.2.3.4")


@pytest.mark.parametrize("lines", [
    [f"X-{number}: {'a' * 1000}" for number in range(200)], [f"X-{number}: a" for number in range(5000)],
    ["X-Long: " + "a" * (2 * LIMIT)], ["Cookie: " + "a=b; " * LIMIT],
])  # fmt: skip
def test_headers_have_a_limit(portal, lines):
    assert status_of(raw(portal, request(*START, *lines, "Connection: close"))) in (0, 400, 413, 431)
    assert ask(portal, "/healthz")[0] == 200


def test_an_address_has_a_limit(portal):
    line = f"GET /{'a' * 100_000} HTTP/1.1"
    assert status_of(raw(portal, request(line, *START[1:], "Connection: close"))) in (0, 400, 414, 431, 404)


def test_a_body_has_a_limit_before_it_is_sent(portal):
    head = request("POST /dang-nhap/ HTTP/1.1", *START[1:], "Content-Length: 99999999", "Connection: close",
                   "Content-Type: application/x-www-form-urlencoded")  # fmt: skip
    begun = time.monotonic()
    assert status_of(raw(portal, head + b"a" * 1000)) == 413
    assert time.monotonic() - begun < 5


SMUGGLED = b"GET /quan-tri/smuggled HTTP/1.1\r\nHost: portal.example\r\nX-Forwarded-Proto: https\r\n\r\n"
CHUNK = b"0\r\n\r\n"


@pytest.mark.parametrize("framing", [
    ["Content-Length: 5", "Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked", "Content-Length: 5"],
    ["Content-Length: 5", "Content-Length: 6"], ["Content-Length: 5, 6"], ["Content-Length: +5"],
    ["Content-Length: 0x5"], ["Content-Length: -5"], ["Transfer-Encoding: xchunked"],
    ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], ["Transfer-Encoding : chunked"],
    ["Transfer-Encoding:\x0bchunked"], [" Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked, identity"],
])  # fmt: skip
def test_what_two_servers_could_read_differently_gives_one_answer(portal, framing):
    head = request("POST /thong-ke/truy-cap.json HTTP/1.1", *START[1:], *framing)
    answer = raw(portal, head + CHUNK + SMUGGLED, timeout=2)
    [status] = re.findall(rb"HTTP/1\.1 (\d{3})", answer)  # the second request was not read, or not as one
    assert status in (b"400", b"403", b"411")
    assert ask(portal, "/healthz")[0] == 200


@pytest.mark.parametrize("path", ["/so-do-cong/", "/", "/static/js/sw.js", "/khong-co/", "/quan-tri/", "/healthz"])
@pytest.mark.parametrize("lengths", [
    ["Transfer-Encoding: chunked"], ["Content-Length: 5", "Transfer-Encoding: chunked"],
    ["Transfer-Encoding: chunked", "Content-Length: 5"],
])  # fmt: skip
def test_a_body_in_chunks_ends_the_connection_wherever_it_leads(portal, path, lengths):
    answer = raw(portal, request(f"GET {path} HTTP/1.1", *START[1:], *lengths) + CHUNK + SMUGGLED, timeout=2)
    assert re.findall(rb"HTTP/1\.1 (\d{3})", answer) == [b"411"]


@pytest.mark.parametrize("line", ["GET http://evil.example/ HTTP/1.1", "GET //evil.example/ HTTP/1.1", "GET * HTTP/1.1",
                                  "CONNECT evil.example:443 HTTP/1.1", "TRACE / HTTP/1.1", "GET /\x00 HTTP/1.1",
                                  "GET / HTTP/9.9", "GET /", "\x16\x03\x01\x02\x00", "PRI * HTTP/2.0"])  # fmt: skip
def test_no_request_line_is_too_odd(portal, line):
    answer = raw(portal, request(line, *START[1:], "Connection: close"), timeout=3)
    assert status_of(answer) < 500
    assert b"X-Forwarded-For" not in answer  # no echo, as TRACE would give
    assert b"evil.example" not in answer.partition(b"\r\n\r\n")[0] or b"//evil.example" in answer
    location = re.search(rb"(?i)location: (\S+)", answer)
    assert not location or b"//evil.example" not in location[1].replace(b"https://portal.example//", b"")


def test_the_log_holds_no_secret(portal):
    browser = Browser(portal, "198.51.100.60")
    browser.log_in("khongco", "bi-mat-khong-ai-biet\r\nX: y")
    assert "bi-mat-khong-ai-biet" not in portal.output
    assert browser.cookies.get("__Host-csrf", "?") not in portal.output


# ---------------------------------------------------------------- minutes


@pytest.mark.slow
def test_readers_are_answered_beside_five_hundred_half_open_connections(portal):
    """How much later: `tests/bench/door.py`."""
    with proxied.half_open(portal, 500):
        for _ in range(60):
            assert ask(portal, "/so-do-cong/", timeout=5)[0] == 200


@pytest.mark.slow
def test_who_never_finishes_the_headers_is_let_go(portal):
    with socket.create_connection(("127.0.0.1", portal.port), timeout=30) as connection:
        connection.send(b"GET / HTTP/1.1\r\nHost: portal.example\r\n")
        begun = time.monotonic()
        connection.settimeout(30)
        connection.recv(1000)
        assert 5 < time.monotonic() - begun < 20
