"""Pictures that come into the real editor: asked what is in them, taken in every format, never met with silence."""
import factories
import pytest
from editing import ALT, closed, drop, holds, open_editor, paste, photo, picture, save, sent, text, until, words

from news.models import Article, Image

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = "Để sau"


@pytest.fixture
def article(transactional_db):
    return factories.draft(factories.user("lan", "Phóng viên"), title="Thông xe cầu mới", body="<p>Mở đầu.</p>",
                           category=factories.category())  # fmt: skip


@pytest.fixture
def editor(newsroom_page, article):
    page = newsroom_page(article.owner)
    open_editor(page, f"/quan-tri/news/article/{article.pk}/change/")
    return page


@pytest.mark.slow
def test_a_dropped_picture_is_asked_what_is_in_it(editor):
    drop(editor, photo("IMG_2034.jpg"))
    words(editor).fill("IMG_2034")
    save(editor)
    editor.get_by_text("Mô tả này là tên tệp").wait_for()
    words(editor).fill("Cầu mới, Thông xe")
    editor.get_by_label("Chú thích", exact=True).fill("Cầu mới, thông xe!")
    save(editor)
    editor.get_by_text("Mô tả chép lại chú thích").wait_for()
    words(editor).fill(ALT)
    save(editor)
    closed(editor)
    image = Image.objects.get()
    assert (image.alt, image.caption) == (ALT, "Cầu mới, thông xe!")
    html = text(editor)
    assert f'alt="{ALT}"' in html
    assert "<figcaption>Cầu mới, thông xe!</figcaption>" in html


@pytest.mark.slow
def test_a_picture_put_into_the_middle_of_words_leaves_them_whole(editor):
    editor.evaluate("""async () => {
      const editor = CKEDITOR.instances.id_body;
      await new Promise(done => editor.setData('<h2>Kết quả</h2><p>Sau đó.</p>', {callback: done}));
      editor.focus();
      const range = editor.createRange();
      range.setStart(editor.editable().findOne('h2').getFirst(), 3);
      range.collapse(true);
      range.select() }""")
    paste(editor, "", photo())
    words(editor).fill(ALT)
    save(editor)
    closed(editor)
    html = text(editor)
    assert "<h2>Kết quả</h2>" in html
    assert html.index("</h2>") < html.index("<img") < html.index("Sau đó.")


@pytest.mark.slow
def test_pictures_dropped_together_are_asked_one_after_the_other_by_keys_alone(editor):
    drop(editor, photo("a.jpg"), photo("b.jpg", (0, 0, 200)), photo("c.jpg", (0, 200, 0)))
    words(editor).wait_for()
    until(editor, "document.activeElement.id === 'anh-mo-ta'")
    editor.keyboard.type(ALT)
    editor.keyboard.press("Escape")  # what was typed stays in the text
    until(editor, "document.querySelectorAll('dialog').length === 1 && !document.activeElement.value")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Space")
    editor.keyboard.press("Enter")
    until(editor, "document.activeElement.id === 'anh-mo-ta' && !document.activeElement.value")
    editor.get_by_role("button", name=LATER).click()
    closed(editor)
    assert text(editor).count("/media/anh/") == 3
    assert text(editor).count(f'alt="{ALT}"') == 1
    assert sorted(Image.objects.values_list("alt", "decorative")) == [("", False), ("", False), ("", True)]


def press(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()
    until(page, "window.CKEDITOR?.instances.id_body?.status === 'ready'")


@pytest.mark.slow
def test_a_text_with_a_picture_left_for_later_is_kept_as_a_draft_and_goes_no_further(editor, article):
    drop(editor, photo())
    editor.get_by_role("button", name=LATER).click()
    closed(editor)
    press(editor, "Lưu nháp")
    article.refresh_from_db()
    assert "/media/anh/" in article.body
    assert editor.get_by_role("button", name="Gửi duyệt").count() == 0
    assert "Ảnh thứ 1 trong nội dung: Hãy mô tả ảnh" in editor.locator(".workflow__closed").text_content()
    # Asked again by a double click, and described, it may go.
    editor.frame_locator("iframe.cke_wysiwyg_frame").locator("img").dblclick()
    words(editor).fill(ALT)
    save(editor)
    closed(editor)
    press(editor, "Lưu nháp")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Gửi duyệt", exact=True).click()
    article.refresh_from_db()
    assert article.state == "waiting"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind", "believed"), [
    ("anh.webp", "WEBP", "image/webp"), ("IMG_0001.HEIC", "HEIF", ""), ("IMG_0002.heif", "HEIF", "image/heif"),
])  # fmt: skip
def test_what_phones_and_websites_give_is_taken(editor, name, kind, believed):
    import pillow_heif

    pillow_heif.register_heif_opener()
    drop(editor, sent(name, picture(kind), believed))
    words(editor).fill(ALT)
    save(editor)
    closed(editor)
    holds(editor, "/media/anh/")
    assert Image.objects.get().alt == ALT


@pytest.mark.slow
@pytest.mark.parametrize(("name", "believed", "sentence"), [
    ("ve.svg", "image/svg+xml", "“ve.svg” không phải loại ảnh mà cổng nhận: hãy dùng ảnh JPEG"),
    ("quet.tiff", "image/tiff", "“quet.tiff” không phải loại ảnh mà cổng nhận"),
    ("la.bin", "", "“la.bin” không phải loại ảnh mà cổng nhận"),
    ("to.jpg", "image/jpeg", "“to.jpg” lớn quá 20 MB"),
    ("bao-cao.pdf", "application/pdf", "“bao-cao.pdf” là tài liệu, không đặt giữa bài được"),
    ("<b>x</b>.docx", "", "“<b>x</b>.docx” là tài liệu"),
])  # fmt: skip
def test_any_other_file_is_answered_with_a_sentence(editor, name, believed, sentence):
    drop(editor, [name, 21 * 1024 * 1024 if name == "to.jpg" else 99, believed])
    editor.locator(".cke_notification_warning", has_text=sentence).wait_for()
    assert "/media/" not in text(editor)
    assert not Image.objects.exists()


@pytest.mark.slow
def test_who_saves_while_a_picture_is_on_its_way_is_told(editor, article):
    editor.route("**/tai-len/", lambda route: None)  # never answered
    drop(editor, photo())
    until(editor, "CKEDITOR.instances.id_body.uploadRepository.loaders[0]?.status === 'uploading'")
    editor.get_by_role("button", name="Lưu nháp", exact=True).click()
    editor.locator(".cke_notification_warning", has_text="Ảnh đang tải lên: hãy chờ xong rồi lưu").wait_for()
    with editor.expect_navigation():
        editor.get_by_role("button", name="Lưu nháp", exact=True).click()
    article.refresh_from_db()
    assert article.body == "<p>Mở đầu.</p>"


@pytest.mark.slow
def test_to_look_at_a_picture_changes_nothing(editor, article):
    image = factories.image(alt=ALT)
    editor.evaluate(f"CKEDITOR.instances.id_body.setData('<p><img src=\"{image.file.url}\"></p>')")
    before = text(editor)
    editor.frame_locator("iframe.cke_wysiwyg_frame").locator("img").dblclick()
    assert words(editor).input_value() == ALT
    editor.keyboard.press("Escape")
    closed(editor)
    assert text(editor) == before


@pytest.mark.slow
def test_a_picture_is_cropped_inserted_published_and_seen_on_a_phone(newsroom_page, page_at, article):
    chief = newsroom_page(factories.user("binh", "Ban biên tập"))
    image = factories.image(alt=ALT)
    chief.goto(f"/quan-tri/news/image/{image.pk}/change/")
    frame = chief.locator(".focal")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.5})
    chief.get_by_role("button", name="Lưu", exact=True).click()
    chief.locator(".messagelist .success").wait_for()
    image.refresh_from_db()
    assert "card-80-" in image.files("card")[0][2]
    Article.objects.filter(pk=article.pk).update(state="waiting", image=image)
    open_editor(chief, f"/quan-tri/news/article/{article.pk}/change/")
    drop(chief, photo())
    words(chief).fill("Người dân đi bộ trên cầu mới trong sáng mùa thu")
    chief.get_by_label("Chú thích", exact=True).fill("Cầu mới thông xe sáng 2/9")
    chief.get_by_label("Vị trí", exact=True).select_option("anh-trai")
    save(chief)
    closed(chief)
    press(chief, "Lưu nháp")
    Article.objects.filter(pk=article.pk).update(state="approved")
    chief.reload()
    press(chief, "Xuất bản ngay")
    article.refresh_from_db()
    assert article.state == "published"
    phone = page_at(360)
    phone.goto(article.get_absolute_url())
    shown = phone.locator(".prose figure.anh-trai picture img")
    shown.scroll_into_view_if_needed()
    until(phone, "document.querySelector('.prose picture img').complete")
    assert shown.evaluate("img => img.naturalWidth > 0 && img.getBoundingClientRect().right <= 360")
    assert shown.get_attribute("alt") == "Người dân đi bộ trên cầu mới trong sáng mùa thu"
    assert phone.locator(".prose figcaption").inner_text() == "Cầu mới thông xe sáng 2/9"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
