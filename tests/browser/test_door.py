"""The door in Chromium: password managers' fields, the meter, the QR code, phones, without JavaScript."""
import factories
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django_otp.oath import totp
from playwright.sync_api import expect

from portal.models import SecondFactor, Throttle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/dang-nhap/", "/tai-khoan/quen-mat-khau/", "/tai-khoan/", "/tai-khoan/ho-so/", "/tai-khoan/mat-khau/",
         "/tai-khoan/thu-dien-tu/", "/tai-khoan/hai-buoc/", "/tai-khoan/xac-nhan/"]  # fmt: skip


@pytest.fixture
def lan(transactional_db):
    return factories.user("lan", "Ban biên tập", full_name="Hoàng Thị Lan", email="lan@example.org")


def logged_in(page_at, live_server, settings, person, width=1280, **options):
    page = page_at(width, **options)
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def test_a_second_factor_is_set_up_and_asked_for_without_javascript(page_at, live_server, settings, lan):
    page = logged_in(page_at, live_server, settings, lan, java_script_enabled=False)
    page.goto("/tai-khoan/")
    page.get_by_role("link", name="Bật xác thực hai bước").click()
    picture = page.get_by_alt_text("Mã vuông để quét bằng ứng dụng xác thực")
    assert picture.bounding_box()["width"] > 150
    import base64

    key = base64.b32decode(page.locator("code.key").inner_text().replace(" ", "")).hex()
    page.get_by_label("Mã xác thực").fill(f"{totp(bytes.fromhex(key)):06}")
    page.get_by_role("button", name="Bật").click()
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    fresh = page_at(java_script_enabled=False)
    fresh.goto("/dang-nhap/?next=/tai-khoan/")
    fresh.get_by_label("Tên đăng nhập").fill("lan")
    fresh.get_by_label("Mật khẩu").fill("mật khẩu rất dài")
    fresh.locator("main").get_by_role("button", name="Đăng nhập").click()
    fresh.wait_for_url("**/dang-nhap/ma-xac-thuc/")
    fresh.get_by_label("Mã xác thực").fill(codes[0])
    fresh.get_by_role("button", name="Tiếp tục").click()
    fresh.wait_for_url("**/tai-khoan/")
    expect(fresh.get_by_text("Còn 9 mã dự phòng")).to_be_visible()
    assert SecondFactor.objects.count() == 1


def test_the_meter_says_how_strong_a_password_is_while_it_is_typed(page_at, live_server, settings, lan):
    page = logged_in(page_at, live_server, settings, lan)
    page.goto("/tai-khoan/mat-khau/")
    field, said = page.get_by_label("Mật khẩu mới", exact=True), page.locator(".strength [role=status]")
    for typed, word in (("ngắn", "Quá ngắn"), ("matkhau123456789", "Yếu"), ("con cò bay lả bay la", "Mạnh")):
        field.fill(typed)
        assert said.inner_text().startswith(word)
        assert page.locator("meter").get_attribute("aria-label")


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_door_scrolls_sideways_or_is_closed_to_anybody(page_at, live_server, settings, lan, width):
    inside, outside = logged_in(page_at, live_server, settings, lan, width), page_at(width)
    found = {}
    for number, address in enumerate(PAGES):
        page = outside if number < 2 else inside
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[address] = "scrolls sideways"
        if width == 1280:
            violations = [rule["id"] for rule in Axe().run(page).response["violations"]]
            if violations:
                found[address] = violations
    assert found == {}


@pytest.mark.slow
def test_who_tried_too_often_reads_how_long_to_wait(page_at, lan):
    page = page_at(360)
    page.goto("/dang-nhap/")
    for _ in range(6):
        page.get_by_label("Tên đăng nhập").fill("lan")
        page.get_by_label("Mật khẩu").fill("sai")
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name="Đăng nhập").click()
    assert "Xin thử lại sau" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Tên đăng nhập").input_value() == "lan"
    assert Throttle.objects.exists()
