"""A page from the page cache is counted like any other: once."""
import caching
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal import generation
from stats import recording, visitor
from stats.middleware import VisitMiddleware
from stats.models import ArticleTotal, DayTotal


@pytest.fixture
def cache(city, monkeypatch):
    """A cache before a view that is counted by the middleware where Django answers by itself."""
    monkeypatch.setattr(generation, "watch", lambda: None)
    caching.settle()

    def view(request):
        request.META[recording.ARTICLE] = 7
        return HttpResponse("<main></main>", status=404 if "/khong-co/" in request.path else 200)

    counted = VisitMiddleware(view)

    def django(environ, start_response):
        request = RequestFactory().get(environ["PATH_INFO"])
        request.META = environ
        response = counted(request)
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
        start_response(f"{response.status_code} x", [*response.items(), *cookies])
        return [response.content]

    cache = caching.Cache(django)
    yield cache
    generation.state = generation.State()


def views(city):
    city.collect()
    row = DayTotal.objects.first()
    return row.views if row else 0


def cookie(reply):
    return reply["Set-Cookie"].partition(";")[0]


def test_made_and_remembered_and_not_modified_pages_count_once_each(cache, city):
    first = cache.ask()
    assert (first.how, views(city)) == ("MISS", 1)
    assert (cache.ask().how, views(city)) == ("HIT", 2)
    assert (cache.ask(HTTP_IF_NONE_MATCH=first["ETag"]).status, views(city)) == (304, 3)
    caching.settle(1, answering=False)
    assert (cache.ask().how, views(city)) == ("HIT", 4)
    caching.settle(2, answering=False)
    assert (cache.ask().how, views(city)) == ("STALE", 5)
    assert ArticleTotal.objects.get(article=7).views == 5


def test_what_goes_past_the_cache_counts_once(cache, city):
    cache.ask("/", "x=1")
    cache.ask("/", HTTP_COOKIE="sessionid=abc")
    assert views(city) == 2


@pytest.mark.parametrize("more", [
    {"REQUEST_METHOD": "HEAD"}, {"HTTP_SEC_PURPOSE": "prefetch"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"HTTP_SEC_FETCH_DEST": "iframe"}, {"HTTP_USER_AGENT": "Googlebot/2.1"}, {"path": "/bai-viet/khong-co/"},
])  # fmt: skip
def test_what_is_no_visit_is_none_from_memory_either(cache, city, more):
    for _ in range(2):
        assert cache.ask(**more)["Set-Cookie"] == ""
    assert views(city) == 0


def test_each_guest_gets_a_cookie_of_their_own_and_no_page_holds_one(cache, city):
    replies = [cache.ask() for _ in range(50)]
    numbers = {visitor.load(cookie(reply).partition("=")[2], city.time).number for reply in replies}
    assert len(numbers) == 50
    assert {reply["Set-Cookie"].count("visit=") for reply in replies} == {1}
    entry = cache._pages.get(cache._key_of(caching.environ()))
    assert "Set-Cookie" not in dict(entry.sent(cache._texts())[0])


def test_a_reader_who_brings_the_cookie_is_one_visit_and_gets_no_other(cache, city):
    brought = cookie(cache.ask())
    for _ in range(5):
        assert cache.ask(HTTP_COOKIE=brought)["Set-Cookie"] == ""
    assert city.total() == 1


def test_a_reader_from_before_the_cache_keeps_their_cookie(cache, city):
    brought = cookie(cache.ask("/", "x=1"))  # made by the middleware
    cache.ask()
    city.later(61)
    renewed = cache.ask(HTTP_COOKIE=brought)
    assert visitor.load(cookie(renewed).partition("=")[2], city.time).number == (
        visitor.load(brought.partition("=")[2], city.time).number
    )


def test_the_visitor_of_a_page_that_was_made_is_the_one_who_asked(cache, city):
    """Django renders without the reader's headers; the count needs them all the same."""
    for number in range(3):
        cache.ask(f"/bai-viet/x-{number}/", REMOTE_ADDR=f"113.160.1.{number}")
    assert city.total() == 3


def test_today_begins_at_midnight_on_pages_from_memory_too(cache, city):
    city.at("2026-11-23 23:59:00")
    cache.ask()
    city.collect()
    city.online()
    assert cache._texts()["today"] == b"1"
    city.at("2026-11-24 00:00:30")
    assert cache._texts()["today"] == b"0"
