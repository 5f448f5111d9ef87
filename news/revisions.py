"""What becomes of old revisions: which of them may go, and letting them go."""
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from news.models import Article, Revision
from news.models.choices import WRITING, Did

KEEP = 50  # newest ones of each article
DAYS = 90  # younger ones stay, however many
FEWEST = 2  # undoing a replacement needs the text before the newest one
BATCH = 500  # rows of one transaction


@dataclass(frozen=True, slots=True)
class Outcome:
    removed: int  # revisions; those that would be, of a dry run
    articles: int  # that lost any


def prunable(article: int, keep: int = KEEP, older_than_days: int = DAYS) -> QuerySet[Revision]:
    """Revisions of an article that nobody needs any more.

    Never among them: what readers have had, the change that waits, the newest `keep`, younger ones, the text that was
    there before the first change; and what the rules on approval look at, which are each writer's last writing and
    every thrown away change (see `news.states.writers`).
    """
    of_article = Revision.objects.filter(article=article)
    newest = of_article.order_by("-number").values("number")
    wrote_again = Revision.objects.filter(
        article=article, author=OuterRef("author"), action__in=WRITING, number__gt=OuterRef("number")
    )
    waiting = Article.objects.filter(pk=article, pending=OuterRef("pk"))
    old = of_article.filter(
        number__lte=Subquery(newest[keep : keep + 1]), published=False,
        created_at__lt=timezone.now() - dt.timedelta(days=older_than_days),
    ).exclude(action__in=[Did.BASELINE, Did.DISCARD])  # fmt: skip
    needed = old.filter(action__in=WRITING, author__isnull=False).exclude(Exists(wrote_again))
    return old.exclude(Exists(waiting)).exclude(pk__in=needed.values("pk"))


def prune(keep: int = KEEP, older_than_days: int = DAYS, *, dry_run: bool = False,
          progress: Callable[[int], None] = lambda removed: None) -> Outcome:  # fmt: skip
    """Removes what is `prunable`, a batch in each transaction, beside editors at work; may be stopped and run again.

    Raises ValueError for fewer than 2 to keep and for a negative number of days.
    """
    if keep < FEWEST:
        raise ValueError(f"at least {FEWEST} revisions of each article are kept")
    if older_than_days < 0:
        raise ValueError("days cannot be negative")
    # An index tells which articles have so many; no text is read.
    long = Revision.objects.order_by().values("article").annotate(number_of=Count("pk")).filter(number_of__gt=keep)
    removed = articles = 0
    for article in long.values_list("article", flat=True).iterator(chunk_size=BATCH):
        count = _prune_one(article, keep, older_than_days, dry_run)
        removed += count
        articles += bool(count)
        progress(removed)
    return Outcome(removed, articles)


def _prune_one(article: int, keep: int, older_than_days: int, dry_run: bool) -> int:
    going = prunable(article, keep, older_than_days)
    if dry_run:
        return going.count()
    removed = 0
    while keys := list(going.order_by("number").values_list("pk", flat=True)[:BATCH]):
        # A new save only makes new revisions, so what may go now may still go when this arrives.
        removed += Revision.objects.filter(pk__in=keys).only("pk").delete()[0]
    return removed
