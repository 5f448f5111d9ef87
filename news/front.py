"""The top of the front page: the lead story and the highlights, chosen by editors and filled up with the newest."""
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.utils import timezone

from news.models import Article, Placement
from news.models.choices import State
from news.prepared import prepared
from news.signals import happened
from news.vietnamese import format_datetime
from news.workflow import RefusedError

PLACES = range(1, Placement.PLACES + 1)
AUTOMATIC = "tự động"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor puts in one place, and until when (None: until it is changed)."""

    article: Article
    until: dt.datetime | None = None


def newest_and_placed(most: int) -> tuple[list[int], dict[int, int]]:
    """Keys of the newest articles, and {place: key} of those chosen that readers may read now; one query.

    A chosen one that is withdrawn, has expired, is still to come or was wanted until a moment that has passed is not
    among them: the clock and the article's own state alone give its place back.
    """
    rows = _newest_and_placed.answer(timezone.now(), most=most).rows
    found = sorted((row for row in rows if row[0] == 0), key=lambda row: (row[2], row[1]), reverse=True)
    return [pk for _, pk, _ in found], {place: pk for place, pk, _ in rows if place}


@prepared
def _newest_and_placed(now: dt.datetime, *, most: int):
    public = Article.objects.published(now)
    wanted = Q(placement__until=None) | Q(placement__until__gt=now)
    columns = ("place", "pk", "publish_at")
    newest = public.newest_first().annotate(place=Value(0)).values_list(*columns)[:most]
    placed = public.filter(wanted, placement__place__in=PLACES).annotate(place=F("placement__place"))
    return newest.union(placed.values_list(*columns), all=True)


def arrange(newest: list[int], placed: dict[int, int]) -> tuple[list[int], list[int]]:
    """Keys at the top, the lead story first, and those of the newest that are left; none of them twice.

    `newest` needs as many as top and rest are to have together.
    """
    chosen = set(placed.values())
    free = iter([pk for pk in newest if pk not in chosen])
    top = [pk for place in PLACES if (pk := placed.get(place) or next(free, None))]
    return top, list(free)


def chosen() -> dict[int, Placement]:
    """{place: what editors put there}, those that gave their place back too; one query."""
    rows = Placement.objects.select_related("article").order_by("place")
    return {placement.place: placement for placement in rows}


def stamp(placements: dict[int, Placement]) -> str:
    """Tells whether somebody else changed the choice since a form was opened."""
    return ",".join(f"{row.place}:{row.article_id}:{row.until.isoformat() if row.until else ''}"
                    for row in placements.values())  # fmt: skip


def warning(article: Article) -> str:
    """Why readers cannot read a chosen article now, in words; empty where they can."""
    if article.is_public:
        return ""
    if article.state == State.PUBLISHED and article.publish_at > timezone.now():
        return f"Bài hẹn đăng lúc {format_datetime(article.publish_at)}: từ lúc đó bài mới hiện ở vị trí này."
    return f"Bài đang ở trạng thái “{article.state_label}” nên bạn đọc không đọc được: vị trí này tự lấy tin mới nhất."


def choose(choices: dict[int, Choice], user, opened: str) -> list[str]:
    """Makes `choices` ({place: choice}) the whole choice, and returns what changed, in words.

    A place that is left out fills itself. `opened` is the `stamp` of what the editor saw. Raises RefusedError.
    """
    try:
        with transaction.atomic():
            return _choose(choices, user, opened)
    except IntegrityError:
        # Two editors filled an empty place in the same moment.
        raise RefusedError(CHANGED) from None


CHANGED = "Người khác vừa đổi tin ở trang chủ: hãy xem lại lựa chọn dưới đây rồi lưu lần nữa."


def _choose(choices: dict[int, Choice], user, opened: str) -> list[str]:
    list(Placement.objects.select_for_update())  # whoever comes second waits here, then sees what the first did
    before = chosen()
    if stamp(before) != opened:
        raise RefusedError(CHANGED)
    _refuse(choices)
    differing = [place for place in PLACES if _differs(before.get(place), choices.get(place))]
    # All of them leave before any comes: an article may move from one place to another.
    for place in differing:
        if place in before:
            before[place].delete()
    for place in differing:
        if place in choices:
            Placement.objects.create(place=place, article=choices[place].article, until=choices[place].until)
    changes = [f"{Placement(place=place)}: {_said(before.get(place))} → {_said(choices.get(place))}"
               for place in differing]  # fmt: skip
    if changes:
        happened.send(sender=Placement, actor=user, action="placement.change", label="Đổi tin ở trang chủ", target=None,
                      reason="", detail="\n".join(changes))  # fmt: skip
    return changes


def _refuse(choices: dict[int, Choice]) -> None:
    seen = {}
    for place, choice in choices.items():
        if choice.article.pk in seen:
            both = f"“{Placement(place=seen[choice.article.pk])}” và “{Placement(place=place)}”"
            raise RefusedError(f"Một bài không đặt được ở hai vị trí: {both} đang cùng là “{choice.article}”.")
        seen[choice.article.pk] = place
        if choice.until and choice.until <= timezone.now():
            raise RefusedError(f"“{Placement(place=place)}”: giờ giữ đến đã qua, hãy chọn giờ ở tương lai.")


def _differs(row: Placement | None, choice: Choice | None) -> bool:
    return (row and (row.article_id, row.until)) != (choice and (choice.article.pk, choice.until))


def _said(held: Placement | Choice | None) -> str:
    if held is None:
        return AUTOMATIC
    return f"{held.article}" + (f" (đến {format_datetime(held.until)})" if held.until else "")


def titles(keys: Iterable[int]) -> dict[int, str]:
    return dict(Article.objects.filter(pk__in=list(keys)).values_list("pk", "title"))
