"""Saving from the admin's form: conflicts, buttons that say what they do, steps for many articles, lists."""
import datetime as dt

import factories
import pytest
from django.utils import timezone
from newsroom import BOARD, EDITOR, LIST, REPORTER, address, fields

from news import workflow
from news.models import Article, Autosave
from news.models.choices import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return factories.user("lan", REPORTER, full_name="Hoàng Thị Lan")


@pytest.fixture
def chief():
    return factories.user("binh", BOARD, full_name="Trần Văn Bình")


@pytest.fixture
def board(client, chief):
    client.force_login(chief)
    return client


def messages(response):
    return [str(message) for message in response.context["messages"]]


class TestConflicts:
    @pytest.fixture
    def article(self, author):
        return factories.draft(author, title="Ban đầu", lead="Sa-pô ban đầu", body="<p>Một.</p><p>Hai.</p>")

    def overtaken(self, article, chief, **changes):
        """The fields of a form that was opened before the chief saved `changes`."""
        opened = fields(article)
        theirs = Article.objects.get()
        for name, value in changes.items():
            setattr(theirs, name, value)
        workflow.save(theirs, chief)
        return opened

    def test_a_stale_save_is_refused_and_both_texts_are_shown(self, client, author, chief, article):
        opened = self.overtaken(article, chief, title="Của Bình")
        client.force_login(author)
        response = client.post(address(article), {**opened, "title": "Của Lan"}, follow=True)
        html = response.content.decode()
        assert "Trần Văn Bình đã lưu bài này" in html
        assert "Của Bình" in html
        assert "Của Lan" in html
        assert Article.objects.get().title == "Của Bình"

    def test_what_was_typed_survives_the_window(self, client, author, chief, article):
        opened = self.overtaken(article, chief, title="Của Bình")
        client.force_login(author)
        client.post(address(article), {**opened, "title": "Của Lan"})
        assert Autosave.objects.get().data["title"] == ["Của Lan"]

    @pytest.mark.parametrize(("pick", "title"), [("mine", "Của Lan"), ("theirs", "Của Bình")])
    def test_the_chosen_text_opens_in_the_form_unsaved(self, client, author, chief, article, pick, title):
        opened = self.overtaken(article, chief, title="Của Bình")
        client.force_login(author)
        client.post(address(article), {**opened, "title": "Của Lan", "lead": "Sa-pô của Lan"})
        choice = {"pick_title": pick, "pick_lead": "mine", "version": 2}
        response = client.post(address(article, "xung-dot"), choice, follow=True)
        html = response.content.decode()
        assert f'value="{title}"' in html
        assert "Sa-pô của Lan" in html
        assert 'name="started_from" value="2"' in html
        assert Article.objects.get().version == 2

    def test_changes_in_different_places_are_merged(self, client, author, chief, article):
        opened = self.overtaken(article, chief, body="<p>Một của Bình.</p><p>Hai.</p>", title="Của Bình")
        client.force_login(author)
        client.post(address(article), {**opened, "body": "<p>Một.</p><p>Hai của Lan.</p>"})
        client.post(address(article, "xung-dot"), {"version": 2})
        kept = Autosave.objects.get().data
        assert "Một của Bình." in kept["body"][0]
        assert "Hai của Lan." in kept["body"][0]
        assert kept["title"] == ["Của Bình"]  # who alone changed it

    def test_both_bodies_can_be_kept(self, client, author, chief, article):
        opened = self.overtaken(article, chief, body="<p>Bình viết lại.</p>")
        client.force_login(author)
        client.post(address(article), {**opened, "body": "<p>Lan viết lại.</p>"})
        client.post(address(article, "xung-dot"), {"version": 2, "pick_body": "both"})
        body = Autosave.objects.get().data["body"][0]
        assert body.index("Bình viết lại") < body.index("Lan viết lại")

    def test_a_choice_that_was_overtaken_again_is_asked_again(self, client, author, chief, article):
        opened = self.overtaken(article, chief, title="Của Bình")
        client.force_login(author)
        client.post(address(article), {**opened, "title": "Của Lan"})
        self.overtaken(article, chief, title="Bình lần hai")
        response = client.post(address(article, "xung-dot"), {"version": 2, "pick_title": "mine"})
        html = response.content.decode()
        assert "lần nữa" in html
        assert "Bình lần hai" in html

    def test_saving_what_is_stored_already_is_no_conflict(self, client, author, chief, article):
        opened = self.overtaken(article, chief, title="Cùng một tiêu đề")
        client.force_login(author)
        response = client.post(address(article), {**opened, "title": "Cùng một tiêu đề"}, follow=True)
        assert "không còn gì phải chọn" in messages(response)[0]
        assert not Autosave.objects.exists()

    def test_who_lost_the_right_meanwhile_still_has_the_text(self, client, author, article):
        opened = fields(article)
        workflow.perform("submit", article, author)
        client.force_login(author)
        response = client.post(address(article), {**opened, "title": "Gõ khi bài đã gửi"}, follow=True)
        html = response.content.decode()
        assert "chờ biên tập trả lời" in html
        assert "Gõ khi bài đã gửi" in html
        assert client.post(address(article, "xung-dot"), {"version": 2, "pick_title": "mine"}).status_code == 200
        assert Article.objects.get().title == "Ban đầu"

    def test_a_form_with_errors_stays_as_it_was_typed(self, board, article):
        response = board.post(address(article), fields(article, title="", lead="Vẫn còn đây"))
        assert response.status_code == 200
        assert "Vẫn còn đây" in response.content.decode()


class TestButtons:
    def test_the_button_says_now_or_when(self, board, author):
        article = factories.article(owner=author, state=State.APPROVED, publish_at=None)
        assert "Xuất bản ngay</button>" in board.get(address(article)).content.decode()
        at = timezone.make_aware(dt.datetime(2099, 11, 25, 8, 0))
        Article.objects.update(publish_at=at)
        assert "Hẹn đăng 08:00 ngày 25-11-2099</button>" in board.get(address(article)).content.decode()

    def test_what_cannot_be_done_is_said_with_the_reason(self, client, author):
        article = factories.draft(author)
        client.force_login(author)
        html = client.get(address(article)).content.decode()
        assert "Bạn không có quyền duyệt: việc này thuộc về Ban biên tập." in html
        assert 'value="approve"' not in html

    def test_own_texts_are_approved_with_a_mark_and_a_reason_alone(self, board, chief):
        article = factories.article(owner=chief, state=State.WAITING)
        assert "Tự duyệt" in board.get(address(article)).content.decode()
        board.post(address(article), fields(article, _action="approve"))
        assert Article.objects.get().state == State.WAITING
        board.post(address(article), fields(article, _action="approve", override="on", reason="Trực một mình"))
        assert Article.objects.get().state == State.APPROVED
        assert "tự duyệt bài của mình" in board.get(address(article)).content.decode()

    def test_publishing_with_a_date_in_the_form_is_one_press(self, board, author):
        article = factories.article(owner=author, state=State.APPROVED, publish_at=None)
        when = {"publish_at_0": "25-11-2099", "publish_at_1": "08:00"}
        board.post(address(article), fields(article, **when, _action="publish"))
        article.refresh_from_db()
        assert article.state_label == "Hẹn giờ đăng"

    def test_a_changed_text_is_not_published_with_the_same_press(self, board, author):
        article = factories.article(owner=author, state=State.APPROVED, publish_at=None)
        response = board.post(address(article), fields(article, title="Chưa ai duyệt", _action="publish"), follow=True)
        assert "Cần duyệt trước" in messages(response)[-1]
        article.refresh_from_db()
        assert (article.state, article.title) == (State.WAITING, "Chưa ai duyệt")

    def test_withdrawing_tells_readers_what_they_may_know(self, board, author):
        article = factories.article(owner=author)
        said = {"reason": "Sai nguồn", "public_reason": "Đang kiểm tra lại"}
        board.post(address(article), fields(article, _action="withdraw", **said))
        article.refresh_from_db()
        assert (article.reason, article.public_reason) == ("Sai nguồn", "Đang kiểm tra lại")

    def test_the_seconds_of_an_imported_date_outlive_a_save(self, board):
        article = factories.article(publish_at=timezone.make_aware(dt.datetime(2021, 3, 24, 10, 21, 37)))
        data = fields(article, internal_note="Ghi chú", publish_at_1="10:21")
        board.post(address(article), data)
        article.refresh_from_db()
        assert (article.publish_at.second, article.pending) == (37, None)

    def test_an_editor_sees_the_waiting_change_and_readers_do_not(self, board):
        article = factories.pending_change(State.WAITING)
        html = board.get(address(article)).content.decode()
        assert "Tiêu đề đã sửa" in html
        assert "bản sửa: Chờ duyệt" in html
        assert "Tiêu đề bạn đọc có" in board.get(article.get_absolute_url()).content.decode()

    def test_who_may_only_look_sees_the_newest_text(self, client, author):
        article = factories.pending_change(State.WAITING, owner=author)
        client.force_login(author)
        assert "Tiêu đề đã sửa" in client.get(address(article)).content.decode()

    def test_related_articles_are_four_at_most_and_never_somebody_s_draft(self, client, author):
        article, hidden = factories.draft(author), factories.draft(factories.user(), title="Nháp của người khác")
        many = [factories.article() for _ in range(5)]
        client.force_login(author)
        html = client.post(address(article), fields(article, related=[row.pk for row in many])).content.decode()
        assert "tối đa 4" in html
        html = client.post(address(article), fields(article, related=[hidden.pk])).content.decode()
        assert "Nháp của người khác" not in html
        client.post(address(article), fields(article, related=[many[0].pk]))
        assert list(article.related.all()) == [many[0]]


class TestManyAtOnce:
    def run(self, client, action, articles, **data):
        chosen = {"action": f"bulk_{action}", "_selected_action": [article.pk for article in articles], "index": 0}
        return client.post(LIST, {**chosen, **data}, follow=True)

    def test_each_goes_through_the_workflow_and_each_refusal_is_a_line(self, board, author, chief):
        good = [factories.article(f"Chờ {n}", owner=author, state=State.WAITING) for n in range(2)]
        own = factories.article("Bài của sếp", owner=chief, state=State.WAITING)
        draft = factories.draft(author, title="Còn nháp")
        told = messages(self.run(board, "approve", [*good, own, draft]))
        assert told[0] == "Đã duyệt: 2 bài."
        assert any("“Bài của sếp”" in line and "nhờ người khác" in line for line in told)
        assert any("“Còn nháp”" in line and "Bản nháp" in line for line in told)
        assert len(told) == 3
        assert Article.objects.filter(state=State.APPROVED).count() == 2

    def test_withdrawing_asks_for_the_reason_first(self, board):
        article = factories.article()
        html = self.run(board, "withdraw", [article]).content.decode()
        assert "Lý do (bắt buộc)" in html
        assert Article.objects.get().state == State.PUBLISHED
        said = {"reason": "Hết hiệu lực", "public_reason": "Đã thay bằng bài mới"}
        self.run(board, "withdraw", [article], _confirmed="1", **said)
        article.refresh_from_db()
        assert (article.state, article.public_reason) == (State.WITHDRAWN, "Đã thay bằng bài mới")

    def test_moving_waits_where_readers_have_the_article(self, board, author):
        target = factories.category("Kinh tế")
        draft, live = factories.draft(author), factories.article()
        self.run(board, "move", [draft, live], _confirmed="1", category=target.pk)
        draft.refresh_from_db()
        live.refresh_from_db()
        assert draft.category == target
        assert live.category != target
        assert live.pending.snapshot["category"] == target.pk

    def test_the_trash_tells_where_an_article_is_used(self, board, author):
        article = factories.draft(author, title="Bài bị bỏ")
        factories.article("Bài trỏ đến").related.add(article)
        html = self.run(board, "trash", [article]).content.decode()
        assert "Tin liên quan của “Bài trỏ đến”" in html

    def test_the_trash_gives_back(self, board, author):
        article = factories.draft(author)
        self.run(board, "trash", [article], _confirmed="1")
        assert article.title not in board.get(LIST).content.decode()
        assert article.title in board.get(LIST + "?trang-thai=trash").content.decode()
        chosen = {"action": "bulk_untrash", "_selected_action": [article.pk], "index": 0}
        board.post(LIST + "?trang-thai=trash", chosen)
        assert article.title in board.get(LIST).content.decode()

    def test_a_reporter_in_bulk_is_a_reporter_still(self, client, author):
        waiting = factories.article(owner=author, state=State.WAITING)
        client.force_login(author)
        told = messages(self.run(client, "approve", [waiting]))
        assert "không có quyền" in told[0]

    @pytest.mark.parametrize("action", ["submit", "approve", "publish", "return", "withdraw", "trash", "move"])
    def test_another_s_articles_are_out_of_reach(self, client, author, action):
        other = factories.article(owner=factories.user(), state=State.WAITING)
        client.force_login(author)
        self.run(client, action, [other], _confirmed="1", reason="x", category=other.category_id)
        assert Article.objects.get().version == 1


class TestLists:
    @pytest.mark.parametrize(("query", "titles"), [
        ("", {"nháp", "chờ", "đăng", "hẹn", "hết", "gỡ", "sửa"}), ("?trang-thai=draft", {"nháp", "sửa"}),
        ("?trang-thai=waiting", {"chờ"}), ("?trang-thai=published", {"đăng", "sửa"}),
        ("?trang-thai=scheduled", {"hẹn"}),
        ("?trang-thai=expired", {"hết"}), ("?trang-thai=withdrawn", {"gỡ"}), ("?trang-thai=trash", {"rác"}),
        ("?trang-thai=changed", {"sửa"}), ("?viec=cua-toi", set()), ("?viec=cho-toi", {"chờ"}),
        ("?trang-thai=khong-co", {"nháp", "chờ", "đăng", "hẹn", "hết", "gỡ", "sửa"}),
        ("?tu-ngay=2090-01-01", {"hẹn"}), ("?den-ngay=01/01/2011", {"gỡ"}), ("?tu-ngay=32-13-2020", {"nháp", "chờ",
         "đăng", "hẹn", "hết", "gỡ", "sửa"}),
    ])  # fmt: skip
    def test_filters_find_what_they_say(self, board, author, query, titles):
        now = timezone.now()
        factories.draft(author, title="nháp")
        factories.article("chờ", owner=author, state=State.WAITING, publish_at=None)
        factories.article("đăng")
        factories.article("hẹn", publish_at=timezone.make_aware(dt.datetime(2099, 1, 1)))
        factories.article("hết", publish_at=now - dt.timedelta(days=2), expire_at=now - dt.timedelta(days=1))
        factories.article("gỡ", state=State.WITHDRAWN, publish_at=timezone.make_aware(dt.datetime(2010, 12, 31, 23)))
        article = factories.pending_change(State.DRAFT)
        Article.objects.filter(pk=article.pk).update(title="sửa")
        factories.draft(author, title="rác", deleted_at=now)
        found = {row.title for row in board.get(LIST + query).context["cl"].result_list}
        assert found == titles

    def test_the_owner_filter_is_for_those_who_see_others(self, board, client, author):
        factories.draft(author)
        assert len(board.get(f"{LIST}?nguoi-viet={author.pk}").context["cl"].result_list) == 1
        client.force_login(author)
        assert "Theo người viết" not in client.get(LIST).content.decode()

    def test_a_list_reads_no_text(self, board):
        factories.article()
        article = board.get(LIST).context["cl"].result_list[0]
        assert {"body", "rendered", "search", "lead"} <= article.get_deferred_fields()

    def test_a_long_list_is_estimated_not_counted(self, board, monkeypatch, django_assert_max_num_queries):
        from news.admin import paging

        monkeypatch.setattr(paging, "COUNTED", 3)
        for _ in range(6):
            factories.article()
        with django_assert_max_num_queries(20) as captured:
            changelist = board.get(LIST).context["cl"]
        assert changelist.result_count > 3
        counts = [query["sql"] for query in captured if query["sql"].startswith("SELECT COUNT(*)")]
        assert all("LIMIT" in sql for sql in counts)


def test_an_editor_who_edits_a_waiting_text_keeps_it_waiting(client, author):
    article = factories.article(owner=author, state=State.WAITING)
    client.force_login(factories.user(None, EDITOR))
    client.post(address(article), fields(article, title="Biên tập lại"))
    article.refresh_from_db()
    assert (article.title, article.state) == ("Biên tập lại", State.WAITING)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_a_form_sent_where_a_paste_is_cleaned_is_refused_in_words(board, kind):
    response = board.post(LIST + "don-doan-dan/", "html=<p>x</p>", content_type=kind)
    assert (response.status_code, response.content.decode()) == (415, "Chỉ nhận đoạn HTML.")
