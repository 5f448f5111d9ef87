"""What a save writes: versions, revisions, changes that wait, and what readers have in the meantime."""
import datetime as dt

import factories
import pytest
from django.utils import timezone

from news import text, workflow
from news.models import Article, Revision
from news.models.choices import State
from news.signals import content_changed, happened

pytestmark = pytest.mark.django_db
REPORTER, EDITOR, BOARD = "Phóng viên", "Biên tập viên", "Ban biên tập"


@pytest.fixture
def author():
    return factories.user("tacgia", REPORTER)


@pytest.fixture
def chief():
    return factories.user("tongbientap", BOARD)


@pytest.fixture
def heard():
    """What the two signals said while the test ran."""
    said = []

    def changed(**kwargs):
        said.append("changed")

    def told(action, **kwargs):
        said.append(action)

    content_changed.connect(changed)
    happened.connect(told)
    yield said
    content_changed.disconnect(changed)
    happened.disconnect(told)


def test_a_new_article_is_its_first_revision(author):
    tag = factories.tag()
    article = Article(title="Bài mới", body="<p>Chữ.</p>", category=factories.category())
    workflow.save(article, author, {"tags": [tag.pk]})
    revision = Revision.objects.get()
    assert (article.owner, article.version, article.state) == (author, 1, State.DRAFT)
    assert (revision.number, revision.action, revision.author) == (1, "create", author)
    assert list(article.tags.all()) == [tag]
    assert revision.snapshot["tags"] == [tag.pk]


def test_a_save_tells_who_when_what_and_why(author):
    article = factories.draft(author)
    article.title, article.lead = "Tiêu đề mới", "Sa-pô mới"
    workflow.save(article, author, reason="Theo góp ý")
    revision = article.revisions.first()
    assert (revision.number, revision.author, revision.action, revision.reason) == (2, author, "save", "Theo góp ý")
    assert revision.changed == ["title", "lead"]
    assert revision.snapshot["title"] == "Tiêu đề mới"


def test_the_first_save_of_an_imported_article_keeps_what_was_there(author):
    article = factories.draft(author, title="Tiêu đề cũ", ref="cong-cu-1")
    article.title = "Tiêu đề mới"
    workflow.save(article, author)
    baseline = Revision.objects.get(number=1)
    assert (baseline.action, baseline.snapshot["title"]) == ("baseline", "Tiêu đề cũ")


def test_saving_the_same_text_writes_nothing(author):
    article = factories.draft(author, tags=["hội nghị"])
    workflow.save(article, author)
    assert (article.version, Revision.objects.count()) == (1, 0)


def test_line_ends_of_a_browser_are_no_change(author):
    article = factories.draft(author, lead="Một\nHai")
    article.lead = "Một\r\nHai"
    workflow.save(article, author)
    assert article.version == 1


def test_a_change_to_a_published_article_waits(author, heard):
    article = factories.article(owner=author, title="Bạn đọc đang có", tags=["cũ"])
    tag = factories.tag("mới")
    heard.clear()
    article.title = "Đang sửa"
    workflow.save(article, author, {"tags": [tag.pk]})
    stored = Article.objects.get()
    assert (stored.title, stored.state, stored.pending_state) == ("Bạn đọc đang có", State.PUBLISHED, State.DRAFT)
    assert [tag.name for tag in stored.tags.all()] == ["cũ"]
    assert stored.pending.snapshot["title"] == "Đang sửa"
    assert heard == []  # no reader's page changes


def test_readers_get_the_change_when_it_is_published(author, chief, heard):
    article = factories.article(owner=author, title="Bạn đọc đang có")
    tag = factories.tag("mới")
    heard.clear()
    article.title, article.body = "Đã sửa", "<p>Nội dung đã sửa.</p>"
    workflow.save(article, author, {"tags": [tag.pk]})
    for action, person in [("submit", author), ("approve", chief)]:
        workflow.perform(action, article, person)
        assert Article.objects.published().get().title == "Bạn đọc đang có"
    assert "changed" not in heard
    published = article.publish_at
    workflow.perform("publish", article, chief)
    stored = Article.objects.published().get()
    assert (stored.title, stored.pending, stored.pending_state, stored.publish_at) == ("Đã sửa", None, "", published)
    assert "Nội dung đã sửa" in stored.rendered
    assert [tag.name for tag in stored.tags.all()] == ["mới"]
    assert heard.count("changed") == 1


def test_a_change_is_searched_for_once_it_is_published(author, chief):
    from news import search

    article = factories.article(owner=author, title="Tin cũ", lead="")
    article.title = "Thủy lợi nội đồng"
    workflow.save(article, author)
    assert not search.matching(Article.objects.all(), "thuy loi noi dong").exists()
    workflow.perform("submit", article, author)
    workflow.perform("approve", article, chief)
    workflow.perform("publish", article, chief)
    assert search.matching(Article.objects.all(), "thuy loi noi dong").exists()


def test_a_correction_with_a_note_is_told_to_readers_and_a_typo_is_not(author, chief):
    article = factories.article(owner=author)
    for title, note in [("Sửa lỗi gõ", ""), ("Sửa số liệu", "Sửa số đại biểu từ 350 thành 305.")]:
        article.title = title
        workflow.save(article, author, correction=note)
        workflow.perform("submit", article, author)
        workflow.perform("approve", article, chief)
        workflow.perform("publish", article, chief)
    assert [correction["note"] for correction in article.corrections] == ["Sửa số đại biểu từ 350 thành 305."]
    assert text.newest(article)[text.CORRECTION] == ""  # the next change starts without one


def test_a_second_save_goes_on_with_the_change_that_waits(author):
    article = factories.article(owner=author)
    article.title = "Sửa lần một"
    workflow.save(article, author)
    again = text.put(text.newest(article), Article.objects.get())
    again.lead = "Sa-pô sửa lần hai"
    workflow.save(again, author)
    snapshot = Article.objects.get().pending.snapshot
    assert (snapshot["title"], snapshot["lead"]) == ("Sửa lần một", "Sa-pô sửa lần hai")


def test_a_withdrawn_article_is_edited_as_a_change_too(author, chief):
    article = factories.article(owner=author, state=State.WITHDRAWN)
    article.title = "Viết lại sau khi gỡ"
    workflow.save(article, author)
    assert (article.state, article.pending_state) == (State.WITHDRAWN, State.DRAFT)
    with pytest.raises(workflow.RefusedError, match="Cần gửi duyệt trước"):
        workflow.perform("publish", article, chief)


def test_an_approval_is_of_the_text_that_was_approved(author, chief):
    article = factories.article(owner=author, state=State.APPROVED)
    article.body = "<p>Chữ chưa ai duyệt.</p>"
    workflow.save(article, factories.user(None, EDITOR))
    assert article.state == State.WAITING
    with pytest.raises(workflow.RefusedError, match="Cần duyệt trước"):
        workflow.perform("publish", article, chief)


def test_who_publishes_may_set_the_hour_of_what_is_approved(author, chief):
    article = factories.article(owner=author, state=State.APPROVED, publish_at=None)
    article.publish_at = timezone.now() + dt.timedelta(hours=3)
    workflow.save(article, chief)
    assert (article.state, article.revisions.first().action) == (State.APPROVED, "reschedule")


def test_the_hour_set_by_somebody_else_needs_an_approval(author):
    article = factories.article(owner=author, state=State.APPROVED, publish_at=None)
    article.publish_at = timezone.now() + dt.timedelta(hours=3)
    workflow.save(article, factories.user(None, EDITOR))
    assert article.state == State.WAITING


def test_who_publishes_moves_the_hour_of_a_scheduled_article_at_once(chief, heard):
    article = factories.article(publish_at=timezone.now() + dt.timedelta(days=1))
    article.publish_at = timezone.now() - dt.timedelta(minutes=1)
    workflow.save(article, chief)
    assert Article.objects.published().exists()
    assert "changed" in heard


def test_a_note_of_the_desk_changes_nothing_for_readers(author, heard):
    article = factories.article(owner=author)
    article.internal_note = "Chờ số liệu của Chi cục Thống kê"
    workflow.save(article, author)
    stored = Article.objects.get()
    assert (stored.internal_note, stored.pending) == (article.internal_note, None)
    assert article.revisions.first().action == "note"


def test_the_owner_cannot_edit_what_is_being_read_by_an_editor(author):
    article = factories.article(owner=author, state=State.WAITING)
    article.title = "Sửa sau khi gửi"
    with pytest.raises(workflow.RefusedError, match="chờ biên tập trả lời"):
        workflow.save(article, author)


def test_nobody_edits_what_lies_in_the_trash(author, chief):
    article = factories.draft(author)
    workflow.perform("trash", article, author)
    article.title = "Sửa trong thùng rác"
    with pytest.raises(workflow.RefusedError, match="thùng rác"):
        workflow.save(article, chief)


def test_a_stale_save_writes_nothing(author, chief):
    article = factories.draft(author)
    stale = Article.objects.get()
    article.title = "Bản thứ nhất"
    workflow.save(article, author)
    stale.title = "Bản thứ hai"
    with pytest.raises(workflow.StaleError):
        workflow.save(stale, chief)
    assert Article.objects.get().title == "Bản thứ nhất"
    assert Revision.objects.filter(snapshot__title="Bản thứ hai").count() == 0


def test_a_step_on_what_somebody_else_just_changed_is_refused(author, chief):
    article = factories.article(owner=author, state=State.WAITING)
    stale = Article.objects.get()
    workflow.perform("approve", article, chief)
    with pytest.raises(workflow.StaleError):
        workflow.perform("return", stale, chief, "lý do")


def test_an_older_text_comes_back_as_the_newest(author):
    article = factories.draft(author, title="Bản một", tags=["một"])
    article.title = "Bản hai"
    workflow.save(article, author, {"tags": []})
    workflow.restore(article, author, Revision.objects.get(number=1))
    assert (article.title, article.version) == ("Bản một", 3)
    assert [tag.name for tag in article.tags.all()] == ["một"]
    assert article.revisions.first().action == "restore"


def test_an_older_text_of_a_published_article_comes_back_as_a_change(author):
    article = factories.article(owner=author, title="Bạn đọc có")
    article.title = "Bản sửa"
    workflow.save(article, author)
    workflow.restore(article, author, Revision.objects.get(number=1))
    assert Article.objects.get().title == "Bạn đọc có"
    assert article.pending.snapshot["title"] == "Bạn đọc có"


def test_a_text_whose_tag_is_gone_comes_back_without_it(author):
    article = factories.draft(author, tags=["sắp xóa"])
    article.title = "Bản hai"
    workflow.save(article, author, {"tags": []})
    factories.tag("sắp xóa").delete()
    workflow.restore(article, author, Revision.objects.get(number=1))
    assert not article.tags.exists()


@pytest.mark.parametrize("action", ["publish", "withdraw", "approve", "return", "submit", "trash"])
def test_every_step_is_told_to_the_log_with_who_and_why(chief, heard, action):
    state = {"publish": "approved", "withdraw": "published", "approve": "waiting", "return": "waiting",
             "submit": "draft", "trash": "draft"}[action]  # fmt: skip
    workflow.perform(action, factories.article(state=state), chief, "lý do")
    assert f"article.{action}" in heard


def test_the_place_of_an_article_in_use_is_told():
    from news.models import Placement

    article = factories.article("Bài đang dùng")
    other = factories.article("Bài trỏ đến")
    other.related.add(article)
    Placement.objects.create(place=1, article=article)
    assert workflow.uses(article) == ["Trang chủ: Tiêu điểm", "Tin liên quan của “Bài trỏ đến”"]


def test_one_form_sent_twice_writes_one_article(author):
    import uuid

    key, category = uuid.uuid4(), factories.category()
    first = Article(title="Một", body="<p>x</p>", category=category, form_key=key)
    workflow.save(first, author)
    with pytest.raises(workflow.AlreadyWrittenError) as refused:
        workflow.save(Article(title="Hai", body="<p>x</p>", category=category, form_key=key), author)
    assert refused.value.article == first
    assert Article.objects.count() == 1
