"""What can be done with an article now, as buttons that say what they do, and as words for what cannot."""
from dataclasses import replace

from django.utils import timezone

from news import states, text, workflow
from news.models import Article
from news.models.choices import Did


def context(article: Article, user) -> dict:
    """For the article's form: the actions that are open, those that are not with the reason, and what they need."""
    opened, closed = [], []
    may_override = False
    for action, why in states.choices_for(article, user):
        if why and action.did == Did.APPROVE and states.refusal(action, article, user, "-", override=True) is None:
            may_override, why = True, None
        if action.did == Did.PUBLISH:
            action = replace(action, label=publish_label(article))
        if why is None:
            opened.append(action)
        else:
            closed.append((action.label, why))
    return {
        "choices_open": opened, "choices_closed": closed, "may_override": may_override,
        "may_withdraw": any(action.did == Did.WITHDRAW for action in opened), "publish_now": publish_now(article),
        "used": workflow.uses(article) if any(action.did == Did.TRASH for action in opened) else [],
    }  # fmt: skip


def publish_label(article: Article) -> str:
    """`Xuất bản ngay`, or `Hẹn đăng 08:00 ngày 25-11-2026`."""
    at, _ = text.times(article)
    if at and at > timezone.now():
        return f"Hẹn đăng {timezone.localtime(at):%H:%M ngày %d-%m-%Y}"
    return publish_now(article)


def publish_now(article: Article) -> str:
    return "Xuất bản bản sửa ngay" if article.pending_id and article.is_public else "Xuất bản ngay"


