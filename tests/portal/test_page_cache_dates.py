"""`If-Modified-Since` for those who keep no tags: readers of feeds, old crawlers. A 304 is never about another text."""
import time

import pytest
from caching import Cache, page, settle
from django.utils.http import http_date

from portal import generation

START = 1_700_000_000.4


@pytest.fixture
def clock(monkeypatch):
    """Moves by hand; says the time as a header does."""

    class Clock:
        now = START

        def forward(self, seconds):
            self.now += seconds
            return http_date(self.now)

    clock = Clock()
    monkeypatch.setattr(generation, "watch", lambda: None)
    monkeypatch.setattr(time, "time", lambda: clock.now)
    settle(looked_at=START)
    yield clock
    generation.state = generation.State()


def changing(texts):
    """Django, whose page is the first of `texts`; a test takes it away to change the page."""
    return lambda environ, start_response: page(f"<main>{texts[0]}</main>".encode())(environ, start_response)


def test_whoever_has_the_page_by_its_date_is_told_so(clock):
    cache = Cache(page())
    cache.ask("/rss/")
    clock.forward(5)
    first = cache.ask("/rss/")
    clock.forward(60)
    again = cache.ask("/rss/", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert (again.status, again.body, again["Last-Modified"]) == (304, b"", first["Last-Modified"])
    assert again["ETag"] == first["ETag"]
    assert cache.ask("/rss/", HTTP_IF_MODIFIED_SINCE=http_date(clock.now - 64)).status == 200


def test_a_tag_that_is_another_wins_over_a_date(clock):
    cache = Cache(page())
    cache.ask()
    date = clock.forward(60)
    assert cache.ask(HTTP_IF_MODIFIED_SINCE=date).status == 304
    assert cache.ask(HTTP_IF_MODIFIED_SINCE=date, HTTP_IF_NONE_MATCH='"other"').status == 200


@pytest.mark.parametrize("after", [0, 0.1, 0.5, 1, 2, 3, 3.7, 10])
def test_no_date_that_was_ever_given_hides_a_change(clock, after):
    texts = ["một", "hai"]
    cache = Cache(changing(texts))
    dates = {cache.ask()["Last-Modified"]}
    for _ in range(10):
        clock.forward(after / 10)
        dates.add(cache.ask()["Last-Modified"])
    texts.pop(0)
    settle(2, seen_at=clock.now - 60)
    for _ in range(50):
        for date in dates - {""}:
            answer = cache.ask(HTTP_IF_MODIFIED_SINCE=date)
            assert (answer.status, "hai" in answer.text) == (200, True)
        clock.forward(0.1)


def test_a_text_that_comes_back_is_not_taken_for_the_one_between(clock):
    texts = ["một"]
    cache = Cache(changing(texts))
    cache.ask()
    clock.forward(10)
    for number, text in ((2, "hai"), (3, "một")):
        texts[0] = text
        settle(number, seen_at=clock.now - 60)
        cache.ask()
        date = clock.forward(10)
        if text == "hai":
            assert cache.ask(HTTP_IF_MODIFIED_SINCE=date).status == 304
            between = cache.ask()["Last-Modified"]
    assert cache.ask(HTTP_IF_MODIFIED_SINCE=between).status == 200


def test_the_same_text_made_anew_keeps_its_date(clock):
    cache = Cache(page())
    cache.ask()
    clock.forward(5)
    date = cache.ask()["Last-Modified"]
    clock.forward(900)
    assert cache.ask(HTTP_IF_MODIFIED_SINCE=date).status == 304
    assert cache.asked == 2


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 2091 00:00:00 GMT"])
def test_a_date_that_says_nothing_gets_the_page(clock, date):
    cache = Cache(page())
    cache.ask()
    clock.forward(60)
    assert cache.ask(HTTP_IF_MODIFIED_SINCE=date).status == 200


def test_without_a_database_a_date_decides_nothing(clock):
    cache = Cache(page())
    cache.ask()
    date = clock.forward(60)
    settle(answering=False)
    assert cache.ask(HTTP_IF_MODIFIED_SINCE=date).status == 200
