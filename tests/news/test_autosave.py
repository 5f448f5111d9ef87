"""What is typed and not saved: one row for each person and article, outside the history, for its writer alone."""
import json
import uuid

import factories
import pytest
from newsroom import BOARD, LIST, REPORTER, address, fields

from news import autosaves
from news.models import Article, Autosave, Editing, Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return factories.user("lan", REPORTER, full_name="Hoàng Thị Lan")


@pytest.fixture
def reporter(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def article(author):
    return factories.draft(author)


def autosave(client, article, **changed):
    return client.post(address(article, "tu-luu"), fields(article, **changed))


def test_what_is_typed_is_kept_outside_the_history(reporter, author, article):
    answer = autosave(reporter, article, title="Đang gõ").json()
    row = Autosave.objects.get()
    assert (row.person, row.article, row.version) == (author, article, 1)
    assert row.data["title"] == ["Đang gõ"]
    assert answer["stamp"] == str(row.stamp)
    article.refresh_from_db()
    assert (article.title != "Đang gõ", Revision.objects.count()) == (True, 0)


def test_the_next_one_takes_its_place(reporter, article):
    stamp = autosave(reporter, article, title="Một").json()["stamp"]
    autosave(reporter, article, title="Hai", _stamp=stamp)
    assert Autosave.objects.get().data["title"] == ["Hai"]


def test_text_equal_to_what_is_saved_is_thrown_away(reporter, article):
    stamp = autosave(reporter, article, title="Đang gõ").json()["stamp"]
    answer = autosave(reporter, article, _stamp=stamp).json()
    assert (answer["kept"], Autosave.objects.exists()) == (False, False)


def test_html_that_differs_in_line_breaks_alone_is_equal(reporter, article):
    body = article.body.replace("</p>", "</p>\r\n\r\n").replace("<p>", "\t<p>")
    assert autosave(reporter, article, body=body).json()["kept"] is False


def test_another_window_of_the_same_person_is_not_overwritten(reporter, article):
    autosave(reporter, article, title="Cửa sổ một")
    answer = autosave(reporter, article, title="Cửa sổ hai")
    assert answer.status_code == 409
    assert "cửa sổ khác" in answer.json()["error"]
    assert Autosave.objects.get().data["title"] == ["Cửa sổ một"]


def test_who_asks_for_it_overwrites_another_window(reporter, article):
    autosave(reporter, article, title="Cửa sổ một")
    answer = autosave(reporter, article, title="Từ trình duyệt", _force="1").json()
    assert answer["url"] == address(article) + "?tu-luu=1"
    assert Autosave.objects.get().data["title"] == ["Từ trình duyệt"]


def test_two_people_keep_a_text_each(reporter, client, article):
    autosave(reporter, article, title="Của Lan")
    client.force_login(factories.user(None, BOARD))
    autosave(client, article, title="Của Bình")
    assert {row.data["title"][0] for row in Autosave.objects.all()} == {"Của Lan", "Của Bình"}


def test_it_is_offered_when_the_form_is_opened_again(reporter, article):
    autosave(reporter, article, title="Đang gõ")
    html = reporter.get(address(article)).content.decode()
    assert "Mở bản gõ dở" in html
    html = reporter.get(address(article) + "?tu-luu=1").content.decode()
    assert 'value="Đang gõ"' in html
    assert "chưa được lưu vào bài" in html


def test_it_is_sanitised_before_it_reaches_the_editor(reporter, article):
    autosave(reporter, article, body="<p>Chữ<script>alert(1)</script><img src=x onerror=alert(1)></p>")
    html = reporter.get(address(article) + "?tu-luu=1").content.decode()
    assert "alert(1)" not in html


def test_saving_the_article_ends_it(reporter, article):
    autosave(reporter, article, title="Đang gõ")
    reporter.post(address(article), fields(article, title="Đang gõ", _continue="1"))
    assert not Autosave.objects.exists()
    assert Article.objects.get().title == "Đang gõ"


def test_one_that_equals_the_saved_text_by_now_is_not_offered(reporter, article):
    autosave(reporter, article, title="Đang gõ")
    Article.objects.update(title="Đang gõ")
    assert "Mở bản gõ dở" not in reporter.get(address(article)).content.decode()
    assert not Autosave.objects.exists()


def test_a_restored_text_that_somebody_overtook_is_refused_when_saved(reporter, author, article):
    autosave(reporter, article, title="Đang gõ")
    Article.objects.update(title="Của người khác", version=2)
    html = reporter.get(address(article) + "?tu-luu=1").content.decode()
    assert 'name="started_from" value="1"' in html
    response = reporter.post(address(article), fields(article, title="Đang gõ", started_from=1))
    assert response.url == address(article, "xung-dot")
    assert Article.objects.get().title == "Của người khác"


def test_a_copy_in_the_browser_is_offered_only_while_it_is_unsaved(reporter, author, article):
    copy = {**fields(article, title="Gõ rồi gửi"), "_look": "1"}
    assert reporter.post(address(article, "tu-luu"), copy).json()["kept"] is True
    assert not Autosave.objects.exists()
    reporter.post(address(article), fields(article, title="Gõ rồi gửi"))
    article.refresh_from_db()
    reporter.post(address(article), fields(article, title="Sửa tiếp sau đó"))
    assert reporter.post(address(article, "tu-luu"), copy).json()["kept"] is False


class TestNewArticles:
    def test_each_form_keeps_a_row_of_its_own(self, reporter):
        for number in range(2):
            data = {"title": f"Bài {number}", "form_token": str(uuid.uuid4())}
            assert reporter.post(LIST + "tu-luu/", data).json()["kept"]
        assert Autosave.objects.filter(article=None).count() == 2

    def test_they_are_offered_with_the_next_new_form(self, reporter):
        token = str(uuid.uuid4())
        reporter.post(LIST + "tu-luu/", {"title": "Viết dở", "form_token": token})
        html = reporter.get(LIST + "add/").content.decode()
        assert "Viết dở" in html
        html = reporter.get(f"{LIST}add/?tu-luu={token}").content.decode()
        assert 'value="Viết dở"' in html
        assert token in html

    def test_an_empty_form_is_not_worth_keeping(self, reporter, author):
        answer = reporter.post(LIST + "tu-luu/", {"title": "", "pen_name": author.pen_name, "genre": "tin",
                                                  "form_token": str(uuid.uuid4())})  # fmt: skip
        assert answer.json()["kept"] is False

    def test_saving_ends_it(self, reporter):
        token, category = str(uuid.uuid4()), factories.category()
        data = {"title": "Bài mới", "body": "<p>x</p>", "category": category.pk, "form_token": token}
        reporter.post(LIST + "tu-luu/", data)
        reporter.post(LIST + "add/", data)
        assert not Autosave.objects.exists()
        assert str(Article.objects.get().form_key) == token

    def test_the_same_form_sent_again_with_another_text_is_a_choice_between_two(self, reporter):
        token, category = str(uuid.uuid4()), factories.category()
        data = {"title": "Bài mới", "body": "<p>x</p>", "category": category.pk, "form_token": token}
        reporter.post(LIST + "add/", data)
        response = reporter.post(LIST + "add/", {**data, "title": "Gõ thêm"}, follow=True)
        html = response.content.decode()
        assert "Bài mới" in html
        assert "Gõ thêm" in html
        assert Article.objects.get().title == "Bài mới"


class TestOutsiders:
    @pytest.mark.parametrize("page", ["tu-luu", "tu-luu/bo", "roi", "xung-dot", "xem-truoc", "chia-se"])
    def test_another_s_draft_is_closed_to_a_reporter(self, reporter, page):
        other = factories.draft(factories.user())
        assert reporter.get(address(other, page)).status_code == 403
        assert reporter.post(address(other, page), {"title": "x"}).status_code == 403

    def test_nobody_reads_what_another_typed(self, reporter, client, article):
        autosave(reporter, article, title="Chỉ Lan thấy")
        client.force_login(factories.user(None, BOARD))
        for query in ("", "?tu-luu=1"):
            assert "Chỉ Lan thấy" not in client.get(address(article) + query).content.decode()

    def test_who_may_not_edit_now_keeps_nothing_on_the_server(self, reporter, article):
        Article.objects.update(state="waiting")
        answer = autosave(reporter, article, title="Gõ tiếp")
        assert answer.status_code == 403
        assert "chờ biên tập trả lời" in answer.json()["error"]

    def test_somebody_without_a_session_is_led_to_the_login(self, client, article):
        assert autosave(client, article, title="x").status_code == 302

    def test_a_post_without_a_token_is_refused(self, author, article):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(author)
        assert strict.post(address(article, "tu-luu"), {"title": "x"}).status_code == 403
        assert not Autosave.objects.exists()


@pytest.mark.parametrize("data", [
    {"title": "a\0b"}, {"title": "\ud800".encode("utf-8", "surrogatepass")}, {"publish_at_0": "32-13-2026"},
    {"category": "khong-co"}, {"tags": "999999999999"}, {"started_from": "x" * 50}, {"_stamp": "khong-phai"}, {},
])  # fmt: skip
def test_odd_input_is_kept_or_refused_and_never_fails(reporter, article, data):
    answer = reporter.post(address(article, "tu-luu"), {"title": "Đang gõ", **data})
    assert answer.status_code in (200, 400)
    reporter.get(address(article) + "?tu-luu=1")


def test_more_than_an_article_can_hold_is_refused(reporter, article, monkeypatch):
    monkeypatch.setattr(autosaves, "MAX_CHARACTERS", 1000)
    answer = autosave(reporter, article, body="x" * 1001)
    assert answer.status_code == 413
    assert "quá dài" in answer.json()["error"]


def test_who_is_there_is_named_to_the_others_and_not_to_themselves(reporter, client, author, article):
    assert reporter.get(address(article, "tu-luu")).json()["others"] == []
    client.force_login(factories.user("binh", BOARD, full_name="Trần Văn Bình"))
    assert client.get(address(article, "tu-luu")).json()["others"] == ["Hoàng Thị Lan"]
    Editing.objects.update(seen_at=Editing.objects.first().seen_at - Editing.SILENCE * 2)
    assert client.get(address(article, "tu-luu")).json()["others"] == []


def test_a_closed_window_is_gone_at_once(reporter, article):
    reporter.get(address(article, "tu-luu"))
    reporter.post(address(article, "roi"))
    assert not Editing.objects.exists()


def test_an_autosave_takes_few_queries(reporter, article, django_assert_max_num_queries):
    stamp = autosave(reporter, article, title="Một").json()["stamp"]
    with django_assert_max_num_queries(24):
        autosave(reporter, article, title="Hai", _stamp=stamp)


def test_answers_are_never_cached(reporter, article):
    for answer in (reporter.get(address(article, "tu-luu")), autosave(reporter, article, title="x")):
        assert "no-store" in answer["Cache-Control"]
        json.loads(answer.content)
