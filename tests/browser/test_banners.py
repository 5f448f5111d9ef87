"""Banners, corrections and the page of what was withdrawn, in every look; and the pages where editors choose them."""
import datetime as dt

import factories
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from test_axe import LOOKS

from news.models import AlertBanner, Placement
from news.models.article import State
from portal import site
from portal.models import User

pytestmark = pytest.mark.browser


@pytest.fixture
def storm(city):
    """Three banners over a small portal; a corrected and a withdrawn article."""
    now = timezone.now()
    corrected = factories.article("Lịch sơ tán", corrections=[{"at": now.isoformat(), "note": "Sửa giờ."}])
    gone = factories.article(state=State.WITHDRAWN, public_reason="Số liệu chưa được kiểm chứng.")
    for level in AlertBanner.Level.values:
        AlertBanner.objects.create(text="Bão số 9 đổ bộ chiều nay, không ra khỏi nhà từ 13 giờ", level=level,
                                   link=corrected, starts_at=now, ends_at=now + dt.timedelta(days=1))  # fmt: skip
    site.forget()
    return {"home": "/", "article": corrected.get_absolute_url(), "gone": gone.get_absolute_url(), "lost": "/khong-co/"}


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_pages_under_a_banner(look, storm, page_at):
    options, seen_as = LOOKS[look]
    page = page_at(**seen_as)
    found = {}
    for name, address in storm.items():
        page.goto(address)
        assert page.locator(".alert").count() == 3, name
        violations = Axe().run(page, options=options).response["violations"]
        if violations:
            found[name] = {item["id"]: [node["html"][:160] for node in item["nodes"]] for item in violations}
    assert found == {}


@pytest.mark.slow
def test_banners_fit_a_phone(storm, page_at):
    page = page_at(320)
    for name, address in storm.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


@pytest.mark.slow
def test_a_printed_banner_is_black_on_white(storm, page_at):
    page = page_at()
    page.goto("/")
    page.emulate_media(media="print")
    for alert in page.locator(".alert").all():
        looks = alert.evaluate("(node) => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]")
        assert looks == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]


@pytest.fixture
def chief(storm):
    return User.objects.create_superuser("quantri", password="mật khẩu rất dài")  # noqa: S106


@pytest.mark.slow
def test_an_editor_puts_an_article_first_by_typing_a_part_of_its_title(chief, newsroom_page):
    page = newsroom_page(chief)
    page.goto("/quan-tri/news/placement/")
    page.locator(".select2-selection").first.click()
    page.keyboard.type("lich so")
    page.locator(".select2-results__option", has_text="Lịch sơ tán").click()
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã lưu. Tiêu điểm: tự động → Lịch sơ tán.").wait_for()
    assert Placement.objects.get().article.title == "Lịch sơ tán"
    page.goto("/")
    assert page.locator(".card--hero .card__title").inner_text() == "Lịch sơ tán"


@pytest.mark.slow
@pytest.mark.parametrize(("width", "look"), [(360, "phone"), (1440, "desktop"), (1440, "dark")])
def test_axe_finds_nothing_in_the_pages_for_the_front_page_and_fees(chief, newsroom_page, width, look):
    # axe writes a style of its own where a style sheet imports another, as the admin's do.
    page = newsroom_page(chief, width, dark=look == "dark", bypass_csp=True)
    today = timezone.localdate()
    found = {}
    for address, ours in [("/quan-tri/news/placement/", ".front-places"),
                          ("/quan-tri/portal/logentry/", ".object-tools"),
                          (f"/quan-tri/news/feesheet/?thang={today:%Y-%m}", ".fees")]:  # fmt: skip
        page.goto(address)
        violations = Axe().run(page, context=ours, options=LOOKS[look][0]).response["violations"]
        if violations:
            found[address] = {item["id"]: [node["html"][:160] for node in item["nodes"]] for item in violations}
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
    assert found == {}
