"""Every step of an article's way by every role, from every state: allowed and refused, with the words."""
import datetime as dt
import itertools

import factories
import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from news import states, workflow
from news.models import Article
from news.models.choices import BEFORE_READERS, State

pytestmark = pytest.mark.django_db
REPORTER, EDITOR, BOARD, ADMINISTRATOR = "Phóng viên", "Biên tập viên", "Ban biên tập", "Quản trị"
ROLES = [REPORTER, EDITOR, BOARD, ADMINISTRATOR, None]
EDITORS, CHIEFS = {EDITOR, BOARD, ADMINISTRATOR}, {BOARD, ADMINISTRATOR}
D, W, R, A, P, X = State.DRAFT, State.WAITING, State.RETURNED, State.APPROVED, State.PUBLISHED, State.WITHDRAWN

# What a role may do to somebody else's article, and from which states; nothing else is allowed.
OTHERS = {
    "submit": (EDITORS, {D, R}),
    "return": (EDITORS, {W, A}),
    "approve": (CHIEFS, {W}),
    "publish": (CHIEFS, {A, X}),
    "withdraw": (CHIEFS, {P}),
}
# To an article of their own: a reporter sends it and throws it away; nobody approves it.
OWN = {
    "submit": (EDITORS | {REPORTER}, {D, R}),
    "return": (EDITORS, {W, A}),
    "publish": (CHIEFS, {A, X}),
    "withdraw": (CHIEFS, {P}),
}
ACTIONS = ["submit", "return", "approve", "publish", "withdraw"]
CASES = list(itertools.product(ACTIONS, State, ROLES))


def attempt(action, article, person):
    """None where it was done, the words of the refusal otherwise."""
    before = Article.objects.get(pk=article.pk)
    try:
        workflow.perform(action, article, person, "lý do")
    except workflow.RefusedError as refused:
        after = Article.objects.get(pk=article.pk)
        assert (after.state, after.version) == (before.state, before.version)
        assert len(str(refused)) > 10
        return str(refused)
    assert Article.objects.get(pk=article.pk).state == states.ACTIONS[action].target
    return None


@pytest.mark.parametrize(("action", "state", "role"), CASES)
def test_a_step_with_another_s_article_is_for_those_whose_it_is(action, state, role):
    article = factories.article(owner=factories.user("tacgia", REPORTER), state=state)
    who, sources = OTHERS[action]
    refused = attempt(action, article, factories.user("nguoikhac", *([role] if role else [])))
    assert (refused is None) == (role in who and state in sources), refused


@pytest.mark.parametrize(("action", "state", "role"), CASES)
def test_a_step_with_an_article_of_one_s_own_is_for_those_whose_it_is(action, state, role):
    person = factories.user("tacgia", *([role] if role else []))
    article = factories.article(owner=person, state=state)
    who, sources = OWN.get(action, (set(), set()))
    refused = attempt(action, article, person)
    assert (refused is None) == (role in who and state in sources), refused


@pytest.mark.parametrize(("action", "stage", "role"), [
    case for case in CASES if case[0] != "withdraw" and case[1] in BEFORE_READERS
])  # fmt: skip
def test_a_change_to_what_readers_have_goes_the_same_way(action, stage, role):
    article = factories.pending_change(stage, owner=factories.user("tacgia", REPORTER))
    who, sources = OTHERS[action]
    person = factories.user("nguoikhac", *([role] if role else []))
    try:
        workflow.perform(action, article, person, "lý do")
        done = True
    except workflow.RefusedError:
        done = False
    assert done == (role in who and stage in sources)
    stored = Article.objects.get()
    assert stored.state == State.PUBLISHED  # whatever became of the change
    assert stored.title == ("Tiêu đề đã sửa" if done and action == "publish" else "Tiêu đề bạn đọc có")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State)
def test_readers_articles_are_thrown_away_by_the_board_after_withdrawing(role, state):
    article = factories.article(owner=factories.user("tacgia", REPORTER), state=state)
    person = factories.user("nguoikhac", *([role] if role else []))
    allowed = (role in EDITORS and state in {D, R}) or (role in CHIEFS and state == X)
    if allowed:
        workflow.perform("trash", article, person)
        assert article.state_label == "Thùng rác"
        workflow.perform("untrash", article, person)
        assert (article.state, article.deleted_at) == (state, None)
    else:
        with pytest.raises(workflow.RefusedError):
            workflow.perform("trash", article, person)


def test_nobody_in_particular_can_do_nothing():
    article = factories.article(state=State.APPROVED)
    for action in states.ACTIONS:
        with pytest.raises(workflow.RefusedError, match="không có quyền"):
            workflow.perform(action, article, AnonymousUser(), "lý do")


@pytest.mark.parametrize("action", ["return", "withdraw"])
def test_a_step_back_needs_a_reason(action):
    article = factories.article(state=W if action == "return" else P)
    with pytest.raises(workflow.RefusedError, match="ghi lý do"):
        workflow.perform(action, article, factories.user(None, BOARD), " \n ")


def test_who_wrote_a_text_may_not_approve_it():
    chief = factories.user(None, BOARD)
    article = factories.article(owner=chief, state=W)
    with pytest.raises(workflow.RefusedError, match="nhờ người khác duyệt"):
        workflow.perform("approve", article, chief)


def test_who_only_changed_a_word_of_it_may_not_approve_it_either():
    chief = factories.user(None, BOARD)
    article = factories.article(owner=factories.user(None, REPORTER), state=W)
    article.title = "Một chữ khác"
    workflow.save(article, chief)
    with pytest.raises(workflow.RefusedError, match="nhờ người khác duyệt"):
        workflow.perform("approve", article, chief)
    workflow.perform("approve", article, factories.user(None, BOARD))
    assert article.state == A


def test_the_board_may_approve_its_own_text_and_that_shows():
    chief = factories.user(None, BOARD)
    article = factories.article(owner=chief, state=W)
    with pytest.raises(workflow.RefusedError, match="lý do tự duyệt"):
        workflow.perform("approve", article, chief, override=True)
    workflow.perform("approve", article, chief, "Trực một mình", override=True)
    assert (article.state, article.approval_overridden, article.approved_by) == (A, True, chief)
    assert article.revisions.first().overridden


def test_overriding_where_nothing_is_overridden_leaves_no_mark():
    article = factories.article(owner=factories.user(None, REPORTER), state=W)
    workflow.perform("approve", article, factories.user(None, BOARD), override=True)
    assert not article.approval_overridden


def test_a_role_without_the_right_to_override_cannot():
    from django.contrib.auth.models import Permission

    chief = factories.user(None)
    codes = ["view_article", "change_article", "change_any_article", "approve_article"]
    chief.user_permissions.set(Permission.objects.filter(codename__in=codes))
    article = factories.article(owner=chief, state=W)
    with pytest.raises(workflow.RefusedError, match="không thể tự duyệt"):
        workflow.perform("approve", article, chief, "lý do", override=True)


def test_an_expired_article_is_not_published():
    now = timezone.now()
    article = factories.article(state=A, publish_at=now - dt.timedelta(days=9), expire_at=now - dt.timedelta(days=1))
    with pytest.raises(workflow.RefusedError, match="hết hạn"):
        workflow.perform("publish", article, factories.user(None, BOARD))


def test_a_later_date_in_a_change_does_not_take_the_article_from_its_readers():
    article = factories.pending_change(A, publish_at=timezone.now() + dt.timedelta(days=1))
    with pytest.raises(workflow.RefusedError, match="biến mất"):
        workflow.perform("publish", article, factories.user(None, BOARD))
    assert Article.objects.published().exists()


def test_every_refused_step_is_told_with_its_reason():
    article = factories.article(owner=factories.user("tacgia", REPORTER), state=W)
    told = {action.name: why for action, why in states.choices_for(article, factories.user(None, REPORTER))}
    assert all(told.values())
    mine = {action.name: why for action, why in states.choices_for(article, article.owner)}
    assert "Ban biên tập" in mine["approve"]
    assert "Chờ duyệt" in mine["submit"]


@pytest.mark.parametrize(("state", "dates", "label"), [
    (P, (-1, None), "Đã xuất bản"), (P, (1, None), "Hẹn giờ đăng"), (P, (-2, -1), "Hết hạn"),
    (P, (-1, 1), "Đã xuất bản"), (D, (None, None), "Bản nháp"), (W, (1, None), "Chờ duyệt"),
    (R, (None, None), "Trả lại"), (A, (1, None), "Đã duyệt"), (X, (-1, None), "Đã gỡ"),
])  # fmt: skip
def test_dates_alone_make_an_article_scheduled_or_expired(state, dates, label):
    now = timezone.now()
    publish_at, expire_at = (days and now + dt.timedelta(days=days) for days in dates)
    article = factories.article(state=state, publish_at=publish_at, expire_at=expire_at)
    assert article.state_label == label


@pytest.mark.parametrize("stage", BEFORE_READERS)
def test_a_change_can_be_dropped_by_who_may_edit_it(stage):
    article = factories.pending_change(stage)
    workflow.perform("discard", article, factories.user(None, EDITOR))
    assert (article.pending, article.pending_state, article.stage) == (None, "", P)
    assert article.title == "Tiêu đề bạn đọc có"


def test_what_is_deleted_for_good_was_in_the_trash_first():
    chief = factories.user(None, BOARD)
    article = factories.draft(chief)
    with pytest.raises(workflow.RefusedError, match="thùng rác"):
        workflow.purge(article, chief)
    workflow.perform("trash", article, chief)
    with pytest.raises(workflow.RefusedError, match="không có quyền"):
        workflow.purge(article, factories.user(None, EDITOR))
    workflow.purge(article, chief)
    assert not Article.objects.exists()
