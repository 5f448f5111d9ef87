"""What the page cache may keep, for whom, and for how long."""
import datetime as dt
import re
import threading
import time

import caching
import factories
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from news.models import AlertBanner, Article, Placement, State
from news.signals import content_changed
from portal import generation
from portal.models import Generation
from portal.pagecache import due, keys
from portal.pagecache.keys import PATHS, Rules


@pytest.fixture(autouse=True)
def no_watcher(monkeypatch):
    monkeypatch.setattr(generation, "watch", lambda: None)
    monkeypatch.setattr(generation, "changed", [])
    generation.state = generation.State()
    yield
    generation.state = generation.State()


@pytest.fixture
def cache(db):
    """The whole portal behind a cache that knows the database's present state."""
    cache = caching.Cache(WSGIHandler())
    generation.look()
    # A request's end would close the connection that this test's transaction lives in.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield cache
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def change():
    content_changed.send(sender=Article)
    generation.look()


# ---------------------------------------------------------------- what is kept


@pytest.mark.parametrize("address", ["/", "/chuyen-muc/thoi-su/", "/so-do-cong/", "/tim-kiem/", "/rss/",
                                     "/atom/", "/dong-su-kien/", "/tin-doc-nhieu/"])  # fmt: skip
def test_a_page_comes_from_memory_the_second_time(cache, address, django_assert_num_queries):
    factories.article()
    first = cache.ask(address)
    assert (first.status, first.how) == (200, "MISS")
    with django_assert_num_queries(0):
        second = cache.ask(address)
    assert second.how == "HIT"
    assert second.text == first.text


def test_every_kind_of_page_leaves_room_for_the_four_figures(cache):
    article = factories.article(tags=["hội nghị"])
    factories.page(title="Liên hệ", slug="lien-he")
    for address in ("/", article.get_absolute_url(), "/chuyen-muc/thoi-su/", "/tu-khoa/hoi-nghi/", "/tim-kiem/",
                    "/trang/lien-he/", "/so-do-cong/", "/luu-tru/2021/3/24/"):  # fmt: skip
        assert cache.ask(address).status == 200, address
        entry = cache._pages.get(key := cache._key_of(caching.environ(address))) or cache._searches.get(key)
        assert sorted(entry._ending._names) == ["month", "online", "today", "total"], address


@pytest.mark.parametrize("address", ["/rss/", "/atom/", "/chuyen-muc/thoi-su/", "article"])
def test_who_sends_a_date_alone_has_the_page_until_it_changes(cache, address, monkeypatch):
    article = factories.article("Khánh thành cầu")
    address = article.get_absolute_url() if address == "article" else address
    change()
    now = time.time() + 60  # many changes in one second have dates to come
    monkeypatch.setattr(time, "time", lambda: now)
    date = {"HTTP_IF_MODIFIED_SINCE": cache.ask(address)["Last-Modified"]}
    assert cache.ask(address, **date).status == 304
    Article.objects.filter(pk=article.pk).update(title="Khánh thành cầu mới")
    change()
    assert "cầu mới" in cache.ask(address, **date).text


def test_a_change_is_shown_after_the_next_look(cache):
    article = factories.article("Tiêu đề cũ")
    assert "Tiêu đề cũ" in cache.ask(article.get_absolute_url()).text
    Article.objects.filter(pk=article.pk).update(title="Tiêu đề mới")
    change()
    reply = cache.ask(article.get_absolute_url())
    assert (reply.how, "Tiêu đề mới" in reply.text) == ("MISS", True)


def test_a_page_made_while_a_change_came_is_made_again():
    numbers = iter([2])

    def django(environ, start_response):
        caching.settle(next(numbers, 2))
        return caching.page()(environ, start_response)

    cache = caching.Cache(django)
    caching.settle(1)
    cache.ask()
    assert cache.ask().how == "MISS"
    assert cache.ask().how == "HIT"


def test_what_is_due_appears_and_goes_with_nobodys_doing(cache):
    soon = timezone.now() + dt.timedelta(seconds=0.6)
    factories.article("Bài hẹn giờ", publish_at=soon)
    factories.article("Bài sắp hết hạn", expire_at=soon)
    change()
    before = cache.twice("/chuyen-muc/thoi-su/")
    assert (before.how, "Bài hẹn giờ" in before.text, "Bài sắp hết hạn" in before.text) == ("HIT", False, True)
    time.sleep(0.65)
    after = cache.ask("/chuyen-muc/thoi-su/")
    assert (after.how, "Bài hẹn giờ" in after.text, "Bài sắp hết hạn" in after.text) == ("MISS", True, False)


def test_every_kind_of_moment_is_known_before_it_comes(db, django_assert_num_queries):
    now = timezone.now()
    at = [now + dt.timedelta(minutes=minutes) for minutes in (1, 2, 3, 4, 5)]
    factories.article(publish_at=at[0])
    article = factories.article(expire_at=at[1])
    Placement.objects.create(place=1, article=article, until=at[2])
    AlertBanner.objects.create(text="Bão số 3", level=AlertBanner.Level.values[0], starts_at=at[3], ends_at=at[4])
    factories.article(publish_at=now + dt.timedelta(days=2))
    factories.article(state=State.WITHDRAWN, expire_at=now + dt.timedelta(hours=1))
    with django_assert_num_queries(1):
        found = due.read()
    assert list(found.moments) == [moment.timestamp() for moment in at]
    assert found.after(at[4].timestamp()) == found.horizon > at[4].timestamp()


def test_more_moments_than_are_read_end_what_is_known(db, monkeypatch):
    monkeypatch.setattr(due, "MOST", 2)
    now = timezone.now()
    for minutes in (3, 1, 2):
        factories.article(publish_at=now + dt.timedelta(minutes=minutes))
    assert due.read().horizon == pytest.approx(now.timestamp() + 120)


def test_after_ten_minutes_a_page_is_made_anew(monkeypatch):
    caching.settle()
    cache = caching.Cache(caching.page())
    assert cache.twice().how == "HIT"
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    assert cache.ask().how == "MISS"


def test_nothing_is_kept_before_the_first_look():
    cache = caching.Cache(caching.page())
    assert cache.twice().how == "MISS"


# ---------------------------------------------------------------- what is not kept


@pytest.mark.parametrize("headers", [
    {"Cache_Control": "private"}, {"Cache_Control": "max-age=60, No-Store"}, {"Set_Cookie": "a=b"}, {"Vary": "Cookie"},
    {"Vary": "Accept-Encoding, User-Agent"}, {"Vary": "*"}, {"Content_Type": "application/json"},
    {"Content_Security_Policy": "script-src 'nonce-abc'"}, {"Content_Encoding": "br"},
])  # fmt: skip
def test_an_answer_that_says_it_is_for_one_reader_is_not_kept(headers):
    caching.settle()
    cache = caching.Cache(caching.page(**headers))
    cache.twice()
    assert (cache.asked, cache.size) == (2, 0)


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "410 Gone", "500 Oops", "204 No Content", "206 Part"])
def test_only_a_200_is_kept(status):
    caching.settle()
    cache = caching.Cache(caching.page(status=status))
    assert cache.twice().status == int(status[:3])
    assert (cache.asked, cache.size) == (2, 0)


@pytest.mark.parametrize("more", [
    {"HTTP_COOKIE": "sessionid=abc"}, {"HTTP_COOKIE": "visit=x; sessionid=abc"}, {"HTTP_COOKIE": "messages=abc"},
    {"HTTP_AUTHORIZATION": "Basic abc"}, {"REQUEST_METHOD": "POST"}, {"REQUEST_METHOD": "OPTIONS"},
    {"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "testserver:81"}, {"HTTP_HOST": "testserver:"}, {"HTTP_HOST": ""},
])  # fmt: skip
def test_a_request_that_is_not_any_guests_goes_to_django_as_it_came(more):
    caching.settle()
    seen = []

    def django(environ, start_response):
        seen.append(environ)
        return caching.page()(environ, start_response)

    cache = caching.Cache(django)
    cache.ask()
    reply = cache.ask(**more)
    assert reply.how == ""
    assert (cache.asked, len(cache._pages)) == (2, 1)
    assert seen[1]["HTTP_USER_AGENT"] == caching.CHROME


@pytest.mark.parametrize("path", ["/quan-tri/", "/quan-tri/x.css", "/tai-khoan/x.js", "/dang-nhap/", "/dang-xuat/",
                                  "/xem-truoc/abc/", "/thong-ke/truy-cap.json", "/media/a.html", "/healthz", "/readyz",
                                  "/quan-tri/..%2fbai-viet/", "/static/x.css", "/bai-viet"])  # fmt: skip
def test_addresses_of_people_and_machines_are_never_kept(path):
    caching.settle()
    cache = caching.Cache(caching.page())
    assert cache.twice(path).how == ""
    assert (cache.asked, cache.size) == (2, 0)


def test_no_address_of_people_or_machines_is_among_those_that_are_kept():
    for path in ("/quan-tri/", "/dang-nhap/", "/tai-khoan/", "/media/", "/static/", "/thong-ke/", "/xem-truoc/"):
        assert not path.startswith(PATHS)


def test_a_reader_with_a_session_gets_a_page_of_their_own(cache, client):
    person = factories.user("lan", full_name="Trần Thị Lan")
    client.force_login(person)
    session = f"sessionid={client.cookies['sessionid'].value}"
    guests = cache.twice("/")
    own = cache.ask("/", HTTP_COOKIE=session)
    assert "Trần Thị Lan" in own.text
    assert own.how == ""
    assert cache.ask("/").text == guests.text


# ---------------------------------------------------------------- headers that are not in the key

KNOWN_HEADERS = [
    "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded",
    "X-Host", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Method-Override", "Origin", "Referer",
    "User-Agent", "Accept", "Accept-Language", "Cookie", "Range", "If-Modified-Since", "If-None-Match", "If-Range",
    "X-Requested-With", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "Via", "TE", "Expect",
    "Content-Type", "Content-Length", "Purpose", "Sec-Purpose", "Sec-Fetch-Dest", "Save-Data", "DNT", "Pragma",
    "Cache-Control", "X-CSRFToken", "X-Wap-Profile", "Traceparent", "Sec-CH-UA", "Upgrade", "Max-Forwards", "From",
]  # fmt: skip
HEADERS = KNOWN_HEADERS + [f"X-{first}-{second}" for first in (
    "Forwarded", "Original", "Client", "Debug", "Theme", "Device", "Country", "Language", "User", "Tenant", "Edge",
    "Proxy", "Backend", "Template", "Cache", "Site", "Locale", "Preview", "Variant", "Session", "Token", "Amz", "Azure",
    "Google", "Zalo", "Facebook", "Akamai", "Fastly", "Varnish", "Nginx", "Apache", "Frame") for second in (
    "Host", "Proto", "Port", "Path", "URL", "URI", "Query", "Scheme", "Server", "Id", "Name", "Key", "Mode", "Type",
    "Version", "Override", "Method", "Status", "Location", "Redirect", "Prefix", "Root", "Base", "Script", "Origin",
    "Agent", "Accept", "Encoding", "Charset", "Cookie", "Auth")]  # fmt: skip


def as_environ(header):
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


def test_none_of_a_thousand_headers_reaches_a_page_that_is_kept():
    """Even where Django would print all it is told."""
    caching.settle()

    def tells_all(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [repr(environ).encode()]

    assert len(HEADERS) > 1000
    cache = caching.Cache(tells_all, 64 * caching.MEGABYTE)
    for number, header in enumerate(HEADERS):
        path = f"/bai-viet/x-{number}/"
        cache.ask(path, **{as_environ(header): "canary7"})
        reply = cache.ask(path)
        assert "canary7" not in reply.text, header
        assert "113.160.1.1" not in reply.text
    assert cache.asked == len(HEADERS)


def test_nor_does_one_reach_the_portals_own_pages(cache):
    article = factories.article()
    sent = {as_environ(header): "canary7" for header in HEADERS if header not in ("If-None-Match", "Cookie")}
    for path in ("/", article.get_absolute_url(), "/chuyen-muc/thoi-su/", "/tim-kiem/", "/khong-co/", "/rss/"):
        cache.ask(path, **sent, HTTP_COOKIE="csrftoken=canary7; theme=canary7")
        reply = cache.ask(path)
        assert "canary7" not in reply.text + repr(reply.pairs), path


# ---------------------------------------------------------------- spellings of one address


@pytest.mark.parametrize("query", ["utm_source=zalo&utm_medium=x",
                                   "fbclid=IwAR0x", "gclid=a&zarsrc=30", "trang=1", "&"])  # fmt: skip
def test_what_networks_append_makes_no_new_page(query):
    caching.settle()
    cache = caching.Cache(caching.page())
    cache.ask("/bai-viet/x-1/")
    assert cache.ask("/bai-viet/x-1/", query).how == "HIT"
    assert (cache.asked, len(cache._pages)) == (1, 1)


@pytest.mark.parametrize("query", [
    "a=1", "trang=0", "trang=01", "trang=99999", "trang=x", "trang=2&trang=3", "q=a", "trang=2&x=1", "trang=%00",
    "trang=%FF", "trang", "a" * 5000, "&".join(f"x{number}=1" for number in range(50)),
    "trang=%D9%A2",
])  # fmt: skip
def test_any_other_query_goes_to_django_and_makes_no_entry(query):
    caching.settle()
    cache = caching.Cache(caching.page())
    assert cache.twice("/chuyen-muc/thoi-su/", query).how == ""
    assert (cache.asked, cache.size) == (2, 0)


def test_pages_of_a_list_and_questions_are_kept_apart(cache):
    for number in range(22):
        factories.article(f"Bài số {number}")
    second = cache.twice("/chuyen-muc/thoi-su/", "trang=2")
    assert (second.how, "Bài số 1<" in second.text) == ("HIT", True)
    assert cache.ask("/chuyen-muc/thoi-su/").how == "MISS"
    found = cache.twice("/tim-kiem/", "q=b%C3%A0i+s%E1%BB%91+7&trang=1")
    assert (found.how, "Bài số 7" in re.sub("</?mark>", "", found.text)) == ("HIT", True)
    assert cache.ask("/tim-kiem/", "q=b%c3%a0i%20s%e1%bb%91%207").how == "HIT"
    assert cache.ask("/tim-kiem/", "q=cau").how == "MISS"


@pytest.mark.parametrize("query", ["q=" + "a" * 201, "q=%00", "q=a%0Ab", "q=%FF", "q=a&q=b"])
def test_a_strange_question_is_not_kept(query):
    caching.settle()
    cache = caching.Cache(caching.page())
    cache.ask("/tim-kiem/", query)
    assert cache.size == 0


def test_a_host_in_capitals_is_the_same_host(cache):
    cache.ask("/")
    assert cache.ask("/", HTTP_HOST="TestServer").how == "HIT"


def test_what_is_remembered_of_requests_is_bounded():
    rules = Rules()
    first = rules.key_of(caching.environ("/"))
    assert rules.key_of(caching.environ("/")) is first
    assert rules.key_of(caching.environ(f"/bai-viet/{'x' * 300}/", HTTP_ACCEPT_ENCODING="gzip" * 80))
    assert len(rules._known) == 1
    for number in range(keys.MOST_REMEMBERED):
        rules.key_of(caching.environ(f"/bai-viet/a-{number}/"))
    assert len(rules._known) == 1
    assert rules.key_of(caching.environ("/")) == first


def test_schemes_are_kept_apart(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    caching.settle()
    cache = caching.Cache(lambda environ, start: caching.page(environ["wsgi.url_scheme"].encode())(environ, start))
    assert cache.twice("/").text == "http"
    assert cache.ask("/", HTTP_X_FORWARDED_PROTO="https").text == "https"
    assert cache.ask("/", HTTP_X_FORWARDED_PROTO="https, http").how == "HIT"
    assert cache.ask("/", HTTP_X_FORWARDED_PROTO="canary").text == "http"


# ---------------------------------------------------------------- many at once, and the bad day


def test_a_page_that_many_ask_for_at_once_is_made_once():
    caching.settle()
    release = threading.Event()

    def slow(environ, start_response):
        release.wait(5)
        return caching.page()(environ, start_response)

    cache, replies = caching.Cache(slow), []
    readers = [threading.Thread(target=lambda: replies.append(cache.ask())) for _ in range(20)]
    for reader in readers:
        reader.start()
    time.sleep(0.1)
    release.set()
    for reader in readers:
        reader.join()
    assert cache.asked == 1
    assert sorted(reply.how for reply in replies) == ["HIT"] * 19 + ["MISS"]


def test_those_who_would_wait_for_an_old_page_get_it_as_it_was(monkeypatch):
    caching.settle()
    slow, release = threading.Event(), threading.Event()

    def django(environ, start_response):
        if slow.is_set():
            release.wait(5)
        return caching.page()(environ, start_response)

    cache = caching.Cache(django)
    cache.ask()
    now = time.time() + 700
    monkeypatch.setattr(time, "time", lambda: now)
    slow.set()
    maker = threading.Thread(target=cache.ask)
    maker.start()
    while cache.asked < 2:
        time.sleep(0.001)
    assert cache.ask().how == "STALE"
    release.set()
    maker.join()
    assert cache.ask().how == "HIT"
    assert cache.asked == 2


def test_what_changed_a_while_ago_is_waited_for():
    caching.settle()
    cache = caching.Cache(caching.page())
    cache.ask()
    caching.settle(2, seen_at=time.time() - 2)
    cache._making[cache._key_of(caching.environ())] = made = threading.Event()
    made.set()
    assert cache.ask().how == "MISS"


def test_an_answer_that_is_not_kept_holds_nobody_up_for_ever():
    caching.settle()
    cache = caching.Cache(caching.page(status="404 Not Found"))
    readers = [threading.Thread(target=cache.ask, args=("/bai-viet/x-1/",)) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(5)
    assert cache.asked == 8
    assert cache._making == {}


def test_without_a_database_readers_get_what_there_was(monkeypatch):
    caching.settle()
    cache = caching.Cache(caching.page())
    cache.ask()
    caching.settle(1, answering=False)
    later = time.time() + 86400
    monkeypatch.setattr(time, "time", lambda: later)
    reply = cache.ask()
    assert (reply.status, reply.how, cache.asked) == (200, "STALE", 1)
    cache.ask("/so-do-cong/")
    assert len(cache._pages) == 1


def test_a_database_that_fails_before_anybody_noticed_does_no_harm_either(cache, monkeypatch):
    cache.ask("/so-do-cong/")
    monkeypatch.setattr("portal.views.site_map.render", raises(OperationalError("gone")))
    generation.state = generation.replace(generation.state, number=99)
    reply = cache.ask("/so-do-cong/")
    assert (reply.status, reply.how) == (200, "STALE")


def test_a_failure_of_our_own_is_not_hidden(cache, monkeypatch):
    cache.ask("/so-do-cong/")
    monkeypatch.setattr("portal.views.site_map.render", raises(RuntimeError("ours")))
    generation.state = generation.replace(generation.state, number=99)
    assert cache.ask("/so-do-cong/").status == 500


def raises(error):
    def view(*args, **kwargs):
        raise error

    return view


def test_a_withdrawn_article_does_not_come_back_when_the_database_goes(cache):
    article = factories.article()
    address = article.get_absolute_url()
    assert cache.twice(address).how == "HIT"
    Article.objects.filter(pk=article.pk).update(state=State.WITHDRAWN)
    change()
    generation.state = generation.replace(generation.state, answering=False)
    assert cache.ask(address).status == 410


def test_a_withdrawn_article_answers_410_after_the_next_look(cache):
    article = factories.article()
    cache.ask(article.get_absolute_url())
    Article.objects.filter(pk=article.pk).update(state=State.WITHDRAWN)
    change()
    assert cache.ask(article.get_absolute_url()).status == 410
    assert len(cache._pages) == 0


def test_the_watcher_asks_one_small_query_while_nothing_changes(db, django_assert_num_queries):
    Generation.move()
    generation.look()
    with django_assert_num_queries(1):
        generation.look()
