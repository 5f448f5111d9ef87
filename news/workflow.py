"""The only place where an article changes its state: who may do what, from where, and what else then happens."""
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from news.models import Article
from news.models.article import State
from news.signals import content_changed


class RefusedError(Exception):
    """The action may not be done; the message says why, in Vietnamese, to the person who asked."""


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    label: str
    done: str  # what the editor is told afterwards
    sources: frozenset[State]
    target: State
    permission: str | None  # None: whoever may edit the article
    needs_reason: bool = False


_EDITABLE = frozenset({State.DRAFT, State.RETURNED})

ACTIONS = {
    action.name: action
    for action in (
        Action("submit", "Gửi duyệt", "Đã gửi duyệt", _EDITABLE, State.WAITING, None),
        Action("return", "Trả lại", "Đã trả lại", frozenset({State.WAITING, State.APPROVED}), State.RETURNED,
               "news.return_article", needs_reason=True),
        Action("approve", "Duyệt", "Đã duyệt", frozenset({State.WAITING}), State.APPROVED, "news.approve_article"),
        Action("publish", "Xuất bản", "Đã xuất bản", frozenset({State.APPROVED, State.WITHDRAWN}), State.PUBLISHED,
               "news.publish_article"),
        Action("withdraw", "Gỡ bài", "Đã gỡ", frozenset({State.PUBLISHED}), State.WITHDRAWN,
               "news.withdraw_article", needs_reason=True),
    )
}  # fmt: skip


def may_see(article: Article, user) -> bool:
    """Own articles for everybody in the newsroom, all of them for those who may edit any."""
    return user.has_perm("news.view_article") and (
        article.owner_id == user.pk or user.has_perm("news.change_any_article")
    )


def visible_to(user):
    """The articles that `user` finds in the newsroom."""
    if user.has_perm("news.change_any_article"):
        return Article.objects.all()
    return Article.objects.filter(owner=user)


def may_edit(article: Article, user) -> bool:
    """A text in the hands of the next person is theirs; a published one belongs to those who may publish."""
    if not user.has_perm("news.change_article") or not may_see(article, user):
        return False
    if article.state in {State.PUBLISHED, State.WITHDRAWN}:
        return user.has_perm("news.publish_article")
    return article.state in _EDITABLE or user.has_perm("news.change_any_article")


def may_delete(article: Article, user) -> bool:
    """What readers have seen is withdrawn, not deleted."""
    return user.has_perm("news.delete_article") and may_see(article, user) and article.state in _EDITABLE


def refusal(action: Action, article: Article, user, reason: str = "") -> str | None:
    """Why `user` may not do this to the article now, in words; None where they may."""
    if not may_see(article, user):
        return "Bạn không có quyền với bài này."
    if action.permission is None and not may_edit(article, user):
        return f"Bạn không có quyền {action.label.lower()} bài này."
    if action.permission and not user.has_perm(action.permission):
        return f"Bạn không có quyền {action.label.lower()} bài."
    if article.state not in action.sources:
        return f"Bài đang ở trạng thái “{article.state_label}” nên không thể {action.label.lower()}."
    if action.needs_reason and not reason.strip():
        return f"Hãy ghi lý do khi {action.label.lower()}."
    return None


def actions_for(article: Article, user) -> list[Action]:
    """What `user` may do to the article now, reasons aside."""
    return [action for action in ACTIONS.values() if refusal(action, article, user, reason="-") is None]


@transaction.atomic
def perform(name: str, article: Article, user, reason: str = "") -> Article:
    """Does one of ACTIONS and returns the article as it then is.

    Raises RefusedError, also where somebody else changed the article after it was read.
    """
    action = ACTIONS[name]
    problem = refusal(action, article, user, reason)
    if problem:
        raise RefusedError(problem)
    changes = {"state": action.target, "reason": reason.strip(), "version": F("version") + 1}
    if action.target == State.PUBLISHED:
        # To the minute, as the form shows it: saving the form again must not move the date.
        changes["publish_at"] = Coalesce("publish_at", timezone.now().replace(second=0, microsecond=0))
    guarded = Article.objects.filter(pk=article.pk, version=article.version, state__in=action.sources)
    if action.target == State.PUBLISHED:
        guarded = guarded.filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()))
        if article.expire_at and article.expire_at <= timezone.now():
            raise RefusedError("Bài đã hết hạn: hãy đổi ngày hết hạn trước khi xuất bản.")
    if not guarded.update(**changes, updated_at=Now()):
        raise RefusedError("Bài vừa được người khác thay đổi: hãy mở lại rồi làm tiếp.")
    article.refresh_from_db()
    content_changed.send(sender=Article)
    return article


@transaction.atomic
def save(article: Article, user) -> Article:
    """Writes a new article, or an edited one guarded by the version it was read at; raises RefusedError."""
    if article.pk is None:
        article.owner = article.owner or user
        article.save()
        return article
    version = article.version
    if not Article.objects.filter(pk=article.pk, version=version).update(version=F("version") + 1):
        raise RefusedError("Bài vừa được người khác thay đổi: hãy mở lại, bản bạn đang sửa chưa được lưu.")
    article.version = version + 1
    article.save()
    return article
