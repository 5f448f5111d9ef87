"""`If-Modified-Since` for those who keep no tags: readers of feeds, old crawlers. A 304 is never about another text."""
import time

import pytest
from caching import Cache, page, settle
from django.utils.http import http_date

from portal import generation
from portal.models import Generation
from portal.pagecache.due import Due

NOW = 1_700_000_000
FAR = NOW + 5000.0
DATED = page(Last_Modified=http_date(1_600_000_000))


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(generation, "watch", lambda: None)
    monkeypatch.setattr(time, "time", lambda: NOW + 0.5)
    settle(NOW - 60)
    yield lambda now: monkeypatch.setattr(time, "time", lambda: now)
    generation.state = generation.State()


def date(reply):
    return reply["Last-Modified"]


def test_whoever_has_the_page_by_its_date_is_told_so_by_any_worker():
    caches = Cache(DATED), Cache(DATED)
    first = caches[0].ask("/rss/")
    assert date(first) == http_date(NOW - 60)
    for cache in (*caches, *caches):
        again = cache.ask("/rss/", HTTP_IF_MODIFIED_SINCE=date(first))
        assert (again.status, again.body, date(again), again["ETag"]) == (304, b"", date(first), first["ETag"])


@pytest.mark.parametrize("sent", ["", "yesterday", http_date(NOW - 61), http_date(NOW - 59), http_date(NOW + 9999)])
def test_a_date_that_is_another_gets_the_page(sent):
    assert Cache(DATED).twice(HTTP_IF_MODIFIED_SINCE=sent).status == 200


def test_a_tag_decides_alone_where_one_is_sent():
    cache = Cache(DATED)
    first = cache.ask()
    other = {"HTTP_IF_MODIFIED_SINCE": date(first), "HTTP_IF_NONE_MATCH": '"other"'}
    assert cache.ask(**other).status == 200
    assert cache.ask(HTTP_IF_MODIFIED_SINCE="", HTTP_IF_NONE_MATCH=first["ETag"]).status == 304


def test_a_page_that_more_than_content_changes_has_no_date():
    cache = Cache(page())
    assert date(cache.twice()) == ""
    assert cache.ask(HTTP_IF_MODIFIED_SINCE=http_date(NOW - 60)).status == 200


@pytest.mark.parametrize("due", [Due((), FAR, last=NOW - 59.9), Due((), FAR, last=NOW - 60.0), Due((NOW - 1.0,), FAR)])
def test_what_came_by_the_clock_since_the_last_change_leaves_no_date(due):
    settle(NOW - 60, due=due)
    assert date(Cache(DATED).twice()) == ""


def test_what_came_by_the_clock_before_the_last_change_leaves_it_its_date():
    settle(NOW - 60, due=Due((NOW + 600.0,), FAR, last=NOW - 60.1))
    assert date(Cache(DATED).twice()) == http_date(NOW - 60)


def test_a_date_to_come_is_not_given_before_it_has_come(clock):
    settle(NOW + 1)
    cache = Cache(DATED)
    assert date(cache.twice()) == ""
    clock(NOW + 1.2)
    assert date(cache.ask()) == http_date(NOW + 1)


@pytest.mark.parametrize("number", [None, 0, 57])
def test_a_number_from_before_numbers_were_dates_is_none(number):
    settle(number)
    assert date(Cache(DATED).twice()) == ""


@pytest.mark.django_db
def test_no_two_changes_have_one_date_even_within_a_second(clock):
    numbers = []
    for now in (NOW + 0.1, NOW + 0.2, NOW + 0.9, NOW + 1.1, NOW - 500, NOW + 60.0):
        clock(now)
        Generation.move()
        numbers.append(Generation.objects.get().number)
    assert numbers == [NOW + 1, NOW + 2, NOW + 3, NOW + 4, NOW + 5, NOW + 61]
