"""The visit's cookie, the hash of a client without one, and what strangers send in their place."""
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats import salts, visitor
from stats.models import Presence, Salt


def test_a_cookie_is_read_back(city):
    one = visitor.new(2468, city.time)
    assert visitor.load(visitor.dump(one), city.time) == one


def test_numbers_are_odd_and_hashes_are_even(city):
    assert visitor.new(0, city.time).number & 1
    assert not visitor.hashes(city.browser().environ, city.time)[0] & 1


def test_a_cookie_older_than_an_hour_is_nobodys(city):
    text = visitor.dump(visitor.new(0, city.time))
    assert visitor.load(text, city.time + 3600)
    assert visitor.load(text, city.time + 3601) is None


def test_a_cookie_stays_good_when_the_clock_is_set_back(city):
    text = visitor.dump(visitor.new(0, city.time))
    assert visitor.load(text, city.time - 7200)


def test_a_cookie_is_sent_again_once_a_minute(city):
    browser = city.browser()
    browser.read()
    city.later(59)
    assert browser.read() is None
    city.later(1)
    assert browser.read()
    assert browser.read() is None


def test_a_cookie_carries_the_hash_for_its_first_visit_only(city):
    browser = city.browser()
    browser.read()
    for _ in range(4):
        city.later(20 * 60)
        browser.read()
    assert visitor.load(browser.cookie, city.time).origin
    city.later(40 * 60)
    browser.read()
    assert visitor.load(browser.cookie, city.time).origin == 0


def test_a_cookie_of_another_key_is_nobodys(city, settings):
    text = visitor.dump(visitor.new(0, city.time))
    settings.SECRET_KEY = "another" * 10
    assert visitor.load(text, city.time) is None


@pytest.mark.parametrize("position", range(40))
def test_a_cookie_changed_in_one_character_is_nobodys(city, position):
    text = visitor.dump(visitor.new(2468, city.time))
    other = "A" if text[position] != "A" else "B"
    assert visitor.load(text[:position] + other + text[position + 1 :], city.time) is None


@given(st.text(max_size=200))
def test_any_text_in_place_of_a_cookie_is_nobody(text):
    assert visitor.read({"HTTP_COOKIE": f"visit={text}"}, 1_790_000_000.0) is None
    assert visitor.load(text, 1_790_000_000.0) is None


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "visit=" + "x" * 8192},
        {"HTTP_COOKIE": "visit=;" * 2000},
        {"HTTP_COOKIE": "; ".join(f"visit={'A' * 40}" for _ in range(200))},
        {"HTTP_COOKIE": "staff=x; sessionid=y; " * 300},
        {"HTTP_USER_AGENT": "Mozilla/5.0 " + "Chrome/1.0 (x) " * 550},
        {"HTTP_ACCEPT_LANGUAGE": "vi," * 2700},
        {"HTTP_REFERER": "https://" + "a" * 8000},
        {"REMOTE_ADDR": "unix:" + "x" * 8000},
        {"HTTP_USER_AGENT": "Mozilla/5.0 \udcff\xff"},
        {"HTTP_REFERER": "http://[::1", "HTTP_HOST": ""},
    ],
)
def test_what_strangers_send_is_no_error(city, environ):
    browser = city.browser()
    browser.read()
    city.answer(0, {**browser.environ, **environ}, 200, "text/html")
    city.collect()


def test_the_newest_of_several_cookies_counts(city):
    old = visitor.dump(visitor.new(0, city.time - 600))
    new = visitor.new(0, city.time)
    assert visitor.read({"HTTP_COOKIE": f"visit={visitor.dump(new)}; visit={old}"}, city.time) == new
    assert visitor.read({"HTTP_COOKIE": f"visit={old}; visit={visitor.dump(new)}"}, city.time) == new


def test_under_https_the_cookie_is_secure_and_bound_to_this_host(city, settings):
    settings.HTTPS = True
    browser = city.browser()
    value = browser.read()
    browser.read()
    assert city.total() == 1
    assert visitor.cookie_name() == "__Host-visit"
    assert visitor.read({"HTTP_COOKIE": f"__Host-visit={value}"}, city.time)


def test_neither_address_nor_user_agent_is_kept_anywhere(city):
    browser = city.browser(address="198.51.100.77", user_agent="Mozilla/5.0 (X11) Firefox/133.0 Bimat")
    browser.read()
    spooled = b"".join(path.read_bytes() for path in city.folder.iterdir())
    assert b"198.51" not in spooled
    assert b"Firefox" not in spooled
    city.collect()
    assert set(Presence.objects.values().get()) == {"key", "claimant", "since", "last_seen", "before"}


def test_each_day_has_a_key_of_its_own_and_the_last_one_is_thrown_away(city):
    city.at("2026-11-23 22:00:00")
    environ = city.browser().environ
    today = visitor.hashes(environ, city.time)
    city.at("2026-11-24 00:30:00")
    tomorrow = visitor.hashes(environ, city.time)
    assert today[1] == 0
    assert tomorrow[1] == today[0] != tomorrow[0]
    city.at("2026-11-24 01:00:01")
    assert visitor.hashes(environ, city.time) == (tomorrow[0], 0)
    assert [f"{day:%d}" for day in Salt.objects.order_by("day").values_list("day", flat=True)] == ["24", "25"]


def test_two_workers_and_a_restarted_one_use_one_key(city, monkeypatch):
    environ = city.browser().environ
    before = visitor.hashes(environ, city.time)
    salts.forget()
    salts.load()
    assert visitor.hashes(environ, city.time) == before


def test_a_worker_that_starts_without_a_database_takes_the_key_from_its_hosts_file(city, monkeypatch):
    from django.db import OperationalError

    environ = city.browser().environ
    before = visitor.hashes(environ, city.time)
    salts.forget()

    def fail():
        raise OperationalError("away")

    monkeypatch.setattr(salts, "renew", fail)
    salts.load()
    assert visitor.hashes(environ, city.time) == before


def test_before_any_key_is_known_a_visit_counts_once_its_cookie_comes_back(city):
    salts.forget()
    browser, curl = city.browser(), city.browser(keeps_cookies=False)
    browser.read()
    curl.read()
    assert city.total() == 0
    browser.read()
    assert city.total() == 1


def test_no_two_readers_get_the_same_number_in_one_process_or_its_child(city):
    mine = {visitor.new(2, city.time).number for _ in range(1000)}
    assert len(mine) == 1000
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"".join(visitor.new(2, 0.0).number.to_bytes(8, "big", signed=True) for _ in range(200)))
        os._exit(0)
    os.waitpid(child, 0)
    mine |= {visitor.new(2, city.time).number for _ in range(300)}
    theirs = os.read(reader, 1600)
    os.close(reader)
    os.close(writer)
    assert len(theirs) == 1600
    assert mine.isdisjoint(int.from_bytes(theirs[place : place + 8], "big", signed=True) for place in range(0, 1600, 8))
