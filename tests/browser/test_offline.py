"""The last articles without a network; with one, always the page as it is now."""
import factories
import pytest
from django.conf import settings
from django.test import Client

from news.models import Article

pytestmark = pytest.mark.browser
KEPT = """caches.open("cong-bai").then((kept) => kept.keys())
    .then((keys) => keys.map((key) => new URL(key.url).pathname))"""


def kept(page, until):
    """The articles that the browser keeps, once `until` holds for them."""
    for _ in range(100):
        found = page.evaluate(KEPT)
        if until(found):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(found)


@pytest.mark.slow
def test_what_was_read_can_be_read_without_a_network(city, page_at, live_server):
    first, second = city["article"], factories.article("Lịch cắt nước", image=factories.image()).get_absolute_url()
    page = page_at()
    page.goto(first)
    page.evaluate("caches.open('cong-ngoai-tuyen-cu')")
    page.evaluate("navigator.serviceWorker.ready")
    assert kept(page, lambda found: found == [first])  # open before there was a worker
    assert "cong-ngoai-tuyen-cu" not in page.evaluate("caches.keys()")

    page.goto(second)
    assert kept(page, lambda found: len(found) == 2) == [first, second]
    page.goto(first)
    assert kept(page, lambda found: found[-1] == first) == [second, first]
    page.goto("/")
    page.goto("/tim-kiem/?q=thanh")

    page.context.set_offline(True)
    page.goto(second)
    assert page.locator("h1").inner_text() == "Lịch cắt nước"
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    assert page.locator(".prose").is_visible()
    for address in ("/", "/tim-kiem/?q=thanh", "/bai-viet/khong-doc-9/"):
        page.goto(address)
        assert page.locator("h1").inner_text() == "Đọc ngoại tuyến"
    names = page.locator("[data-kept] li a")
    assert [names.nth(place).get_attribute("href") for place in range(2)] == [first, second]
    assert names.count() == 2
    assert not page.get_by_text("Chưa có bài nào").is_visible()

    # As it is now, whatever is kept; what was withdrawn goes from here too.
    page.context.set_offline(False)
    Article.objects.filter(title="Lịch cắt nước").update(title="Lịch cắt nước đã đổi")
    page.goto(second)
    assert page.locator("h1").inner_text() == "Lịch cắt nước đã đổi"
    Article.objects.filter(title="Lịch cắt nước đã đổi").update(state="withdrawn")
    page.goto(second)
    assert kept(page, lambda found: second not in found) == [first]

    # Nothing that somebody who is logged in was shown.
    client = Client()
    client.force_login(factories.user("lan", "Phóng viên"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    own = factories.article("Bài thứ ba").get_absolute_url()
    for address in (own, "/quan-tri/", "/tai-khoan/"):
        page.goto(address)
    page.context.clear_cookies()
    files = page.evaluate(KEPT.replace("cong-bai", "cong-tep"))
    assert any(path.startswith("/static/js/article") for path in files)
    assert not any("account" in path for path in files)

    # Twenty and no more.
    page.evaluate("""caches.open("cong-bai").then((kept) => Promise.all([...Array(25).keys()].map(
        (number) => kept.put(`/bai-viet/x-${number}/`, new Response("x")))))""")
    page.goto(first)
    found = kept(page, lambda found: found[-1] == first and len(found) <= 20)
    assert len(found) == 20
    assert own not in found
    page.goto("/ngoai-tuyen/")
    page.get_by_role("button", name="Xóa các bài đã giữ").click()
    page.get_by_text("Chưa có bài nào được giữ trong máy này.").wait_for()
    assert page.evaluate(KEPT) == []
    assert not page.get_by_role("button", name="Xóa các bài đã giữ").is_visible()
