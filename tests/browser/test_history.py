"""The history of an article, and words replaced in many, as an editor meets them on a phone and at a desk."""
import factories
import pytest
from axe_playwright_python.sync_playwright import Axe

from news import text, workflow
from news.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERYTHING = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
              "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"],
              "preload": False}  # fmt: skip - else axe writes style into the page, which the policy forbids
LONG = "https://example.org/" + "dia-chi-khong-co-khoang-trang" * 8
PREVIEW = "tim-va-thay/?find=UBND&replace=Uy+ban&match_case=on&whole_words=on&fields_in=title&fields_in=lead"


def saved(article, person, **values):
    article = Article.objects.select_related("pending").get(pk=article.pk)
    return workflow.save(text.put({**text.newest(article), **values}, article), person)


@pytest.fixture
def chief(transactional_db):
    return factories.user("binh", "Ban biên tập", full_name="Trần Văn Bình")


@pytest.fixture
def article(chief):
    article = factories.article(title="UBND thành phố họp", body="<h2>Kết quả</h2><p>Mời xem ở đây.</p><p>Cuối.</p>")
    saved(article, chief, title="Ủy ban nhân dân thành phố họp")
    return saved(article, chief, body=f'<p>Cuối.</p><p>Kết quả</p><p>Mời <a href="{LONG}">xem</a> ở đó.</p>')


@pytest.mark.slow
@pytest.mark.parametrize("look", [{"width": 360}, {"width": 1440}, {"width": 1440, "dark": True}], ids=str)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(newsroom_page, chief, article, look):
    page = newsroom_page(chief, **look)
    found = {}
    for address in (f"{article.pk}/history/", f"{article.pk}/so-sanh/?tu=1&den=3", PREVIEW, "tim-va-thay/cac-lan/"):
        page.goto(f"/quan-tri/news/article/{address}")
        violations = Axe().run(page, options=EVERYTHING).response["violations"]
        wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if violations or wider:
            found[address] = wider, [(item["id"], item["nodes"][0]["html"][:160]) for item in violations]
    assert found == {}


def test_changes_are_told_without_colours_and_heard(newsroom_page, chief, article):
    page = newsroom_page(chief, forced_colors="active")
    page.goto(f"/quan-tri/news/article/{article.pk}/so-sanh/?tu=1&den=3")
    added, removed = page.locator("ins").nth(1), page.locator("del").nth(1)  # the first ones are the legend's
    line = "node => getComputedStyle(node).textDecorationLine"
    assert (added.evaluate(line), removed.evaluate(line)) == ("underline", "line-through")
    assert added.text_content() == "[thêm: Ủy ban nhân dân]"
    assert removed.text_content() == "[bỏ: UBND]"
    assert page.get_by_text(LONG).first.is_visible()


def test_an_old_text_is_taken_back_by_keyboard(newsroom_page, chief, article):
    page = newsroom_page(chief)
    page.goto(f"/quan-tri/news/article/{article.pk}/history/")
    page.get_by_role("link", name="Xem và khôi phục phiên bản 1").press("Enter")
    page.get_by_label("Lý do").fill("Nhầm tên cơ quan")
    page.get_by_role("button", name="Khôi phục phiên bản 1").press("Enter")
    page.get_by_text("Đã khôi phục phiên bản 1, nay là phiên bản 4").wait_for()
    article.refresh_from_db()
    assert text.newest(article)["title"] == "UBND thành phố họp"


@pytest.mark.slow
def test_words_are_replaced_where_they_are_ticked_and_put_back(newsroom_page, chief):
    for title in ("UBND phường", "Kế hoạch số 08/KH-UBND của UBND xã", "UBND tỉnh"):
        factories.draft(title=title, lead="")
    page = newsroom_page(chief)
    page.goto(f"/quan-tri/news/article/{PREVIEW}")
    page.get_by_label("UBND tỉnh", exact=True).uncheck()
    page.get_by_label("Giữ nguyên chỗ “Kế hoạch số 08/KH-UBND của UBND xã”").first.check()
    page.get_by_role("button", name="Thay trong các bài đã chọn").click()
    page.get_by_text("Đã thay 2 chỗ trong 2 bài.").wait_for()
    after = {"Uy ban phường", "Kế hoạch số 08/KH-UBND của Uy ban xã", "UBND tỉnh"}
    assert set(Article.objects.values_list("title", flat=True)) == after
    page.get_by_role("link", name="Các lần tìm và thay").click()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã đưa 2 bài về văn bản trước lần thay.").wait_for()
    assert Article.objects.filter(title__contains="Uy ban").count() == 0
