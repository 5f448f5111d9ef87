"""When something is to appear or to go by the clock alone: no page may be kept over such a moment."""
import datetime as dt
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from news.models import AlertBanner, Article, Placement, State

AHEAD = dt.timedelta(hours=1)  # looked at; far more than a page is kept
MOST = 500  # moments of one kind
RENEW = 600.0  # seconds: a knowledge of the future that reaches no further is renewed


def public(articles: Iterable[int]) -> set[int]:
    """Those of these ids that readers may read now; one query, raises django.db.Error."""
    return set(Article.objects.published().filter(pk__in=articles).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Due:
    """Moments in seconds since 1970, in order; `horizon` is the one up to which all of them are known.

    `last`: the latest that had passed when they were read, 0 where there was none.
    """

    moments: tuple[float, ...] = ()
    horizon: float = 0.0
    last: float = 0.0

    def after(self, now: float) -> float:
        """The next moment behind `now` at which pages may change without anybody's doing."""
        place = bisect_right(self.moments, now)
        return self.moments[place] if place < len(self.moments) else self.horizon

    def quiet(self, since: float, now: float) -> bool:
        """Whether nothing appeared or went by the clock between these moments."""
        return self.last < since and bisect_right(self.moments, now) == bisect_left(self.moments, since)

    @property
    def wears_out(self) -> bool:
        return time.time() + RENEW > self.horizon


def read() -> Due:
    """One query, each part of it by an index from the present moment on; raises django.db.Error."""
    now = timezone.now()
    end = now + AHEAD
    published = Article.objects.filter(state=State.PUBLISHED)
    kinds = (
        (published, "publish_at"), (published.filter(expire_at__isnull=False), "expire_at"),
        (Placement.objects.all(), "until"), (AlertBanner.objects.all(), "starts_at"),
        (AlertBanner.objects.all(), "ends_at"),
    )  # fmt: skip
    coming = [
        rows.filter(**{f"{column}__gt": now, f"{column}__lte": end}).order_by(column).values_list(column)[:MOST]
        for rows, column in kinds
    ]
    gone = [rows.filter(**{f"{column}__lte": now}).order_by(f"-{column}").values_list(column)[:1]
            for rows, column in kinds]  # fmt: skip
    every = sorted(moment.timestamp() for (moment,) in coming[0].union(*coming[1:], *gone, all=True))
    passed = bisect_right(every, now.timestamp())
    last, found = every[passed - 1] if passed else 0.0, every[passed:]
    # Where a kind was cut off, nothing is known of what follows; the first MOST of all are certain.
    return Due(tuple(found[:MOST]), found[MOST - 1] if len(found) >= MOST else end.timestamp(), last)
