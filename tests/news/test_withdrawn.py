"""What a reader gets of an article that is not there any more, has been corrected, or comes and goes with the clock."""
import datetime as dt
from unittest import mock

import factories
import pytest
from django.utils import timezone

from news import drawn, workflow
from news.models import Article
from news.models.article import State
from portal import site

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def withdrawn(public_reason="", **values):
    return factories.article("Tin đã gỡ xuống", state=State.WITHDRAWN, reason="Nguồn tin A khai sai, đừng nói ra",
                             public_reason=public_reason, **values)  # fmt: skip


def test_a_withdrawn_article_says_what_readers_may_know(client):
    response = client.get(withdrawn("Số liệu chưa được kiểm chứng.\nTòa soạn xin lỗi bạn đọc.").get_absolute_url())
    html = response.content.decode()
    assert response.status_code == 410
    assert "Bài viết đã được gỡ" in html
    assert "Số liệu chưa được kiểm chứng.<br>Tòa soạn xin lỗi bạn đọc." in html
    for hidden in ("khai sai", "Tin đã gỡ xuống", "thống nhất nhiều nội dung"):
        assert hidden not in html
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_the_workflow_s_public_reason_is_what_they_get(client):
    article = factories.article()
    workflow.perform("withdraw", article, factories.user(None, "Ban biên tập"), "Chuyện nội bộ",
                     public_reason="Bài có sai sót <b>")  # fmt: skip
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Bài có sai sót &lt;b&gt;" in html
    assert "Chuyện nội bộ" not in html


def test_without_a_public_reason_nothing_is_made_up(client):
    html = client.get(withdrawn().get_absolute_url()).content.decode()
    assert "Lý do" not in html


@pytest.mark.parametrize(("status", "values"), [
    (410, {"state": State.WITHDRAWN}),
    (410, {"state": State.WITHDRAWN, "deleted_at": timezone.now()}),
    (410, {"state": State.PUBLISHED, "expire_at": timezone.now() - HOUR}),
    (404, {"state": State.PUBLISHED, "publish_at": timezone.now() + HOUR}),
    (404, {"state": State.PUBLISHED, "publish_at": timezone.now() + HOUR, "expire_at": timezone.now() + 2 * HOUR}),
    (404, {"state": State.DRAFT, "publish_at": None}),
    (404, {"state": State.RETURNED, "publish_at": None}),
    (404, {"state": State.DRAFT, "publish_at": None, "deleted_at": timezone.now()}),
    (404, {"state": State.APPROVED, "expire_at": timezone.now() - HOUR}),
])  # fmt: skip
def test_only_what_readers_have_had_is_gone(client, status, values):
    article = factories.article(**values)
    response = client.get(article.get_absolute_url())
    assert response.status_code == status
    assert article.title not in response.content.decode()


def test_an_expired_article_says_so_and_no_more(client):
    article = factories.article(expire_at=timezone.now() - HOUR, reason="Nội bộ", public_reason="Cũ")
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Bài viết đã hết thời hạn đăng" in html
    assert "Nội bộ" not in html
    assert "Cũ<" not in html


@pytest.mark.parametrize("slug", ["", "sai-", "a--"])
def test_any_slug_of_what_is_gone_gets_the_same(client, slug):
    assert client.get(f"/bai-viet/{slug}{withdrawn().pk}/").status_code == 410


def test_what_is_gone_costs_two_queries_and_what_never_was_three(client, django_assert_num_queries):
    addresses = {withdrawn().get_absolute_url(): 2, factories.draft().get_absolute_url(): 3, "/bai-viet/x-99999/": 3}
    site.current()
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            client.get(address)


# ---------------------------------------------------------------- corrections, and what is shared


def test_corrections_are_shown_newest_first_with_times_that_machines_read(client):
    article = factories.article(corrections=[
        {"at": "2021-03-24T03:21:00+00:00", "note": "Sửa số đại biểu."},
        {"at": "2021-03-25T04:00:00+00:00", "note": "Thêm ý kiến <cơ quan>."},
    ])  # fmt: skip
    html = client.get(article.get_absolute_url()).content.decode()
    text = " ".join(html.split())
    newest = ('Cập nhật lần cuối <time datetime="2021-03-25T11:00+0700">25-03-2021 11:00</time>:</span> '
              "Thêm ý kiến &lt;cơ quan&gt;.")  # fmt: skip
    oldest = '<time datetime="2021-03-24T10:21+0700">24-03-2021 10:21</time>:</span> Sửa số đại biểu.'
    assert newest in text
    assert text.index(newest) < text.index(oldest)
    assert text.count("Cập nhật lần cuối") == 1
    assert '<meta property="article:modified_time" content="2021-03-25T11:00+0700">' in html


def test_a_correction_that_was_published_is_on_the_page(client):
    article, board = factories.article(), factories.user(None, "Ban biên tập")
    article.title = "Tên đã sửa"
    workflow.save(article, board, correction="Sửa tên.")
    for step in ("submit", "approve", "publish"):
        workflow.perform(step, article, board, "Gấp", override=step == "approve")
    html = client.get(article.get_absolute_url(), follow=True).content.decode()
    assert "Cập nhật lần cuối" in html
    assert "Sửa tên." in html


def test_a_page_without_corrections_speaks_of_none(client):
    assert "Cập nhật" not in client.get(factories.article().get_absolute_url()).content.decode()


def test_the_genre_is_the_newsroom_s_own(client):
    assert "Phóng sự, ký" not in client.get(factories.article(genre="phong-su").get_absolute_url()).content.decode()


@pytest.mark.parametrize(("values", "expected"), [
    ({"social_description": "Cầu <mới> & đẹp", "lead": "Sa-pô"}, "Cầu &lt;mới&gt; &amp; đẹp"),
    ({"lead": "Sa-pô"}, "Sa-pô"),
    ({"lead": "", "title": "Tên bài"}, "Tên bài"),
])  # fmt: skip
def test_what_is_shared_is_the_description_made_for_it(client, values, expected):
    html = client.get(factories.article(**values).get_absolute_url()).content.decode()
    assert f'<meta name="description" content="{expected}">' in html
    assert f'<meta property="og:description" content="{expected}">' in html


# ---------------------------------------------------------------- related, and other categories


def related(client, article):
    drawn.pages.clear()  # the client knows the context of what is drawn now
    return [item.title for item in client.get(article.get_absolute_url()).context["related"]]


def test_chosen_articles_come_first_and_the_rest_fills_itself(client, django_assert_num_queries):
    other = factories.category("Y tế")
    now = timezone.now()
    article = factories.article(tags=["hội nghị"])
    for number in range(5):
        factories.article(f"Cùng từ khóa {number}", tags=["hội nghị"], category=other, publish_at=now - number * HOUR)
    chosen = [factories.article(f"Đã chọn {number}", category=other, publish_at=now - dt.timedelta(days=9 + number))
              for number in range(2)]  # fmt: skip
    article.related.set(chosen)
    assert related(client, article) == ["Đã chọn 0", "Đã chọn 1", "Cùng từ khóa 0", "Cùng từ khóa 1"]
    chosen[0].tags.add(factories.tag("hội nghị"))
    assert related(client, article) == ["Đã chọn 0", "Đã chọn 1", "Cùng từ khóa 0", "Cùng từ khóa 1"]
    Article.objects.filter(pk=chosen[1].pk).update(state=State.WITHDRAWN)
    assert related(client, article) == ["Đã chọn 0", "Cùng từ khóa 0", "Cùng từ khóa 1", "Cùng từ khóa 2"]
    site.current()
    with django_assert_num_queries(4):
        client.get(article.get_absolute_url())


def test_an_article_without_tags_has_the_chosen_ones_alone(client):
    article = factories.article()
    chosen = factories.article("Đã chọn")
    article.related.add(chosen, article)
    assert related(client, article) == ["Đã chọn"]


def test_an_article_stands_in_its_other_categories_too(client, django_assert_num_queries):
    home, other, child = factories.category(), factories.category("Y tế"), None
    child = factories.category("Tiêm chủng", parent=other)
    article = factories.article("Tiêm chủng mở rộng", category=home)
    article.also_in.set([other, child])
    factories.article("Tin y tế", category=other, publish_at=article.publish_at - HOUR)
    site.current()
    lists = []
    for category in (home, other, child):
        with django_assert_num_queries(3):
            page = client.get(category.get_absolute_url()).context["page"]
        lists.append([card.title for card in page.objects])
    assert lists == [["Tiêm chủng mở rộng"], ["Tiêm chủng mở rộng", "Tin y tế"], ["Tiêm chủng mở rộng"]]
    for feed in ("/rss/y-te/", "/rss/tiem-chung/", "/rss/thoi-su/"):
        assert client.get(feed).content.decode().count("<title>Tiêm chủng mở rộng</title>") == 1
    blocks = client.get("/").context["blocks"]
    titles = {block.category: [card.title for card in block.articles] for block in blocks}
    assert titles[other].count("Tiêm chủng mở rộng") == 1


def test_a_long_list_of_two_ways_pages_without_a_gap_or_a_twin(client):
    other = factories.category("Y tế")
    now = timezone.now()
    for number in range(50):
        made = factories.article(f"Bài {number:02}", category=(other, factories.category())[number % 2],
                                 publish_at=now - number * HOUR)  # fmt: skip
        made.also_in.add(other)
    titles = []
    for number in (1, 2, 3):
        page = client.get(f"{other.get_absolute_url()}?trang={number}").context["page"]
        titles += [card.title for card in page.objects]
    assert titles == [f"Bài {number:02}" for number in range(50)]
    assert client.get(f"{other.get_absolute_url()}?trang=4").status_code == 404


# ---------------------------------------------------------------- the clock alone


def test_the_clock_alone_makes_an_article_appear_and_go(client):
    """Nothing is written between the three looks."""
    start = timezone.now()
    other = factories.category("Y tế")
    article = factories.article("Chiến dịch tiêm chủng", tags=["vắc xin"], publish_at=start + HOUR,
                                expire_at=start + 2 * HOUR)  # fmt: skip
    article.also_in.add(other)
    companion = factories.article("Bài đứng cạnh", tags=["vắc xin"], publish_at=start - HOUR)
    day = timezone.localtime(article.publish_at)
    lists = ["/", article.category.get_absolute_url(), other.get_absolute_url(), "/tu-khoa/vac-xin/",
             f"/luu-tru/{day:%Y/%m/%d}/", "/rss/", "/rss/thoi-su/", "/rss/y-te/", "/tim-kiem/?q=chien+dich",
             companion.get_absolute_url()]  # fmt: skip
    link = article.get_absolute_url()
    for moment, status, shown in [(start, 404, False), (start + HOUR, 200, True),
                                  (start + 2 * HOUR - dt.timedelta(seconds=1), 200, True),
                                  (start + 2 * HOUR, 410, False)]:  # fmt: skip
        with mock.patch("django.utils.timezone.now", return_value=moment):
            assert client.get(link).status_code == status
            for address in lists:
                assert (link in client.get(address).content.decode()) == shown, (address, moment)
