import pytest

pytestmark = pytest.mark.browser


def test_copying_the_link_takes_the_articles_own_address_and_says_so(city, page_at, live_server):
    page = page_at(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{city['article']}?utm_source=mang-xa-hoi")
    page.get_by_role("button", name="Sao chép liên kết").click()
    page.get_by_role("status").get_by_text("Đã sao chép liên kết.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == live_server.url + city["article"]


def test_the_print_button_prints_and_the_paper_holds_the_article_alone(city, page_at):
    page = page_at()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(city["article"])
    page.get_by_role("button", name="Bản in").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator(".prose").is_visible()
    for gone in (".menu", ".search", ".story__side", ".tools", ".strip"):
        assert not page.locator(gone).first.is_visible(), gone
