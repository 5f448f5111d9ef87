"""The twelve cases of docs/visits.md, by number."""
import pytest

from stats import recording, visitor
from stats.models import DayTotal, Presence

COC_COC = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/95.0.150 "
    "Chrome/89.0.4389.150 Safari/537.36"
)
ZALO = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "Zalo iOS/471 ZaloTheme/light ZaloLanguage/vn"
)
CUBOT = (
    "Mozilla/5.0 (Linux; Android 11; CUBOT_X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile "
    "Safari/537.36"
)


def test_case_1_a_new_guest_reading_one_page_adds_one_and_is_online(city):
    city.browser().read()
    city.later(5)
    assert (city.total(), city.online()) == (1, 1)


def test_case_2_five_pages_in_ten_minutes_through_three_workers_add_nothing(city):
    browser = city.browser()
    browser.read(worker=0)
    before = city.total()
    for number in range(5):
        city.later(120)
        if number == 2:
            browser.read(worker=2, status=304, content_type="")
        else:
            browser.read(worker=number % 3)
    assert (before, city.total(), city.online()) == (1, 1, 1)
    assert DayTotal.objects.get().views == 6


@pytest.mark.parametrize(("seconds", "visits"), [(29 * 60 + 59, 1), (30 * 60 + 1, 2)])
def test_case_3_a_visit_ends_after_thirty_minutes_without_a_hit(city, seconds, visits):
    browser = city.browser()
    browser.read()
    city.total()
    city.later(seconds)
    browser.read()
    assert city.total() == visits


def test_case_3_also_holds_after_several_pages_within_one_minute(city):
    browser = city.browser()
    browser.read()
    city.later(50)
    browser.read()
    city.total()
    city.later(29 * 60 + 59)
    browser.read()
    assert city.total() == 1


def test_case_4_midnight_does_not_split_a_visit(city):
    city.at("2026-11-23 23:55:00")
    browser = city.browser()
    browser.read()
    city.at("2026-11-24 00:05:00")
    browser.read()
    assert city.total() == 1
    assert city.visits_by_day() == {"23": 1}


def test_case_4_midnight_does_not_split_a_visit_without_cookies(city):
    city.at("2026-11-23 23:55:00")
    curl = city.browser(keeps_cookies=False)
    curl.read()
    for _ in range(5):
        city.later(600)
        curl.read()
    assert city.total() == 1
    assert city.visits_by_day() == {"23": 1}


def test_case_4_a_first_cookie_from_before_midnight_is_recognised_after_it(city):
    city.at("2026-11-23 23:58:00")
    first, neighbour = city.browser(), city.browser()
    first.read()
    city.at("2026-11-24 00:02:00")
    neighbour.read()
    first.read()
    neighbour.read()
    assert city.total() == 2


def test_case_5_an_hour_that_ends_does_not_split_a_visit(city):
    city.at("2026-11-23 10:59:00")
    browser = city.browser()
    browser.read()
    city.at("2026-11-23 11:01:00")
    browser.read()
    assert city.total() == 1
    assert city.visits_by_hour() == {10: 1}


def test_case_5_two_visits_in_one_hour_are_two(city):
    city.at("2026-11-23 10:02:00")
    browser = city.browser()
    browser.read()
    city.at("2026-11-23 10:40:00")
    browser.read()
    assert city.total() == 2
    assert city.visits_by_hour() == {10: 2}


@pytest.mark.parametrize("collects_between", [False, True])
def test_case_6_five_hundred_phones_behind_one_address_reading_two_pages_are_five_hundred(city, collects_between):
    phones = [city.browser() for _ in range(500)]
    for number, phone in enumerate(phones):
        city.later(0.01)
        phone.read(worker=number % 3)
    if collects_between:
        city.collect()
    for number, phone in enumerate(phones):
        city.later(0.01)
        phone.read(worker=number % 2)
    assert city.total() == 500


@pytest.mark.parametrize(("confirms", "visits"), [(False, 1), (True, 500)])
def test_case_7_five_hundred_phones_reading_one_page_are_told_apart_by_confirming(city, confirms, visits):
    for number in range(500):
        phone = city.browser()
        phone.read(worker=number % 3)
        if confirms:
            city.later(0.2)
            phone.confirm(worker=number % 2)
    assert city.total() == visits
    assert DayTotal.objects.get().views == 500


def test_case_8_ten_thousand_hits_without_cookies_are_one_visit(city):
    curl = city.browser(keeps_cookies=False)
    for number in range(10_000):
        city.later(0.05)
        curl.read(worker=number % 3)
        if number % 2500 == 0:
            city.collect()
    assert city.total() == 1
    assert DayTotal.objects.get().views == 10_000
    assert Presence.objects.count() == 1


def test_case_9_six_restored_tabs_after_forty_idle_minutes_add_one(city):
    browser = city.browser()
    browser.read()
    browser.read()
    city.total()
    city.later(40 * 60)
    cookie = browser.cookie
    for worker in range(6):
        browser.cookie = cookie  # all six were sent before the first answer came
        browser.read(worker=worker)
    assert city.total() == 2


@pytest.mark.parametrize(
    ("status", "content_type", "environ"),
    [
        (200, "text/html", {"HTTP_SEC_PURPOSE": "prefetch;prerender"}),
        (200, "text/html", {"HTTP_PURPOSE": "prefetch"}),
        (200, "text/html", {"HTTP_X_PURPOSE": "preview"}),
        (200, "text/html", {"HTTP_X_MOZ": "prefetch"}),
        (200, "text/html", {"REQUEST_METHOD": "HEAD"}),
        (200, "text/html", {"REQUEST_METHOD": "POST"}),
        (404, "text/html", {}),
        (302, "text/html", {}),
        (500, "text/html", {}),
        (200, "application/json", {}),
        (200, "text/html", {"HTTP_SEC_FETCH_DEST": "empty"}),
        (200, "text/html", {"HTTP_SEC_FETCH_DEST": "", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}),
        (200, "text/html", {"HTTP_SEC_FETCH_DEST": "iframe"}),
        (304, "", {"HTTP_SEC_FETCH_DEST": "image"}),
        (304, "", {"HTTP_SEC_FETCH_DEST": "", "HTTP_ACCEPT": "image/avif,*/*"}),
        (200, "text/html", {"PATH_INFO": "/quan-tri/"}),
        (200, "text/html", {"PATH_INFO": "/dang-nhap/"}),
    ],
)
def test_case_10_what_nobody_asked_to_read_does_not_count(city, status, content_type, environ):
    assert city.browser().read(status=status, content_type=content_type, **environ) is None
    assert city.total() == 0
    assert city.collect() == 0


@pytest.mark.parametrize(
    "user_agent",
    ["", "Mozilla/5.0", "Java/17.0.1", "kube-probe/1.30", "Prometheus/2.54.0", "curl/8.5.0", "python-requests/2.32",
     "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "PostmanRuntime/7.42.0",
     "UptimeRobot/2.0",
     "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)", "facebookexternalhit/1.1",
     "ELB-HealthChecker/2.0", "check_http/v2.2 (monitoring-plugins 2.2)"],
)  # fmt: skip
def test_case_10_bots_are_kept_out_and_counted_apart(city, user_agent):
    assert city.browser(user_agent=user_agent).read() is None
    assert city.total() == 0
    today = DayTotal.objects.get()
    assert (today.visits, today.views, today.bots) == (0, 0, 1)


@pytest.mark.parametrize("user_agent", [COC_COC, ZALO, CUBOT])
def test_case_10_browsers_of_vietnamese_readers_count(city, user_agent):
    city.browser(user_agent=user_agent).read()
    assert city.total() == 1


def test_case_11_a_spoofed_forwarded_for_is_one_visitor(city, settings):
    settings.TRUSTED_PROXIES = 1
    curl = city.browser(keeps_cookies=False, address="10.0.0.2")
    for number in range(1000):
        curl.read(HTTP_X_FORWARDED_FOR=f"{number % 250}.7.7.{number // 250}, 203.0.113.9")
    assert city.total() == 1


def test_case_11_a_forwarded_for_without_trusted_proxies_is_ignored(city):
    curl = city.browser(keeps_cookies=False)
    for number in range(1000):
        curl.read(HTTP_X_FORWARDED_FOR=f"203.0.113.{number % 250}")
    assert city.total() == 1


def test_case_11_addresses_rotating_within_one_ipv6_network_are_one_visitor(city):
    curl = city.browser(keeps_cookies=False)
    for number in range(1000):
        curl.read(REMOTE_ADDR=f"2402:800:61b1:3c5e::{number:x}")
    assert city.total() == 1
    curl.read(REMOTE_ADDR="2402:800:61b1:3c5f::1")
    assert city.total() == 2


def test_case_12_two_guests_of_a_kept_page_get_cookies_of_their_own(city):
    environ = city.browser().environ
    first, second = (city.answer(0, dict(environ), 200, "text/html") for _ in range(2))
    numbers = {visitor.load(value, city.time).number for value in (first, second)}
    assert len(numbers) == 2
    header = recording.cookie_header(first)
    assert header.startswith(f"visit={first};")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3600"} <= set(header.split("; "))
