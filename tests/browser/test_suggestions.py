"""Suggestions under the search field: by keyboard, told to a screen reader, and only where somebody searches."""
import factories
import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def field(city, page_at):
    factories.tag("cầu đường")
    factories.article("Khánh thành cầu Sông Công")
    page = page_at(360)
    page.goto("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.locator("#tim-nhanh")
    assert not any("suggest" in address for address in asked)
    field.click()
    field.press_sequentially("cau")
    page.get_by_role("option").first.wait_for()
    return field


def test_arrows_walk_the_suggestions_and_enter_opens_one(field):
    page = field.page
    options = page.get_by_role("option")
    assert [text.split("\n")[0].strip() for text in options.all_inner_texts()][:2] == [
        "cầu đường Từ khóa", "Khánh thành cầu Sông Công Bài viết"]  # fmt: skip
    assert field.get_attribute("aria-expanded") == "true"
    assert f"Có {options.count()} gợi ý" in page.locator(".search [role=status]").inner_text()
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    field.press("Enter")
    page.wait_for_url("**/bai-viet/khanh-thanh-cau-song-cong-*/")


def test_escape_closes_the_suggestions_and_leaves_what_was_typed(field):
    field.press("Escape")
    assert not field.page.get_by_role("listbox").is_visible()
    assert (field.get_attribute("aria-expanded"), field.input_value()) == ("false", "cau")
    field.press("Enter")
    field.page.wait_for_url("**/tim-kiem/?q=cau")


def test_axe_finds_nothing_where_suggestions_are_open(field):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(field.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
                                           "resultTypes": ["violations"]}).response["violations"]  # fmt: skip
    assert {item["id"]: [node["html"][:160] for node in item["nodes"]] for item in found} == {}
