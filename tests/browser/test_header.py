import re

import factories
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard_without_javascript(city, page_at):
    page = page_at(360, java_script_enabled=False)
    page.goto("/")
    menu = page.get_by_role("navigation", name="Danh mục")
    assert not menu.is_visible()
    page.get_by_role("button", name="Danh mục").press("Enter")
    expect(menu.get_by_role("link", name="Kinh tế")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_the_menu_stands_open_on_a_desk_and_marks_where_one_is(city, page_at):
    page = page_at(1440)
    page.goto(city["article"])
    menu = page.get_by_role("navigation", name="Danh mục")
    assert menu.get_by_role("link", name="Kinh tế").is_visible()
    assert menu.locator("[aria-current]").inner_text() == "Kinh tế"
    assert not page.get_by_role("button", name="Danh mục").is_visible()


@pytest.mark.slow
def test_searching_from_the_header_finds_an_article_typed_without_marks(city, page_at):
    page = page_at(360)
    page.goto(city["page"])
    page.get_by_role("searchbox").fill("phat dong dot thi dua")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/**")
    assert "Phát động đợt thi đua" in page.locator("main article").first.inner_text()


@pytest.mark.slow
def test_logging_in_leads_back_to_the_page_and_logging_out_forgets_the_person(city, page_at):
    factories.user("mai", full_name="Hoàng Thị Mai")
    page = page_at()
    page.goto(city["category"])
    page.get_by_role("link", name="Đăng nhập").click()
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Mật khẩu").fill("mật khẩu rất dài")
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**" + city["category"])
    expect(page.get_by_text("Hoàng Thị Mai")).to_be_visible()
    expect(page.get_by_role("link", name="Quản trị")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_a_wrong_password_is_explained_beside_the_form(city, page_at):
    page = page_at()
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Mật khẩu").fill("sai")
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên đăng nhập hoặc mật khẩu chưa đúng")
    expect(page).to_have_title(re.compile("^Lỗi: "))
    assert page.get_by_label("Tên đăng nhập").input_value() == "mai"


def test_a_reader_without_a_session_gets_no_cookie_from_a_form(city, page_at):
    page = page_at()
    page.goto("/")
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] in {"csrftoken", "sessionid"}] == []
