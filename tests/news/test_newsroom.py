"""Who may do what with an article: every action by every role, allowed and refused, and by outsiders."""
import datetime as dt

import factories
import pytest
from django.utils import timezone

from news import states, workflow
from news.models import Article
from news.models.article import State

pytestmark = pytest.mark.django_db
REPORTER, EDITOR, BOARD, ADMINISTRATOR = "Phóng viên", "Biên tập viên", "Ban biên tập", "Quản trị"


@pytest.fixture
def author():
    return factories.user("tacgia", REPORTER)


# (action, state it starts from, roles that may do it to another's article)
CASES = [
    ("submit", State.DRAFT, {EDITOR, BOARD, ADMINISTRATOR}),
    ("submit", State.RETURNED, {EDITOR, BOARD, ADMINISTRATOR}),
    ("return", State.WAITING, {EDITOR, BOARD, ADMINISTRATOR}),
    ("return", State.APPROVED, {EDITOR, BOARD, ADMINISTRATOR}),
    ("approve", State.WAITING, {BOARD, ADMINISTRATOR}),
    ("publish", State.APPROVED, {BOARD, ADMINISTRATOR}),
    ("publish", State.WITHDRAWN, {BOARD, ADMINISTRATOR}),
    ("withdraw", State.PUBLISHED, {BOARD, ADMINISTRATOR}),
]


@pytest.mark.parametrize("role", [REPORTER, EDITOR, BOARD, ADMINISTRATOR, None])
@pytest.mark.parametrize(("action", "state", "allowed"), CASES)
def test_an_action_is_for_those_whose_role_it_is(author, role, action, state, allowed):
    article = factories.article(owner=author, state=state)
    person = factories.user("nguoikhac", *([role] if role else []))
    if role in allowed:
        workflow.perform(action, article, person, "lý do")
        assert Article.objects.get().state == states.ACTIONS[action].target
    else:
        with pytest.raises(workflow.RefusedError):
            workflow.perform(action, article, person, "lý do")
        assert Article.objects.get().state == state


@pytest.mark.parametrize("action", ["submit", "return", "approve", "publish", "withdraw"])
@pytest.mark.parametrize("state", State)
def test_an_action_starts_only_where_it_may(author, action, state):
    article = factories.article(owner=author, state=state)
    person = factories.user("tongbientap", BOARD)
    if state in states.ACTIONS[action].sources:
        workflow.perform(action, article, person, "lý do")
    else:
        with pytest.raises(workflow.RefusedError, match="trạng thái"):
            workflow.perform(action, article, person, "lý do")


def test_a_reporter_sends_an_article_of_their_own_and_can_do_no_more(author):
    article = factories.draft(author)
    workflow.perform("submit", article, author)
    assert states.actions_for(article, author) == []
    assert not states.may_edit(article, author)


def test_returning_needs_a_reason(author):
    article = factories.article(owner=author, state=State.WAITING)
    with pytest.raises(workflow.RefusedError, match="lý do"):
        workflow.perform("return", article, factories.user(None, EDITOR), "  ")


def test_an_article_without_a_date_is_published_now(author):
    article = factories.article(owner=author, state=State.APPROVED, publish_at=None)
    workflow.perform("publish", article, factories.user(None, BOARD))
    assert Article.objects.published().get() == article


def test_an_article_with_a_date_to_come_waits_for_it(author):
    later = timezone.now() + dt.timedelta(days=1)
    article = factories.article(owner=author, state=State.APPROVED, publish_at=later)
    workflow.perform("publish", article, factories.user(None, BOARD))
    assert not Article.objects.published().exists()
    assert article.state_label == "Hẹn giờ đăng"


def test_an_action_on_what_somebody_else_just_changed_is_refused(author):
    article = factories.article(owner=author, state=State.WAITING)
    stale = Article.objects.get()
    board = factories.user(None, BOARD)
    workflow.perform("approve", article, board)
    with pytest.raises(workflow.RefusedError, match="người khác thay đổi"):
        workflow.perform("return", stale, board, "lý do")


class TestTheAdmin:
    def url(self, article, page="change"):
        return f"/quan-tri/news/article/{article.pk}/{page}/"

    def data(self, article, **values):
        return {"title": article.title, "slug": article.slug, "lead": article.lead, "body": article.body,
                "category": article.category_id, "started_from": article.version, **values}  # fmt: skip

    @pytest.fixture
    def reporter(self, client, author):
        client.force_login(author)
        return client

    def test_a_reporter_finds_only_their_own_articles(self, reporter, author):
        factories.draft(author, title="Bài của tôi")
        factories.draft(factories.user(), title="Bài của người khác")
        html = reporter.get("/quan-tri/news/article/").content.decode()
        assert "Bài của tôi" in html
        assert "Bài của người khác" not in html

    @pytest.mark.parametrize("page", ["change", "delete", "history"])
    def test_a_reporter_cannot_open_another_s_article(self, reporter, page):
        article = factories.draft(factories.user())
        assert reporter.get(self.url(article, page)).status_code in (302, 403)

    def test_a_reporter_cannot_write_to_another_s_article(self, reporter):
        article = factories.draft(factories.user())
        reporter.post(self.url(article), self.data(article, title="Chiếm bài"))
        assert Article.objects.get().title == article.title

    def test_a_reporter_cannot_publish(self, reporter, author):
        article = factories.draft(author)
        reporter.post(self.url(article), self.data(article, _action="publish"))
        assert Article.objects.get().state == State.DRAFT

    def test_no_form_field_sets_the_state(self, reporter, author):
        article = factories.draft(author)
        reporter.post(self.url(article), self.data(article, state="published", owner="1"))
        assert (Article.objects.get().state, Article.objects.get().owner) == (State.DRAFT, author)

    def test_saving_and_sending_is_one_press(self, reporter, author):
        article = factories.draft(author)
        reporter.post(self.url(article), self.data(article, title="Tiêu đề mới", _action="submit"))
        saved = Article.objects.get()
        assert (saved.title, saved.state) == ("Tiêu đề mới", State.WAITING)

    def test_a_new_article_belongs_to_who_wrote_it(self, reporter, author):
        category = factories.category()
        reporter.post("/quan-tri/news/article/add/", {"title": "Bài mới", "body": "<p>x</p>", "category": category.pk})
        assert Article.objects.get().owner == author

    def test_a_stale_save_is_refused_and_the_text_stays_on_the_screen(self, reporter, author):
        article = factories.draft(author)
        first = self.data(article, title="Bản thứ nhất")
        reporter.post(self.url(article), first)
        response = reporter.post(self.url(article), {**first, "title": "Bản thứ hai"}, follow=True)
        assert Article.objects.get().title == "Bản thứ nhất"
        html = response.content.decode()
        assert "đã lưu bài này" in html
        assert "Bản thứ nhất" in html
        assert "Bản thứ hai" in html

    def test_the_list_is_searched_without_marks(self, client):
        client.force_login(factories.user(None, BOARD))
        factories.article("Hội nghị Ủy ban nhân dân")
        factories.article("Lịch cắt nước", lead="")
        html = client.get("/quan-tri/news/article/?q=uy+ban+nhan").content.decode()
        assert "Hội nghị Ủy ban nhân dân" in html
        assert "Lịch cắt nước" not in html

    @pytest.mark.parametrize("model", ["article", "category", "tag", "page", "image"])
    def test_a_list_costs_the_same_whatever_it_holds(self, admin_client, django_assert_max_num_queries, model):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def fill(first, last):
            for number in range(first, last):
                factories.article(category=factories.category(f"Mục {number}"), tags=[f"từ khóa {number}"],
                                  image=factories.image(), owner=factories.user())  # fmt: skip
                factories.page(f"Trang {number}")

        fill(0, 2)
        with CaptureQueriesContext(connection) as few:
            admin_client.get(f"/quan-tri/news/{model}/")
        fill(2, 12)
        with django_assert_max_num_queries(len(few)):
            assert admin_client.get(f"/quan-tri/news/{model}/").status_code == 200

    def test_a_picture_is_uploaded_once(self, client):
        client.force_login(factories.user(None, REPORTER))
        from django.core.files.uploadedfile import SimpleUploadedFile

        from news.models import Image

        for _ in range(2):
            upload = SimpleUploadedFile("ảnh cầu.jpg", factories.picture_bytes(), "image/jpeg")
            client.post("/quan-tri/news/image/add/", {"upload": upload, "alt": "Cầu mới"})
        assert Image.objects.count() == 1

    def test_a_file_that_is_no_picture_is_refused_with_a_sentence(self, client):
        client.force_login(factories.user(None, REPORTER))
        from django.core.files.uploadedfile import SimpleUploadedFile

        upload = SimpleUploadedFile("anh.jpg", b"<svg onload=alert(1)>", "image/jpeg")
        response = client.post("/quan-tri/news/image/add/", {"upload": upload, "alt": "Cầu mới"})
        assert "không phải ảnh" in response.content.decode()

    @pytest.mark.parametrize("path", ["", "news/article/", "news/article/add/", "portal/user/"])
    def test_nobody_gets_in_without_logging_in(self, client, path):
        response = client.get(f"/quan-tri/{path}", follow=True)
        assert response.redirect_chain[-1][0] == f"/dang-nhap/?next=/quan-tri/{path}"

    def test_an_administrator_by_role_cannot_make_a_superuser_of_anyone(self, client, admin_user):
        person = factories.user("truongphong", ADMINISTRATOR)
        client.force_login(person)
        assert client.get(f"/quan-tri/portal/user/{admin_user.pk}/change/").status_code in (200, 403)
        client.post(f"/quan-tri/portal/user/{admin_user.pk}/change/", {"username": "chiem", "is_active": "on"})
        rights = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}
        client.post(f"/quan-tri/portal/user/{person.pk}/change/", {"username": person.username, **rights})
        admin_user.refresh_from_db()
        person.refresh_from_db()
        assert admin_user.username == "admin"
        assert not person.is_superuser
