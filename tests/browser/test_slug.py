"""The browser makes the same slug of a title as the server."""
import json
from html import escape

import pytest
from django.conf import settings

from news.vietnamese import BASE_LETTERS, nfc, slugify

pytestmark = pytest.mark.browser

TRAPS = [
    "Đại hội Đảng bộ thành phố",
    "đường Đê điều đẹp đẽ",
    "Ủy ban nhân dân và Uỷ ban nhân dân",
    "Hòa Bình, hoà bình; thủy sản, thuỷ sản",
    "Tổng kết hoạt động của UBND các cấp nhiệm kỳ 2016-2021",
    "Tăng 19,39%/năm (theo Chỉ thị 01/CT-TTg)",
    "  —“Ngoặc kép”— và … dấu ba chấm  ",
    "ă â ê ô ơ ư Ă Â Ê Ô Ơ Ư ằ ẳ ẵ ắ ặ ờ ở ỡ ớ ợ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ",
    "İstanbul, STRASSE, ﬁne",
    "😀 Chợ phiên 🎉 vùng cao",
    "Kết thúc bằng dấu -",
    "x" * 130,
    "một hai ba bốn năm sáu bảy tám chín mười " * 5,
    f"{'a' * 119} bc",
    f"{'a' * 120} bc",
]
FORM = """<!DOCTYPE html><html lang="vi"><title>Thử</title><input id="id_title"><input id="id_slug" value="{value}"
 data-slug-source="title" data-slug-letters="{letters}"><script>{script}</script></html>"""


@pytest.fixture
def form(browser):
    """Opens the two fields of the editor's form, the slug holding `value`, with the page's own script."""
    context = browser.new_context()

    def open_form(value=""):
        page = context.new_page()
        script = (settings.BASE_DIR / "static/js/slug.js").read_text(encoding="utf-8")
        page.set_content(FORM.format(value=value, letters=escape(json.dumps(BASE_LETTERS)), script=script))
        return page

    yield open_form
    context.close()


def test_the_browsers_slug_is_the_servers(form):
    page = form()
    made = {}
    for title in [text for trap in TRAPS for text in {trap, nfc(trap)}]:
        page.fill("#id_title", title)
        made[title] = page.input_value("#id_slug")
    assert made == {title: slugify(title) for title in made}


def test_a_title_typed_with_loose_marks_gives_the_same_slug(form):
    import unicodedata

    page = form()
    page.fill("#id_title", unicodedata.normalize("NFD", TRAPS[0]))
    assert page.input_value("#id_slug") == "dai-hoi-dang-bo-thanh-pho"


def test_a_slug_that_stands_does_not_follow_the_title(form):
    page = form("dia-chi-cu")
    page.fill("#id_title", "Tiêu đề mới")
    assert page.input_value("#id_slug") == "dia-chi-cu"


def test_a_slug_typed_by_hand_stays_until_it_is_emptied(form):
    page = form()
    page.fill("#id_slug", "cua-toi")
    page.fill("#id_title", "Tiêu đề")
    assert page.input_value("#id_slug") == "cua-toi"
    page.fill("#id_slug", "")
    page.fill("#id_title", "Tiêu đề khác")
    assert page.input_value("#id_slug") == "tieu-de-khac"
