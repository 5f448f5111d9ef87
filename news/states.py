"""The newsroom's rules as data: which actions there are, from where each starts, who may do it, and why not."""
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from news import readiness, text
from news.models import Article
from news.models.choices import AFTER_READERS, BEFORE_READERS, WRITING, Did, State

_EDITABLE = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    label: str
    done: str  # what the editor is told afterwards
    sources: frozenset[State]
    target: State | None  # None: the state stays, or follows from what the action does
    permission: str | None  # None: whoever may edit the article
    did: Did
    needs_reason: bool = False
    of_readers: bool = False  # looks at the text that readers have, not at the change that waits


ACTIONS = {
    action.name: action
    for action in (
        Action("submit", "Gửi duyệt", "Đã gửi duyệt", _EDITABLE, State.WAITING, None, Did.SUBMIT),
        Action("return", "Trả lại", "Đã trả lại", frozenset({State.WAITING, State.APPROVED}), State.RETURNED,
               "news.return_article", Did.RETURN, needs_reason=True),
        Action("approve", "Duyệt", "Đã duyệt", frozenset({State.WAITING}), State.APPROVED,
               "news.approve_article", Did.APPROVE),
        Action("publish", "Xuất bản", "Đã xuất bản", frozenset({State.APPROVED, State.WITHDRAWN}), State.PUBLISHED,
               "news.publish_article", Did.PUBLISH),
        Action("withdraw", "Gỡ bài", "Đã gỡ", frozenset({State.PUBLISHED}), State.WITHDRAWN,
               "news.withdraw_article", Did.WITHDRAW, needs_reason=True, of_readers=True),
        Action("discard", "Bỏ bản sửa", "Đã bỏ bản sửa", frozenset(BEFORE_READERS), None, None, Did.DISCARD),
        Action("trash", "Bỏ vào thùng rác", "Đã bỏ vào thùng rác", _EDITABLE | {State.WITHDRAWN}, None,
               "news.delete_article", Did.TRASH, of_readers=True),
        Action("untrash", "Khôi phục", "Đã khôi phục", frozenset(State), None, "news.delete_article", Did.UNTRASH,
               of_readers=True),
    )
}  # fmt: skip


def may_see(article: Article, user) -> bool:
    """Own articles for everybody in the newsroom, all of them for those who may edit any."""
    return user.has_perm("news.view_article") and (
        article.owner_id == user.pk or user.has_perm("news.change_any_article")
    )


def visible_to(user):
    """The articles that `user` finds in the newsroom, those in the trash among them."""
    if user.has_perm("news.change_any_article"):
        return Article.objects.all()
    if not user.has_perm("news.view_article"):
        return Article.objects.none()
    return Article.objects.filter(owner=user)


def may_edit(article: Article, user) -> bool:
    return why_not_edit(article, user) is None


def why_not_edit(article: Article, user) -> str | None:
    """A text in the hands of the next person is theirs; a change to what readers have may be proposed like any text."""
    if not may_see(article, user) or not user.has_perm("news.change_article"):
        return "Bạn không có quyền sửa bài này."
    if article.deleted_at:
        return "Bài đang ở thùng rác: hãy khôi phục rồi sửa."
    if article.stage in {State.WAITING, State.APPROVED} and not user.has_perm("news.change_any_article"):
        return f"{_subject(article)} đang ở trạng thái “{article.stage.label}”: chờ biên tập trả lời rồi sửa tiếp."
    return None


def may_delete(article: Article, user) -> bool:
    """Whether it may go to the trash; what readers have is withdrawn first."""
    return refusal(ACTIONS["trash"], article, user) is None


def writers(article: Article) -> set[int]:
    """Ids of everybody whose words are in the text that waits: its owner, and who wrote since readers last got one."""
    ends = article.revisions.filter(Q(published=True) | Q(action=Did.DISCARD))
    since = ends.order_by("-number").values_list("number", flat=True).first()
    found = article.revisions.filter(action__in=WRITING, number__gt=since or 0)
    ids = set(found.exclude(author=None).values_list("author", flat=True))
    # Of a change to a published article its first writer need not know anything.
    return ids if since else ids | {article.owner_id} - {None}


def refusal(action: Action, article: Article, user, reason: str = "", override: bool = False) -> str | None:
    """Why `user` may not do this to the article now, in words; None where they may."""
    label = action.label.lower()
    if not may_see(article, user):
        return "Bạn không có quyền với bài này."
    if action.permission and not user.has_perm(action.permission):
        return f"Bạn không có quyền {label}: việc này thuộc về {_whose(action)}."
    return (
        _wrong_place(action, article)
        or (why_not_edit(article, user) if action.permission is None else None)
        or (_wrong_hands(article, user, reason, override) if action.did == Did.APPROVE else None)
        or (f"Hãy ghi lý do khi {label}." if action.needs_reason and not reason.strip() else None)
        or (_wrong_dates(article) if action.did == Did.PUBLISH else None)
        or (_not_own_draft(article, user) if action.did in {Did.TRASH, Did.UNTRASH} else None)
        or (readiness.problem(article) if action.did in {Did.SUBMIT, Did.PUBLISH} else None)
        or None
    )


def actions_for(article: Article, user) -> list[Action]:
    """What `user` may do to the article now, reasons and overriding aside."""
    return [action for action, why in choices_for(article, user) if why is None]


def choices_for(article: Article, user) -> list[tuple[Action, str | None]]:
    """Every action with the words that refuse it, None where nothing does; in the order of the article's way."""
    return [(action, refusal(action, article, user, reason="-")) for action in ACTIONS.values()
            if _concerns(action, article)]  # fmt: skip


def _concerns(action: Action, article: Article) -> bool:
    """Whether the action means anything for such an article, so that its absence needs no explanation."""
    if article.deleted_at:
        return action.did == Did.UNTRASH
    if action.did == Did.UNTRASH:
        return False
    if action.did == Did.DISCARD:
        return article.pending_id is not None
    if action.did == Did.WITHDRAW:
        return article.has_had_readers
    return True


def _wrong_place(action: Action, article: Article) -> str | None:
    label = action.label.lower()
    if bool(article.deleted_at) != (action.did == Did.UNTRASH):
        return "Bài đang ở thùng rác." if article.deleted_at else "Bài không ở thùng rác."
    if action.did == Did.DISCARD and article.pending_id is None:
        return "Bài không có bản sửa nào đang chờ."
    state = State(article.state) if action.of_readers else article.stage
    if state in action.sources:
        return None
    if action.did == Did.TRASH and state == State.PUBLISHED:
        return "Bạn đọc đang có bài này: hãy gỡ bài trước khi bỏ vào thùng rác."
    steps = {State.DRAFT: "gửi duyệt", State.RETURNED: "sửa rồi gửi duyệt lại", State.WAITING: "duyệt"}
    missing = steps.get(state) if action.did in {Did.APPROVE, Did.PUBLISH} else None
    hint = f" Cần {missing} trước." if missing and missing != label else ""
    return f"{_subject(article)} đang ở trạng thái “{state.label}” nên không thể {label}.{hint}"


def _wrong_hands(article: Article, user, reason: str, override: bool) -> str | None:
    if user.pk not in writers(article):
        return None
    if not user.has_perm("news.override_approval"):
        return "Bạn đã viết hoặc sửa văn bản này nên không thể tự duyệt: hãy nhờ người khác duyệt."
    if override:
        return None if reason.strip() else "Hãy ghi lý do tự duyệt."
    return ("Bạn đã viết hoặc sửa văn bản này: hãy nhờ người khác duyệt, hoặc đánh dấu “Tự duyệt” và ghi lý do; "
            "việc này được ghi lại và hiện ở bài.")  # fmt: skip


def _wrong_dates(article: Article) -> str | None:
    publish_at, expire_at = text.times(article)
    now = timezone.now()
    if expire_at and expire_at <= now:
        return "Bài đã hết hạn: hãy đổi ngày hết hạn trước khi xuất bản."
    if article.pending_id and article.is_public and publish_at and publish_at > now:
        return ("Bạn đọc đang có bài này; ngày đăng ở tương lai sẽ làm bài biến mất đến lúc đó. "
                "Hãy đặt lại ngày đăng, hoặc gỡ bài trước.")  # fmt: skip
    return None


def _not_own_draft(article: Article, user) -> str | None:
    if article.state in AFTER_READERS and not user.has_perm("news.withdraw_article"):
        return "Bài đã từng đến bạn đọc: chỉ Ban biên tập bỏ vào thùng rác hoặc khôi phục được."
    return None


def _subject(article: Article) -> str:
    return "Bản sửa" if article.pending_id else "Bài"


def _whose(action: Action) -> str:
    return "Biên tập viên và Ban biên tập" if action.did == Did.RETURN else "Ban biên tập"
