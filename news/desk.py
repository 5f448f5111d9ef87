"""What is on somebody's desk: texts that wait for them, what goes out today, what is late."""
import calendar
import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from news.models import Article
from news.models.choices import State
from news.states import visible_to

SHOWN = 8  # of each list on the front desk
PATIENCE = dt.timedelta(hours=48)  # a text that waits longer for an answer is overdue
_COLUMNS = ("title", "state", "pending_state", "publish_at", "expire_at", "deleted_at", "state_at", "review_on",
            "owner__full_name", "owner__username")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pile:
    """One list: the first few articles, whether there are more, and the query of the list that holds them all."""

    key: str
    title: str
    articles: list[Article]
    more: bool
    query: str
    none: str  # what is said of an empty one


@dataclass(slots=True)
class Day:
    date: dt.date
    in_month: bool
    appearing: list[Article] = field(default_factory=list)
    expiring: list[Article] = field(default_factory=list)


def piles(user) -> list[Pile]:
    """The lists of one person's front desk; one query each, from indexes, whatever the size of the archive."""
    mine = visible_to(user)
    today = timezone.localdate()
    tomorrow = _midnight(today + dt.timedelta(days=1))
    found = []
    if user.has_perm("news.approve_article") or user.has_perm("news.return_article"):
        title = "Chờ tôi duyệt" if user.has_perm("news.approve_article") else "Chờ tôi biên tập"
        found.append(_pile("waiting", title, waiting_for(mine, user), "viec=cho-toi", "Không có bài nào đang chờ."))
    if user.has_perm("news.publish_article"):
        approved = at_stage(mine, State.APPROVED)
        found.append(_pile("approved", "Đã duyệt, chờ xuất bản", approved, "trang-thai=approved", "Không có bài nào."))
    found += [
        _pile("returned", "Trả lại cho tôi", returned_to(mine, user), "viec=tra-lai", "Không có bài nào bị trả lại."),
        _pile("today", "Hẹn đăng hôm nay",
              mine.filter(state=State.PUBLISHED, publish_at__gt=timezone.now(), publish_at__lt=tomorrow),
              "trang-thai=scheduled", "Hôm nay không có bài nào hẹn giờ.", order="publish_at"),
        _pile("overdue", "Quá hạn", overdue(mine), "viec=qua-han", "Không có bài nào quá hạn.", order="state_at"),
    ]  # fmt: skip
    return found


def waiting_for(queryset: QuerySet, user) -> QuerySet:
    """What somebody else sent and this person may answer."""
    return at_stage(queryset, State.WAITING).exclude(owner=user, pending=None)


def returned_to(queryset: QuerySet, user) -> QuerySet:
    return at_stage(queryset, State.RETURNED).filter(owner=user)


def at_stage(queryset: QuerySet, state: State | str) -> QuerySet:
    """Articles whose newest text is there: a waiting change, or a text that readers never had."""
    return queryset.filter(Q(pending_state=state) | Q(state=state), deleted_at=None)


def overdue(queryset: QuerySet) -> QuerySet:
    """What waits too long for an answer, was approved and missed its hour, or is to be looked at again by now."""
    now = timezone.now()
    late = Q(state=State.WAITING, state_at__lt=now - PATIENCE) | Q(
        pending_state=State.WAITING, state_at__lt=now - PATIENCE
    )
    missed = Q(state=State.APPROVED, publish_at__lte=now)
    review = Q(review_on__lte=timezone.localdate())
    return queryset.filter(late | missed | review, deleted_at=None)


def why_overdue(article: Article) -> str:
    """In words, for an article of `overdue`."""
    if article.state == State.APPROVED and article.publish_at and article.publish_at <= timezone.now():
        return "đã duyệt, quá giờ đăng"
    if article.review_on and article.review_on <= timezone.localdate():
        return f"cần rà soát từ {article.review_on:%d-%m-%Y}"
    return "chờ duyệt quá 48 giờ"


def month(user, year: int, number: int) -> list[list[Day]]:
    """A month's weeks, Monday first: what appears and what expires on each day. Bounded to 1,000 articles of each."""
    weeks = [[Day(date, date.month == number) for date in week]
             for week in calendar.Calendar().monthdatescalendar(year, number)]  # fmt: skip
    days = {day.date: day for week in weeks for day in week}
    start, end = _midnight(weeks[0][0].date), _midnight(weeks[-1][-1].date + dt.timedelta(days=1))
    live = visible_to(user).filter(state=State.PUBLISHED).select_related("owner").only(*_COLUMNS)
    planned = visible_to(user).filter(state__in=[State.APPROVED, State.WAITING], deleted_at=None)
    planned = planned.select_related("owner").only(*_COLUMNS)
    for articles in (live, planned):
        for article in articles.filter(publish_at__gte=start, publish_at__lt=end).order_by("publish_at")[:1000]:
            days[timezone.localdate(article.publish_at)].appearing.append(article)
    for article in live.filter(expire_at__gte=start, expire_at__lt=end).order_by("expire_at")[:1000]:
        days[timezone.localdate(article.expire_at)].expiring.append(article)
    return weeks


def _pile(key, title, queryset, query, none, order="-state_at") -> Pile:
    found = list(queryset.select_related("owner").only(*_COLUMNS).order_by(order, "pk")[: SHOWN + 1])
    for article in found:
        article.why = why_overdue(article) if key == "overdue" else ""
    return Pile(key, title, found[:SHOWN], len(found) > SHOWN, query, none)


def _midnight(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, dt.time()))
