"""Pasting into the real editor what Word, Google Docs, mail and LibreOffice put on the clipboard, and saving it."""
import base64
import sys
from pathlib import Path

import editing
import factories
import pytest
from editing import ALT, closed, holds, open_editor, picture, save, sent, text, until, words

from news import richtext
from news.models import Image, Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "news"))
import attacks
import clipboards

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(newsroom_page, transactional_db):
    """The form of a new page with its editor ready, opened by the board."""
    page = newsroom_page(factories.user("ban", "Ban biên tập"))
    open_editor(page, "/quan-tri/news/page/add/")
    return page


def paste(page, html):
    editing.paste(page, html)
    until(page, "CKEDITOR.instances.id_body.getData().length > 20")


def saved(page):
    page.fill("#id_title", "Trang mới")
    with page.expect_navigation():
        page.locator("input[name=_save]").click()
    return Page.objects.get()


@pytest.mark.slow
@pytest.mark.parametrize("program", clipboards.ALL)
def test_a_paste_is_stored_with_clean_structure(editor, program):
    raw, clean = clipboards.ALL[program]
    paste(editor, raw)
    assert saved(editor).body == clean


@pytest.mark.slow
def test_what_is_pasted_executes_nothing_in_the_editor(editor):
    editor.evaluate("() => { window.hits = []; }")
    dialogs = []
    editor.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    paste(editor, "<p>Tin của thành phố hôm nay</p>" + "".join(p for kind, p in attacks.PAYLOADS if kind in {
        "self-firing", "handlers", "schemes", "styles"}))  # fmt: skip
    editor.wait_for_timeout(500)
    assert editor.evaluate("hits") == []
    assert dialogs == []


def test_a_stored_text_comes_back_from_the_editor_as_it_was(editor):
    everything = """<h2>Mục</h2><p class="can-giua">Giữa <strong>đậm</strong> H<sub>2</sub>O</p>
<ul><li>một<ul><li>hai</li></ul></li></ul><table><caption>Vốn</caption><thead><tr><th scope="col">Năm</th>
<th scope="col">Vốn</th></tr></thead><tbody><tr><td>2026</td><td class="can-phai">1.940</td></tr></tbody></table>
<blockquote><p>Trích</p></blockquote><figure class="anh-phai">
<img src="/media/anh/a.jpg" alt="Cầu bắc qua sông" width="640" height="360"><figcaption>Chú thích</figcaption></figure>
<figure class="video"><a href="https://vimeo.com/76979871">Lễ hội</a></figure>
<p>x<a href="#ghi-chu-1"><sup>1</sup></a> <a href="/tep/3/mau.pdf">mẫu</a></p>
<ol class="ghi-chu"><li>Ghi chú</li></ol>"""
    stored = richtext.sanitise(everything)
    editor.evaluate("html => CKEDITOR.instances.id_body.setData(html)", str(stored))
    editor.wait_for_timeout(500)
    assert saved(editor).body == stored


@pytest.mark.slow
def test_a_picture_written_into_pasted_html_goes_to_the_library(editor):
    data = f"data:image/png;base64,{base64.b64encode(picture('PNG')).decode()}"
    editing.paste(editor, f'<p>Trước</p><p><img src="{data}"></p><p>Sau</p><img src="https://la.example/a.png">'
                  '<img src="data:image/svg+xml;base64,PHN2Zz4=">')  # fmt: skip
    words(editor).fill(ALT)
    save(editor)
    closed(editor)
    editor.get_by_text("2 ảnh trong đoạn dán không lấy được").wait_for()
    html = text(editor)
    assert html.index("Trước") < html.index("/media/anh/") < html.index("Sau")
    assert "data:" not in html
    assert Image.objects.get().alt == ALT


@pytest.mark.slow
def test_a_pasted_picture_alone_goes_to_the_library(editor):
    editing.paste(editor, f'<img src="data:image/png;base64,{base64.b64encode(picture("PNG")).decode()}">')
    words(editor).fill(ALT)
    save(editor)
    closed(editor)
    assert Image.objects.get().file.url in text(editor)


@pytest.mark.slow
def test_a_copied_picture_is_taken_as_the_file_that_comes_with_it(editor):
    editing.paste(editor, '<meta charset="utf-8"><img src="https://la.example/a.png" alt="x">',
                  sent("image.png", picture("PNG"), "image/png"))  # fmt: skip
    words(editor).fill(ALT)
    save(editor)
    closed(editor)
    assert Image.objects.get().file.url in text(editor)


@pytest.mark.slow
def test_a_picture_copied_from_the_portal_stays_the_one_of_the_library(editor, live_server):
    image = factories.image(alt=ALT)
    shown = f"{live_server.url}/media/{image.name_of('800.jpg')}"
    editing.paste(editor, f'<picture><img src="{shown}" alt="{ALT}"></picture>',
                  sent("image.png", picture("PNG"), "image/png"))  # fmt: skip
    holds(editor, f"/media/anh/{image.sha256[:2]}/{image.key}")
    assert live_server.url not in text(editor)
    assert Image.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(("html", "sentence"), [
    ('<img src="data:image/png;base64,@@@">', "1 ảnh trong đoạn dán không lấy được"),
    ('<img src="file:///C:/Temp/clip_image001.png">', "1 ảnh trong đoạn dán không lấy được"),
    ("<p> </p><script>1</script>", "Đoạn dán không có chữ hay ảnh nào"),
])  # fmt: skip
def test_a_paste_of_which_nothing_is_left_is_explained(editor, html, sentence):
    editing.paste(editor, html)
    editor.get_by_text(sentence).wait_for()


@pytest.mark.slow
def test_a_link_may_be_made_to_what_the_sanitiser_keeps_and_to_nothing_else(editor):
    editor.locator(".cke_button__link").click()
    dialog = editor.get_by_role("dialog", name="Liên kết")
    dialog.locator("select").locator("visible=true").nth(1).wait_for()
    offered = [[item.get_attribute("value") for item in choice.locator("option").all()]
               for choice in dialog.locator("select").locator("visible=true").all()]  # fmt: skip
    assert offered == [["url", "email", "tel"], ["http://", "https://", ""]]
    assert editor.locator(".cke_dialog select").locator("visible=true").last.input_value() == "https://"


@pytest.mark.slow
def test_the_editor_speaks_vietnamese(editor):
    editor.locator(".cke_combo_button").click()
    formats = editor.frame_locator(".cke_panel_frame").locator("body")
    formats.get_by_text("Đề mục 2").wait_for()
    assert "Heading" not in formats.inner_text()
    assert editor.get_by_role("application", name="Ô soạn thảo").count() == 1


def test_the_help_under_the_editor_says_what_is_kept(editor):
    assert editor.get_by_text("Dán từ Word, Google Docs hay thư điện tử").is_visible()
