"""Who may do what with an article: every action by every role, allowed and refused, and by outsiders."""

import factories
import pytest

from news.models import Article
from news.models.article import State

pytestmark = pytest.mark.django_db
REPORTER, EDITOR, BOARD, ADMINISTRATOR = "Phóng viên", "Biên tập viên", "Ban biên tập", "Quản trị"


@pytest.fixture
def author():
    return factories.user("tacgia", REPORTER)


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

    def test_a_list_costs_the_same_whatever_it_holds(self, admin_client):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def fill(first, last):
            for number in range(first, last):
                factories.article(category=factories.category(f"Mục {number}"), tags=[f"từ khóa {number}"],
                                  image=factories.image(), owner=factories.user())  # fmt: skip
                factories.page(f"Trang {number}")

        def costs():
            found = {}
            for model in ("article", "category", "tag", "page", "image"):
                with CaptureQueriesContext(connection) as queries:
                    assert admin_client.get(f"/quan-tri/news/{model}/").status_code == 200
                found[model] = len(queries)
            return found

        fill(0, 2)
        costs()  # what is asked only once a process is asked
        few = costs()
        fill(2, 12)
        assert costs() == few

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
