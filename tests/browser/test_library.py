"""The library as an editor handles it: drop, focal point, choosing and dropping in the editor; and a reader's phone."""
import factories
import pytest
from editing import DROP, drop, open_editor, photo, sent, text, until
from playwright.sync_api import expect

from news.models import Article, Image

pytestmark = pytest.mark.browser
ALT = "Cầu bắc qua sông Công lúc bình minh"


@pytest.fixture
def desk(newsroom_page, transactional_db):
    """Makes a page of somebody of the editorial board, `width` pixels wide."""
    person = factories.user("mai", "Ban biên tập")
    return lambda width=1280: newsroom_page(person, width)


def test_a_dropped_picture_is_kept_only_with_a_description(desk):
    page = desk()
    page.goto("/quan-tri/news/image/add/")
    page.evaluate(DROP, [".field-upload", [photo()]])
    page.locator(".drop-row__picture").wait_for()
    page.fill("#id_alt", "IMG_2034")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".errorlist")).to_contain_text("tên tệp")
    page.evaluate(DROP, [".field-upload", [photo()]])
    page.fill("#id_alt", ALT)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    assert Image.objects.get().alt == ALT


@pytest.mark.slow
def test_many_pictures_dropped_on_the_library_are_described_next(desk):
    page = desk()
    page.goto("/quan-tri/news/image/")
    page.evaluate(DROP, ["[data-drop-many]", [photo("a.jpg"), sent("b.jpg", b"<svg>"),
                                              photo("c.jpg", (0, 0, 200))]])  # fmt: skip
    page.get_by_role("link", name="Ghi mô tả cho 2 ảnh").click()
    expect(page.locator(".describe")).to_have_count(2)
    page.locator("textarea").first.fill(ALT)
    page.locator("input[type=checkbox]").last.check()
    page.get_by_role("button", name="Lưu mô tả").click()
    page.locator(".grid .tile").first.wait_for()
    assert sorted(Image.objects.values_list("alt", "decorative")) == [("", True), (ALT, False)]


@pytest.mark.slow
def test_the_focal_point_follows_the_mouse_and_the_keys(desk):
    image = factories.image()
    page = desk()
    page.goto(f"/quan-tri/news/image/{image.pk}/change/")
    frame = page.locator(".focal")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    assert abs(int(page.input_value("#id_focal_x")) - 75) <= 1
    assert abs(int(page.input_value("#id_focal_y")) - 25) <= 1
    page.fill("#id_focal_x", "60")
    frame.focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    assert page.input_value("#id_focal_x") == "72"
    assert "ngang 72 %" in frame.get_by_role("status").inner_text()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    image.refresh_from_db()
    assert image.focal_x == 72
    assert "card-72-" in image.files("card")[0][2]


@pytest.mark.slow
def test_a_picture_dropped_into_the_text_reaches_a_readers_phone(desk, page_at):
    article = factories.draft(body="<p>Mở đầu.</p>")
    page = desk()
    open_editor(page, f"/quan-tri/news/article/{article.pk}/change/")
    drop(page, photo())
    page.get_by_role("textbox", name="Mô tả ảnh").fill(ALT)
    page.get_by_role("button", name="Lưu mô tả").click()
    page.get_by_role("dialog").wait_for(state="detached")
    image = Image.objects.get()
    with page.expect_navigation():
        page.locator("[name=_save]").first.click()
    article.refresh_from_db()
    assert image.file.url in article.body
    assert "<picture>" in article.rendered
    Article.objects.filter(pk=article.pk).update(state="published", publish_at=article.created_at)
    phone = page_at(390)
    phone.goto(article.get_absolute_url())
    shown = phone.locator(".prose picture img")
    shown.scroll_into_view_if_needed()
    until(phone, "document.querySelector('.prose picture img').complete")
    facts = shown.evaluate("img => [img.currentSrc, img.alt, img.naturalWidth > 0, img.getBoundingClientRect().right]")
    assert facts[0].endswith("-480.avif")
    assert facts[1:3] == [ALT, True]
    assert facts[3] <= 390
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.slow
def test_a_picture_chosen_from_the_library_brings_its_description(desk):
    image = factories.image(alt=ALT)
    article = factories.draft(body="<p>Mở đầu.</p>")
    page = desk()
    open_editor(page, f"/quan-tri/news/article/{article.pk}/change/")
    page.locator(".cke_button__image").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Chọn trong thư viện").click()
    opened.value.locator("button[data-url]").click()
    assert page.get_by_role("textbox", name="Mô tả ảnh").input_value() == ALT
    page.get_by_role("button", name="Lưu mô tả").click()
    page.get_by_role("dialog").wait_for(state="detached")
    assert f'src="{image.file.url}"' in text(page)
    assert f'alt="{ALT}"' in text(page)
    assert f'width="{image.width}"' in text(page)


@pytest.mark.slow
def test_a_refused_picture_is_explained_in_the_editor(desk):
    article = factories.draft(body="<p>Mở đầu.</p>")
    page = desk()
    open_editor(page, f"/quan-tri/news/article/{article.pk}/change/")
    drop(page, sent("a.jpg", b"<svg onload=alert(1)>" * 9))
    page.get_by_text("Đây là tệp SVG").wait_for()
    assert "/media/" not in text(page)


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_the_library_fits_its_window(desk, width):
    factories.image()
    page = desk(width)
    for address in ("/quan-tri/news/image/", "/quan-tri/news/image/chon/?CKEditorFuncNum=1"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".tile img").first.evaluate("img => img.complete && img.naturalWidth > 0 || img.loading")
