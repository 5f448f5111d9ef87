"""What a reader gets: every public page, what it costs, and what odd addresses lead to."""
import datetime as dt
import re

import factories
import pytest
from django.urls import reverse
from django.utils import timezone

from news.models.article import State
from portal import site
from portal.models import SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    """A small portal with all that a page can show."""
    SiteSettings.objects.create()
    economy = factories.category("Kinh tế", position=2)
    factories.articles(13, tags=["hội nghị", "đô thị"])
    factories.articles(12, tags=["hội nghị", "đô thị"], category=economy)
    image = factories.shown_image()
    article = factories.article("Tổng kết nhiệm kỳ 2016-2021", image=image, tags=["hội nghị"], pen_name="Minh An",
                                source="TTXVN", publish_at=timezone.now() - dt.timedelta(minutes=5))  # fmt: skip
    factories.page("Giới thiệu")
    site.current()
    return article


PAGES = ["/", "/chuyen-muc/thoi-su/", "/chuyen-muc/kinh-te/", "/tu-khoa/hoi-nghi/", "/tim-kiem/?q=nhiem+ky", "/rss/",
         "/rss/kinh-te/", "/trang/gioi-thieu/", "/so-do-cong/", "/dang-nhap/", "/robots.txt"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_answer(client, archive, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/dang-nhap/"])
def test_a_reader_without_a_session_gets_the_same_page_as_everybody(client, archive, address):
    response = client.get(address)
    assert "Cookie" not in response.get("Vary", "")
    assert "sessionid" not in response.cookies
    assert "csrftoken" not in response.cookies


@pytest.mark.parametrize(("address", "most"), [
    ("/", 6), ("/chuyen-muc/thoi-su/", 4), ("/tu-khoa/hoi-nghi/", 4), ("/tim-kiem/?q=nhiem+ky", 10), ("/rss/", 2),
    ("/rss/kinh-te/", 4), ("/trang/gioi-thieu/", 1), ("/so-do-cong/", 2), ("/dang-nhap/", 0),
])  # fmt: skip
def test_a_page_costs_few_queries(client, archive, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        client.get(address)


def test_an_article_costs_four_queries(client, archive, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(archive.get_absolute_url())


def test_an_article_shows_all_that_belongs_to_it(client, archive):
    html = client.get(archive.get_absolute_url()).content.decode()
    when = timezone.localtime(archive.publish_at).strftime("%d-%m-%Y %H:%M")
    for part in (archive.title, archive.lead, "thống nhất nhiều nội dung", when, "Minh An", "TTXVN", "hội nghị",
                 "Tin cũ hơn", "Tin liên quan", "Lượt xem", "Thời sự"):  # fmt: skip
        assert part in html


def test_newer_and_older_are_the_nearest_of_the_category(client, archive):
    now = timezone.now()
    category = factories.category("Y tế")
    moments = [now - dt.timedelta(hours=10 - number) for number in range(9)]
    made = [factories.article(f"Bài {n}", category=category, publish_at=at) for n, at in enumerate(moments)]
    context = client.get(made[4].get_absolute_url()).context
    assert [item.title for item in context["newer"]] == ["Bài 5", "Bài 6", "Bài 7"]
    assert [item.title for item in context["older"]] == ["Bài 3", "Bài 2", "Bài 1"]


@pytest.mark.parametrize("slug", ["", "sai-", "x" * 10_000 + "-", "Đại-hội-", "a--"])
def test_a_wrong_slug_leads_to_the_right_one(client, archive, slug):
    response = client.get(f"/bai-viet/{slug}{archive.pk}/")
    assert (response.status_code, response.get("Location")) == (301, archive.get_absolute_url())


@pytest.mark.parametrize(("status", "values"), [
    (404, {"state": State.DRAFT}), (404, {"state": State.WAITING}), (404, {"state": State.APPROVED}),
    (410, {"state": State.WITHDRAWN}), (404, {"publish_at": timezone.now() + dt.timedelta(hours=1)}),
    (410, {"publish_at": timezone.now() - dt.timedelta(days=2), "expire_at": timezone.now() - dt.timedelta(days=1)}),
], ids=["draft", "waiting", "approved", "withdrawn", "scheduled", "expired"])  # fmt: skip
def test_what_is_not_public_is_nowhere(client, archive, values, status):
    hidden = factories.article("Bài chưa ai được đọc", tags=["hội nghị"], **values)
    assert client.get(hidden.get_absolute_url()).status_code == status
    for address in ("/", "/chuyen-muc/thoi-su/", "/tu-khoa/hoi-nghi/", "/rss/", "/tim-kiem/?q=chua+ai+duoc+doc"):
        assert "Bài chưa ai được đọc" not in client.get(address).content.decode().replace("value=", "")


def test_an_article_appears_when_its_time_has_come_with_no_write_in_between(client, archive):
    soon = factories.article("Hẹn giờ đăng", publish_at=timezone.now() + dt.timedelta(seconds=1))
    assert client.get(soon.get_absolute_url()).status_code == 404
    from unittest import mock

    later = timezone.now() + dt.timedelta(seconds=2)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert client.get(soon.get_absolute_url()).status_code == 200
        assert "Hẹn giờ đăng" in client.get("/").content.decode()


def test_a_category_lists_what_stands_below_it(client):
    parent = factories.category("Văn hóa - Xã hội")
    child = factories.category("Thể thao", parent=parent)
    factories.article("Giải bóng đá phường Phố Cò", category=child)
    assert "Giải bóng đá phường Phố Cò" in client.get(parent.get_absolute_url()).content.decode()


def test_a_block_of_the_front_page_holds_what_stands_below_its_category(client):
    parent = factories.category("Văn hóa - Xã hội")
    factories.article("Giải bóng đá phường Phố Cò", category=factories.category("Thể thao", parent=parent))
    blocks = client.get("/").context["blocks"]
    assert [(block.category, [card.title for card in block.articles]) for block in blocks] == [
        (parent, ["Giải bóng đá phường Phố Cò"])]  # fmt: skip


def test_the_front_page_tells_a_story_once_where_there_are_others(client, archive):
    context = client.get("/").context
    top = {card.pk for card in [context["lead"], *context["highlights"]]}
    below = {card.pk for block in context["blocks"] for card in block.articles}
    assert not top & below


def test_the_most_read_of_a_week_and_of_a_month_stand_on_the_front_page(client):
    from stats import clock, popular
    from stats.models import ArticleDay

    week, month = factories.article("Đọc nhiều tuần này"), factories.article("Đọc nhiều tháng này")
    today = clock.today()
    ArticleDay.objects.create(day=today, article=week.pk, views=5)
    ArticleDay.objects.create(day=today - dt.timedelta(days=20), article=month.pk, views=50)
    for days in (7, 30):
        popular.rank(days)
    lists = {period: [card.title for card in cards] for period, cards in client.get("/").context["most_read"]}
    assert lists == {"7 ngày qua": ["Đọc nhiều tuần này"], "30 ngày qua": ["Đọc nhiều tháng này", "Đọc nhiều tuần này"]}


def test_the_most_read_have_a_page(client, django_assert_max_num_queries):
    from stats import clock, popular
    from stats.models import ArticleDay

    read, hidden = factories.article("Đọc nhiều tuần này"), factories.draft(title="Bài nháp")
    site.current()
    for article in (read, hidden):
        ArticleDay.objects.create(day=clock.today(), article=article.pk, views=5)
    popular.rank(7)
    with django_assert_max_num_queries(3):
        html = client.get("/tin-doc-nhieu/").content.decode()
    assert html.count("Đọc nhiều tuần này") == 1
    assert "Bài nháp" not in html
    assert "/tin-doc-nhieu/" in client.get("/so-do-cong/").content.decode()


def test_lists_page_through(client, archive):
    first = client.get("/tu-khoa/hoi-nghi/")
    second = client.get("/tu-khoa/hoi-nghi/?trang=2")
    assert len(first.context["page"].objects) == 20
    assert len(second.context["page"].objects) == 6
    assert first.context["page"].next == 2
    assert second.context["page"].next is None
    titles = [card.pk for page in (first, second) for card in page.context["page"].objects]
    assert len(set(titles)) == 26


def test_an_archive_day_is_a_day_of_viet_nam(client):
    late = factories.article("Đêm muộn", publish_at=dt.datetime(2021, 3, 24, 16, 59, tzinfo=dt.UTC))
    early = factories.article("Sang ngày", publish_at=dt.datetime(2021, 3, 24, 17, 0, tzinfo=dt.UTC))
    html = client.get("/luu-tru/2021/3/24/").content.decode()
    assert late.title in html
    assert early.title not in html


def test_the_calendar_marks_the_days_with_articles_and_leads_over_empty_months(client, django_assert_num_queries):
    for moment, state in (((2021, 3, 24, 16, 59), "published"), ((2021, 3, 24, 17), "published"),
                          ((2021, 3, 2, 1), "draft"), ((2020, 12, 31, 17), "published")):  # fmt: skip
        factories.article(publish_at=dt.datetime(*moment, tzinfo=dt.UTC), state=state)
    site.current()
    with django_assert_num_queries(3):
        html = client.get("/luu-tru/2021/03/").content.decode()
    assert re.findall(r'href="(/luu-tru/\d+/\d+/\d+/)"', html) == ["/luu-tru/2021/03/24/", "/luu-tru/2021/03/25/"]
    assert 'rel="prev" href="/luu-tru/2021/01/"' in html
    assert 'rel="next"' not in html
    assert "Thứ Hai" in html
    assert "Thứ 2" not in html
    with django_assert_num_queries(3):
        html = client.get("/luu-tru/2021/03/24/").content.decode()
    assert 'href="/luu-tru/2021/03/24/" aria-current="page"' in html
    with django_assert_num_queries(2):
        html = client.get("/luu-tru/").content.decode()
    assert re.findall(r'href="(/luu-tru/\d+/\d+/)"', html) == ["/luu-tru/2021/01/", "/luu-tru/2021/03/"]
    assert client.get("/luu-tru/?ngay=2021-03-24").url == "/luu-tru/2021/03/24/"
    assert client.get("/luu-tru/?ngay=24/03").status_code == 302
    assert "noindex" in client.get("/luu-tru/2021/02/").content.decode()


def test_an_archive_without_articles_has_a_calendar_all_the_same(client):
    for address in ("/luu-tru/", "/luu-tru/2021/", "/luu-tru/2021/2/", "/luu-tru/2021/2/28/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", [
    "Ủy ban nhân dân", "Uỷ ban nhân dân", "uy ban nhan dan", "UY BAN", "2016-2021", "19,39%", "19,39%/năm", "01/CT-TTg",
    '"hội nghị tổng kết"', "tổng kết 2016-2021",
])  # fmt: skip
def test_search_finds_what_a_reader_types_with_or_without_marks(client, query):
    factories.article("Hội nghị tổng kết nhiệm kỳ 2016-2021 của Ủy ban nhân dân",
                      body="<p>Tăng 19,39%/năm theo Chỉ thị 01/CT-TTg.</p>")  # fmt: skip
    factories.article("Lịch cắt nước phường Mỏ Chè", lead="")
    found = client.get("/tim-kiem/", {"q": query}).context["page"].objects
    assert [item.title for item in found] == ["Hội nghị tổng kết nhiệm kỳ 2016-2021 của Ủy ban nhân dân"]


def test_search_puts_titles_first(client):
    now = timezone.now()
    factories.article("Bài khác", body="<p>Nói về xe buýt</p>", publish_at=now - dt.timedelta(hours=1))
    factories.article("Tuyến xe buýt mới", publish_at=now - dt.timedelta(days=9))
    found = client.get("/tim-kiem/?q=xe+buýt").context["page"].objects
    assert [item.title for item in found] == ["Tuyến xe buýt mới", "Bài khác"]


@pytest.mark.parametrize("query", ["", "   ", "!!!", "'", "'; --", "a'b", "\\", ":*", "& | !", "<->", '"', "x" * 10_000,
                                   "<script>alert(1)</script>", "%00", "🎉"])
def test_any_question_gets_an_answer(client, query):
    response = client.get("/tim-kiem/", {"q": query})
    assert response.status_code in (200, 400)
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(("address", "statuses"), [
    ("/chuyen-muc/thoi-su/?trang=abc", {404}), ("/chuyen-muc/thoi-su/?trang=-1", {404}),
    ("/chuyen-muc/thoi-su/?trang=0", {404}), ("/chuyen-muc/thoi-su/?trang=999999999999", {404}),
    ("/chuyen-muc/thoi-su/?trang=²", {404}), ("/chuyen-muc/thoi-su/?trang=99", {404}), ("/chuyen-muc/khong-co/", {404}),
    ("/chuyen-muc/" + "a" * 10_000 + "/", {404}), ("/bai-viet/x--5/", {404}), ("/bai-viet/-5/", {404}),
    ("/bai-viet/x-99999999999999999999999/", {404}), ("/bai-viet/x-999999999999999999/", {404}),
    ("/tu-khoa/khong/", {404}), ("/trang/khong/", {404}), ("/luu-tru/2021/2/30/", {404}), ("/luu-tru/2021/13/", {404}),
    ("/luu-tru/1899/", {404}), ("/luu-tru/2200/", {404}), ("/luu-tru/?ngay=0001-01-01", {404}),
    ("/luu-tru/0000/1/1/", {404}),
    ("/luu-tru/9999/12/31/", {200, 404}), ("/luu-tru/0001/1/1/", {200, 404}), ("/rss/khong/", {404}),
    ("/a%00b", {400}), ("/tim-kiem/?q=a%00b", {400}), ("/chuyen-muc/%00/", {400}), ("/media/%00", {400}),
    ("/%ff%fe", {404}), ("/tim-kiem/?q=%ff%fe", {200}), ("/chuyen-muc/%c0%ae/", {404}),
    ("/media/../manage.py", {404}), ("/media/%2e%2e/secret_key", {404}), ("/media//etc/passwd", {404}),
    ("/giao-dien/zzz.css", {404}), ("/khong-co", {404}),
])  # fmt: skip
def test_odd_addresses_get_a_page_that_says_so(client, archive, address, statuses):
    response = client.get(address)
    assert response.status_code in statuses
    if response.status_code in (400, 404):
        html = response.content.decode()
        assert "<h1" in html
        assert 'lang="vi"' in html


def test_the_figures_are_there_for_the_page_to_refresh(client):
    SiteSettings.objects.create(visits_before=1_940_858)
    site.current()
    assert client.get(reverse("figures")).json()["total"] >= 1_940_858


def test_the_footer_shows_the_starting_figure_in_vietnamese_thousands(client):
    SiteSettings.objects.create(visits_before=1_940_858)
    assert "1.940.858" in client.get("/").content.decode()


def test_who_is_logged_in_sees_their_name(client):
    client.force_login(factories.user("mai", full_name="Hoàng Thị Mai"))
    html = client.get("/").content.decode()
    assert "Mai" in html
    assert "Đăng xuất" in html
    assert "Quản trị" in html


def test_an_empty_portal_has_a_front_page(client):
    assert client.get("/").status_code == 200
