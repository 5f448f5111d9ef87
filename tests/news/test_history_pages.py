"""The history of an article in the admin: what each saving did, any two compared, an old text taken back."""
import datetime as dt

import factories
import pytest
from django.urls import reverse
from django.utils import timezone

from news import text, workflow
from news.admin import history
from news.models import Article, Revision
from news.models.choices import Did, State

pytestmark = pytest.mark.django_db
BOARD, EDITOR, REPORTER = "Ban biên tập", "Biên tập viên", "Phóng viên"


@pytest.fixture
def chief(client):
    person = factories.user("tongbientap", BOARD, full_name="Trần Văn Bình")
    client.force_login(person)
    return person


def url(article, page="history", query=""):
    return reverse(f"admin:news_article_{page}", args=[article.pk]) + query


def saved(article, person, **values):
    """Saves a change as `person`, as the form does."""
    article = Article.objects.select_related("pending").get(pk=article.pk)
    workflow.save(text.put({**text.newest(article), **values}, article), person,
                  correction=values.get(text.CORRECTION, ""))  # fmt: skip
    return article


def page(client, *where, status=200):
    response = client.get(url(*where))
    assert response.status_code == status
    return response.content.decode()


class TestTheList:
    def test_it_says_who_did_what_when_and_why(self, client, chief):
        writer = factories.user("lan", REPORTER, full_name="Hoàng Thị Lan")
        article = saved(factories.draft(writer), writer, title="Cầu mới", lead="Đã thông xe.")
        workflow.perform("submit", article, writer)
        workflow.perform("return", article, chief, "Thiếu số liệu")
        html = page(client, article)
        for words in ("Hoàng Thị Lan", "Gửi duyệt", "Thiếu số liệu", "Bản có sẵn", "tiêu đề, sa-pô", "Mới nhất",
                      f"{timezone.localtime():%d-%m-%Y}"):  # fmt: skip
            assert words in html

    def test_it_marks_what_readers_have_and_what_waits(self, client, chief):
        article = saved(factories.article(), chief, title="Tiêu đề khác")
        html = page(client, article)
        assert html.count("Bạn đọc đang có</span>") == 1
        assert html.count("Bản sửa đang chờ</span>") == 1

    def test_approving_one_s_own_text_is_marked(self, client, chief):
        article = factories.draft(chief)
        workflow.perform("submit", article, chief)
        workflow.perform("approve", article, chief, "Gấp", override=True)
        assert "Tự duyệt</span>" in page(client, article)

    def test_an_article_without_a_history_says_so(self, client, chief):
        assert "chưa được sửa lần nào" in page(client, factories.article())

    def test_a_long_history_costs_what_a_short_one_costs(self, client, chief, django_assert_num_queries):
        short, long = factories.draft(), factories.draft(version=120)
        for article, count in ((short, 2), (long, 120)):
            Revision.objects.bulk_create(
                Revision(article=article, number=number, action=Did.SAVE, author=factories.user(), snapshot={})
                for number in range(1, count + 1)
            )
        page(client, short)  # the site's settings are remembered
        for article in (short, long):
            with django_assert_num_queries(7) as asked:  # session, person, rights (2), article, page (2)
                html = page(client, article)
            assert not [query for query in asked if '"snapshot"' in query["sql"]]
        assert html.count("<tr role=") == 1 + history.PAGE
        assert "?trang=2" in html
        assert page(client, long, "history", "?trang=3").count("<tr role=") == 21

    @pytest.mark.parametrize("query", ["?trang=99", "?trang=x", "?trang=-1"])
    def test_a_page_that_is_none_is_not_found(self, client, chief, query):
        page(client, factories.draft(), "history", query, status=404)


class TestComparing:
    @pytest.fixture
    def article(self, chief):
        article = factories.article(title="Hội nghị hôm qua", body="<p>Một.</p><h2>Hai</h2>", caption="Ảnh")
        saved(article, chief, title="Hội nghị hôm nay")
        saved(article, chief, body='<p>Một.</p><p>Hai <a href="https://evil.vn/">xem</a></p>',
              category=factories.category("Kinh tế").pk)  # fmt: skip
        return article

    def test_words_blocks_links_and_fields_are_shown(self, client, article):
        html = page(client, article, "compare", "?tu=1&den=3")
        assert '<ins class="diff__added"><span class="visually-hidden">[thêm: </span>nay' in html
        assert '<del class="diff__removed"><span class="visually-hidden">[bỏ: </span>qua' in html
        assert "đề mục cấp 2 → đoạn văn" in html
        assert "liên kết tới https://evil.vn/" in html
        assert "Kinh tế" in html
        assert "Chú thích ảnh" not in html

    def test_nothing_typed_is_taken_for_markup(self, client, article, chief):
        saved(article, chief, title="<script>alert(1)</script>", body="<p>&lt;img src=x onerror=alert(1)&gt;</p>")
        html = page(client, article, "compare", "?tu=1&den=4")
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert(1)" not in html
        assert "<img src=x" not in html

    def test_the_newest_is_compared_with_what_readers_have(self, client, article):
        html = page(client, article, "compare", "?tu=ban-doc&den=moi-nhat")
        assert "bản bạn đọc đang có" in html
        assert "phiên bản 3" in html
        assert "nay" in html

    def test_a_revision_is_compared_with_the_one_before_it_that_is_left(self, client, article):
        article.revisions.filter(number=2).delete()
        html = page(client, article, "compare", "?tu=truoc&den=3")
        assert "phiên bản 1" in html

    def test_the_first_has_nothing_before_it(self, client, article):
        assert "Hai bản giống nhau" in page(client, article, "compare", "?tu=truoc&den=1")

    def test_an_article_without_a_history_can_be_opened(self, client, chief):
        assert "Hai bản giống nhau" in page(client, factories.article(), "compare")

    @pytest.mark.parametrize("query", ["?tu=99&den=1", "?tu=x&den=y", "?den=truoc", "?tu=1&den=²",
                                       f"?tu={'9' * 40}", "?tu=-1&den=1"])  # fmt: skip
    def test_what_was_never_saved_is_not_found(self, client, article, query):
        page(client, article, "compare", query, status=404)

    def test_a_draft_has_no_text_with_readers(self, client, chief):
        page(client, factories.draft(), "compare", "?tu=ban-doc", status=404)

    def test_its_queries_do_not_grow_with_the_text(self, client, article, chief, django_assert_num_queries):
        saved(article, chief, body="<p>Đoạn.</p>" * 5000, tags=[], category=factories.category("Xã hội").pk)
        page(client, article)
        with django_assert_num_queries(9):  # session, person, rights (2), article, revisions (2), categories (2)
            page(client, article, "compare", "?tu=3&den=4")


class TestRestoring:
    @pytest.fixture
    def article(self, chief):
        article = factories.draft(chief, title="Bản một")
        return saved(article, chief, title="Bản hai")

    def post(self, client, article, **values):
        opened = Article.objects.get(pk=article.pk).version
        data = {"phien_ban": 1, "started_from": opened, "reason": "", **values}
        return client.post(url(article, "restore"), data, follow=True)

    def test_an_old_text_becomes_the_newest_version(self, client, article):
        response = self.post(client, article, reason="Bản hai sai số liệu")
        assert "Đã khôi phục phiên bản 1, nay là phiên bản 3" in response.content.decode()
        article.refresh_from_db()
        assert (article.title, article.version) == ("Bản một", 3)
        revision = article.revisions.first()
        assert (revision.action, revision.reason) == (Did.RESTORE, "Bản hai sai số liệu")

    def test_readers_keep_what_they_have_until_it_is_published(self, client, chief):
        article = saved(factories.article(title="Bản một"), chief, title="Bản hai")
        workflow.perform("discard", article, chief)
        response = self.post(client, article, phien_ban=2)
        article.refresh_from_db()
        assert "Bạn đọc chưa thấy" in response.content.decode()
        assert (article.title, article.pending.snapshot["title"]) == ("Bản một", "Bản hai")

    def test_the_dates_of_a_published_article_stay(self, client, chief):
        other = factories.user(None, BOARD)
        article = factories.draft(other)
        for action, person in (("submit", other), ("approve", chief), ("publish", chief)):
            workflow.perform(action, article, person)
        published = article.publish_at
        self.post(client, article, phien_ban=2)
        article.refresh_from_db()
        assert (article.state, article.publish_at) == (State.PUBLISHED, published)

    def test_a_stale_page_is_refused_in_words_and_keeps_the_reason(self, client, article, chief):
        opened = article.version
        saved(article, chief, title="Bản ba")
        response = self.post(client, article, started_from=opened, reason="Lý do đã gõ")
        html = response.content.decode()
        assert response.status_code == 409
        assert "người khác thay đổi" in html
        assert "Lý do đã gõ" in html
        assert Article.objects.get().title == "Bản ba"

    def test_what_waits_for_approval_cannot_be_restored_by_its_reporter(self, client):
        writer = factories.user(None, REPORTER)
        article = saved(factories.draft(writer, title="Bản một"), writer, title="Bản hai")
        workflow.perform("submit", article, writer)
        client.force_login(writer)
        assert "Chờ duyệt" in page(client, article, "compare", "?tu=moi-nhat&den=1")
        assert self.post(client, article).status_code == 409
        assert Article.objects.get().title == "Bản hai"

    def test_the_same_text_again_changes_nothing(self, client, article):
        response = self.post(client, article, phien_ban=2)
        assert "không có gì thay đổi" in response.content.decode()
        assert Article.objects.get().version == 2

    @pytest.mark.parametrize("wrong", [{"phien_ban": "x"}, {"phien_ban": "99"}, {"started_from": "x"},
                                       {"phien_ban": ""}, {"started_from": "9" * 30}, {"reason": "a\0b" * 900}])
    def test_made_up_values_end_in_no_error(self, client, article, wrong):
        assert self.post(client, article, **wrong).status_code in (200, 404, 409)

    def test_looking_does_not_restore(self, client, article):
        assert client.get(url(article, "restore")).status_code == 302
        assert Article.objects.get().version == 2

    def test_it_needs_a_token(self, article, chief):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(chief)
        assert strict.post(url(article, "restore"), {"phien_ban": 1, "started_from": 2}).status_code == 403


@pytest.mark.parametrize("name", ["history", "compare", "restore"])
def test_a_reporter_finds_no_history_of_another_s_article(client, name):
    article = saved(factories.draft(factories.user("khac", BOARD)), factories.user("sep", BOARD), title="Bí mật")
    client.force_login(factories.user(None, REPORTER))
    response = client.post(url(article, name), {"phien_ban": 1, "started_from": 2})
    assert response.status_code == 403
    assert "Bí mật" not in response.content.decode()
    assert Article.objects.get().version == 2


@pytest.mark.parametrize("name", ["compare", "restore"])
def test_an_article_that_is_none_is_not_found(client, chief, name):
    assert client.get(reverse(f"admin:news_article_{name}", args=[999999])).status_code == 404


def test_an_old_snapshot_without_a_field_can_be_compared_and_restored(client, chief):
    article = saved(factories.draft(chief, title="Bản một"), chief, title="Bản hai")
    first = article.revisions.get(number=1)
    first.snapshot = {"title": "Bản một", "lead": "", "body": "<p>x</p>"}
    first.created_at = timezone.now() - dt.timedelta(days=900)
    first.save()
    assert "một" in page(client, article, "compare", "?tu=1&den=2")
    client.post(url(article, "restore"), {"phien_ban": 1, "started_from": 2})
    assert Article.objects.get().title == "Bản một"
