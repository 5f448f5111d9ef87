"""What the page cache sends: bodies, codings, tags, headers, and no more memory than it may."""
import gzip
import re
import zlib

import caching
import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from news.shelf import Shelf
from portal import generation
from portal.pagecache.entry import Entry
from portal.pagecache.keys import Key, Rules

FIGURES = {"online": b"3", "today": b"1.940", "month": b"23.456", "total": b"1.940.861"}
FOOTER = b"".join(b'<dd class="x" data-figure="%s">0</dd>\n' % name.encode() for name in FIGURES)
PAGE = b"<main>" + "Ủy ban nhân dân thành phố. ".encode() * 900 + b"</main><footer>" + FOOTER + b"</footer></html>"


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    monkeypatch.setattr(generation, "watch", lambda: None)
    caching.settle()
    yield
    generation.state = generation.State()


def entry(body=PAGE, gzip=True, article=0):
    key = Key("http", "testserver", "/", "", gzip)
    return Entry(key, [("Content-Type", "text/html")], body, article=article, generation=1, made_at=0.0, dies_at=9e9,
                 due_at=9e9)  # fmt: skip


def filled(body, figures):
    """The body as Django would have rendered it."""
    start = body.rfind(b"</main>") + 1
    return body[:start] + re.sub(
        rb'(data-figure="(\w+)"[^<>]*>)[\d.]*(?=<)', lambda found: found[1] + figures[found[2].decode()], body[start:]
    )


numbers = st.integers(0, 10**15).map(lambda number: f"{number:,}".replace(",", ".").encode())


@given(
    st.binary(max_size=3000).filter(lambda text: b"</main>" not in text and b"data-figure" not in text),
    st.fixed_dictionaries(dict.fromkeys(FIGURES, numbers)), st.booleans(),
)  # fmt: skip
def test_a_body_joined_from_compressed_parts_is_the_page_with_its_figures(text, figures, footer):
    body = text + (b"</main>" + FOOTER if footer else b"") + text[::-1]
    _, sent = entry(body).sent(figures)
    assert gzip.decompress(sent) == filled(body, figures)
    assert entry(body, gzip=False).sent(figures)[1] == filled(body, figures)


def test_every_decoder_takes_the_joined_stream():
    _, sent = entry().sent(FIGURES)
    reader = zlib.decompressobj(31)
    piecewise = b"".join(reader.decompress(sent[place : place + 7]) for place in range(0, len(sent), 7))
    assert piecewise == filled(PAGE, FIGURES)
    assert reader.eof
    assert reader.unused_data == b""
    assert len(sent) < len(PAGE) / 10


def test_new_figures_take_the_place_of_the_old_ones():
    one = entry()
    for total in (b"1", b"1.000.000.000", b"22"):
        headers, sent = one.sent({**FIGURES, "total": total})
        assert b'data-figure="total">' + total + b"<" in gzip.decompress(sent)
        assert dict(headers)["Content-Length"] == str(len(sent))


def test_figures_that_an_editor_typed_stay_as_typed():
    body = b'<main><p data-figure="total">7</p></main><footer>' + FOOTER
    assert b'<p data-figure="total">7</p>' in entry(body, gzip=False).sent(FIGURES)[1]


def test_the_tag_is_the_pages_own_whatever_the_figures_and_the_coding():
    later = PAGE.replace(b'"total">0<', b'"total">1.940.858<')
    assert entry().etag == entry(later).etag == entry(gzip=False).etag
    assert entry(PAGE.replace(b"ban", b"BAN")).etag != entry().etag
    assert entry().etag.startswith('W/"')


def test_a_browser_that_has_the_page_gets_a_304_without_a_body():
    cache = caching.Cache(caching.page(PAGE))
    tag = cache.ask()["ETag"]
    for asked in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        reply = cache.ask(HTTP_IF_NONE_MATCH=asked)
        assert (reply.status, reply.body, reply["ETag"], reply.how) == (304, b"", tag, "HIT")
        assert reply["Content-Length"] == reply["Content-Type"] == ""
    assert cache.ask(HTTP_IF_NONE_MATCH='W/"other"').status == 200


def test_head_says_what_get_would_and_sends_nothing():
    cache = caching.Cache(caching.page(PAGE))
    first = cache.ask(REQUEST_METHOD="HEAD", HTTP_ACCEPT_ENCODING="gzip")
    get = cache.ask(HTTP_ACCEPT_ENCODING="gzip")
    head = cache.ask(REQUEST_METHOD="HEAD", HTTP_ACCEPT_ENCODING="gzip")
    assert (first.body, head.body, first.how, head.how) == (b"", b"", "MISS", "HIT")
    without_cookie = [pair for pair in get.pairs if pair[0] != "Set-Cookie"]
    assert head.pairs == without_cookie


@pytest.mark.parametrize(("accepted", "coding"), [
    ("gzip", "gzip"), ("gzip, deflate, br, zstd", "gzip"), ("GZIP;q=0.5", "gzip"), ("*", "gzip"), ("br", ""), ("", ""),
    ("gzip;q=0", ""), ("gzip; q=0.000, *", ""), ("identity", ""), ("*;q=0", ""), ("gzip" * 9999, ""), (";;,=", ""),
])  # fmt: skip
def test_the_coding_is_one_that_the_reader_takes(accepted, coding):
    cache = caching.Cache(caching.page(PAGE))
    reply = cache.twice(HTTP_ACCEPT_ENCODING=accepted)
    assert (reply["Content-Encoding"], reply["Vary"], reply.how) == (coding, "Accept-Encoding", "HIT")
    assert "1.940" not in reply.text  # nothing was counted yet
    assert len(reply.body) == int(reply["Content-Length"])


def test_a_page_says_that_browsers_ask_again_and_proxies_keep_nothing():
    assert caching.Cache(caching.page()).ask()["Cache-Control"] == "private, no-cache"
    assert caching.Cache(caching.page(Cache_Control="max-age=60")).ask()["Cache-Control"] == "max-age=60"


def test_each_header_of_django_is_sent_once():
    page = caching.page(Vary="Accept-Encoding", ETag='"django"', Content_Length="18", X_Frame_Options="DENY")
    cache = caching.Cache(page)
    for reply in (cache.ask(), cache.ask()):
        names = [name.lower() for name, _ in reply.pairs]
        assert len(names) == len(set(names))
        assert reply["X-Frame-Options"] == "DENY"
        assert reply["ETag"] != '"django"'


# ---------------------------------------------------------------- memory


def test_the_cache_stays_within_its_bytes_and_keeps_what_is_asked_for():
    cache = caching.Cache(lambda environ, start: caching.page(environ["PATH_INFO"].encode() * 200)(environ, start),
                          limit=caching.MEGABYTE)  # fmt: skip
    for number in range(600):
        cache.ask(f"/bai-viet/x-{number}/")
        cache.ask("/bai-viet/x-0/")
        assert cache.size <= caching.MEGABYTE
    assert cache.ask("/bai-viet/x-0/").how == "HIT"
    assert cache.ask("/bai-viet/x-599/").how == "HIT"
    assert cache.ask("/bai-viet/x-1/").how == "MISS"
    assert cache._pages.size == sum(one.size for one in cache._pages._entries.values())


def test_one_page_never_takes_the_place_of_all_others():
    shelf = Shelf(100_000)
    small, large = Key("http", "h", "/", "", True), Key("http", "h", "/x", "", True)
    shelf.put(small, entry())
    shelf.put(large, entry(bytes(range(256)) * 400, gzip=False))
    assert (shelf.get(large), len(shelf)) == (None, 1)


def test_questions_without_end_do_not_drive_out_the_pages():
    cache = caching.Cache(caching.page(PAGE), limit=caching.MEGABYTE)
    cache.ask("/bai-viet/x-1/")
    for number in range(1000):
        cache.ask("/tim-kiem/", f"q={number}")
    assert cache.ask("/bai-viet/x-1/").how == "HIT"
    assert cache._searches.size <= caching.MEGABYTE / 8


@override_settings(ALLOWED_HOSTS=["*", ".example.vn", "portal.example"], SITE_HOST="songcong.example")
def test_a_wildcard_among_the_hosts_makes_no_pages_without_end():
    key_of = Rules().key_of
    for host, kept in (("portal.example", True), ("songcong.example", True), ("a.example.vn", False), ("b.c", False)):
        assert (key_of(caching.environ(HTTP_HOST=host)) is not None) is kept
