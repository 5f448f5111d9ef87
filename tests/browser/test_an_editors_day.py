"""An editor's day in Chromium: from a draft to the public page, two people in one article, a network that goes."""
import factories
import pytest
from django.contrib.sessions.models import Session

from news import workflow
from news.models import Article, Autosave, Editing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORTER, BOARD = "Phóng viên", "Ban biên tập"


def open_form(page, article=None, query=""):
    page.goto(f"/quan-tri/news/article/{article.pk}/change/{query}" if article else "/quan-tri/news/article/add/")
    ready(page)


def ready(page):
    page.locator("[data-autosave][data-ready]").wait_for(state="attached", timeout=60_000)  # the editor is 600 kB


def write(page, html):
    page.evaluate("html => CKEDITOR.instances.id_body.setData(html)", html)
    page.wait_for_timeout(300)


def press(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def autosaved(page):
    page.get_by_text("Đã tự lưu lúc").wait_for(timeout=15_000)


@pytest.fixture
def reporter(transactional_db):
    return factories.user("lan", REPORTER, full_name="Hoàng Thị Lan")


@pytest.fixture
def chief(transactional_db):
    return factories.user("binh", BOARD, full_name="Trần Văn Bình")


def test_a_text_goes_from_a_draft_to_the_public_page(newsroom_page, reporter, chief, page_at):
    factories.category("Văn hóa")
    page = newsroom_page(reporter)
    open_form(page)
    page.fill("#id_title", "Khai mạc lễ hội trà Sông Công")
    page.fill("#id_lead", "Hàng nghìn người đến dự lễ hội.")
    write(page, "<p>Sáng nay, lễ hội trà khai mạc tại quảng trường.</p>")
    page.select_option("#id_category", label="Văn hóa")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Xem trước", exact=True).click()
    opened.value.get_by_role("heading", name="Khai mạc lễ hội trà Sông Công", level=1).wait_for()
    assert not Article.objects.exists()  # looking saves nothing
    opened.value.close()
    press(page, "Lưu nháp")
    ready(page)
    press(page, "Gửi duyệt")
    assert "Đã gửi duyệt" in page.inner_text(".messagelist")

    page = newsroom_page(chief)
    page.goto("/quan-tri/")
    page.get_by_role("link", name="Khai mạc lễ hội trà Sông Công").first.click()
    ready(page)
    press(page, "Duyệt")
    ready(page)
    press(page, "Xuất bản ngay")
    ready(page)
    page.get_by_role("link", name="Xem trên cổng").click()
    page.get_by_role("heading", name="Khai mạc lễ hội trà Sông Công", level=1).wait_for()
    visitor = page_at()
    visitor.goto("/")
    assert visitor.get_by_role("link", name="Khai mạc lễ hội trà Sông Công").first.is_visible()


@pytest.mark.slow
def test_the_button_says_when_it_will_publish(newsroom_page, chief, reporter):
    article = factories.article(state="approved", publish_at=None, owner=reporter)
    page = newsroom_page(chief)
    open_form(page, article)
    assert page.get_by_role("button", name="Xuất bản ngay").is_visible()
    page.fill("#id_publish_at_0", "31-12-2099")
    page.fill("#id_publish_at_1", "08:00")
    press(page, "Hẹn đăng 08:00 ngày 31-12-2099")
    article.refresh_from_db()
    assert article.state_label == "Hẹn giờ đăng"


@pytest.mark.slow
def test_two_people_who_save_one_article_choose_between_their_texts(newsroom_page, reporter, chief):
    article = factories.draft(reporter, body="<p>Đoạn một.</p><p>Đoạn hai.</p>")
    page = newsroom_page(reporter)
    open_form(page, article)
    # Meanwhile, somewhere else:
    theirs = Article.objects.get()
    theirs.title = "Tiêu đề của Bình"
    workflow.save(theirs, chief)
    page.fill("#id_lead", "Sa-pô của Lan")
    page.fill("#id_title", "Tiêu đề của Lan")
    press(page, "Lưu nháp")
    assert "Trần Văn Bình đã lưu bài này" in page.inner_text(".errornote")
    text = page.inner_text("#content-main")
    assert "Tiêu đề của Bình" in text
    assert "Tiêu đề của Lan" in text
    assert Article.objects.get().title == "Tiêu đề của Bình"
    page.locator("input[name=pick_title][value=theirs]").check()
    press(page, "Mở bài với lựa chọn này")
    ready(page)
    press(page, "Lưu nháp")
    saved = Article.objects.get()
    assert (saved.title, saved.lead, saved.version) == ("Tiêu đề của Bình", "Sa-pô của Lan", 3)


@pytest.mark.slow
def test_a_text_typed_without_a_network_is_there_after_the_browser_was_closed(newsroom_page, reporter, tmp_path):
    article = factories.draft(reporter)
    page = newsroom_page(reporter)
    open_form(page, article)
    page.context.set_offline(True)
    page.fill("#id_lead", "Gõ khi mất mạng")
    page.get_by_text("Mất kết nối").wait_for(timeout=15_000)
    state = page.context.storage_state()
    page.context.close()
    again = newsroom_page(reporter, storage_state=state)
    open_form(again, article)
    again.get_by_role("button", name="Mở bản gõ dở").click()
    again.get_by_text("Đang xem bản tự lưu").wait_for()
    ready(again)
    assert again.input_value("#id_lead") == "Gõ khi mất mạng"
    press(again, "Lưu nháp")
    assert Article.objects.get().lead == "Gõ khi mất mạng"
    assert not Autosave.objects.exists()


@pytest.mark.slow
def test_a_window_closed_in_the_middle_of_a_word_loses_nothing(newsroom_page, reporter):
    article = factories.draft(reporter)
    page = newsroom_page(reporter)
    open_form(page, article)
    page.fill("#id_lead", "Vừa gõ xong là đóng")
    context = page.context
    page.close(run_before_unload=True)
    again = context.new_page()
    open_form(again, article)
    again.get_by_text("Mở bản gõ dở").first.click()  # the server has it, the browser, or both
    again.get_by_text("Đang xem bản tự lưu").wait_for()
    ready(again)
    assert again.input_value("#id_lead") == "Vừa gõ xong là đóng"


@pytest.mark.slow
def test_an_expired_session_loses_nothing(newsroom_page, reporter):
    article = factories.draft(reporter)
    page = newsroom_page(reporter)
    open_form(page, article)
    Session.objects.all().delete()
    page.fill("#id_lead", "Gõ sau khi hết phiên")
    page.get_by_text("Phiên làm việc đã hết hạn").wait_for(timeout=15_000)
    press(page, "Lưu nháp")
    assert "/dang-nhap/" in page.url
    page.fill("#id_username", "lan")
    page.fill("#id_password", "mật khẩu rất dài")
    page.locator("main form button[type=submit]").click()
    ready(page)
    page.get_by_role("button", name="Mở bản gõ dở").click()
    page.get_by_text("Đang xem bản tự lưu").wait_for()
    ready(page)
    assert page.input_value("#id_lead") == "Gõ sau khi hết phiên"


@pytest.mark.slow
def test_what_was_autosaved_is_offered_and_equal_text_is_not(newsroom_page, reporter):
    article = factories.draft(reporter)
    page = newsroom_page(reporter)
    open_form(page, article)
    page.fill("#id_lead", "Bản đang gõ dở")
    autosaved(page)
    open_form(page, article)
    page.get_by_role("link", name="Mở bản gõ dở").click()
    ready(page)
    assert page.input_value("#id_lead") == "Bản đang gõ dở"
    press(page, "Lưu nháp")
    ready(page)
    assert page.locator(".desk-note--kept").count() == 0
    assert [revision.action for revision in article.revisions.all()] == ["save", "baseline"]  # autosaves are no history


@pytest.mark.slow
def test_people_in_one_article_see_each_other_by_name(newsroom_page, reporter, chief):
    article = factories.draft(reporter)
    first = newsroom_page(reporter)
    open_form(first, article)
    second = newsroom_page(chief)
    open_form(second, article)
    second.get_by_text("Đang mở bài này: Hoàng Thị Lan.").wait_for(timeout=5_000)
    first.close(run_before_unload=True)
    second.wait_for_timeout(500)
    assert [row.person for row in Editing.objects.all()] == [chief]


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_of_the_newsroom_scrolls_sideways(newsroom_page, chief, reporter, width, dark):
    article = factories.draft(reporter, title="Phát động đợt thi đua cao điểm lập thành tích chào mừng Đại hội Đảng bộ")
    page = newsroom_page(chief, width, dark=dark)
    own = f"news/article/{article.pk}"
    for address in ("", "news/article/", "news/article/lich/", f"{own}/chia-se/", f"{own}/change/"):
        page.goto(f"/quan-tri/{address}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
