"""How long figures are kept; totals by day and views of an article are kept for ever."""
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from stats import clock, collector, conf
from stats.models import ArticleDay, DeviceDay, HourTotal, MostViewed, ReferrerDay
from stats.popular import PERIODS

CHUNK = 20_000  # rows deleted in one transaction, so that the collector never waits long


def prune() -> dict[str, int]:
    """Deletes what is older than the settings allow; returns the number of rows by table. Raises django.db.Error."""
    collector.purge()
    hours = timezone.now() - timedelta(days=conf.get("STATS_KEEP_HOURS_DAYS"))
    sources = clock.days_ago(conf.get("STATS_KEEP_REFERRERS_DAYS"))
    articles = clock.days_ago(conf.get("STATS_KEEP_ARTICLE_DAYS"))
    return {
        "hourly totals": _delete(HourTotal.objects.filter(hour__lt=hours)),
        "views of articles by day": _delete(ArticleDay.objects.filter(day__lt=articles)),
        "referring sites by day": _delete(ReferrerDay.objects.filter(day__lt=sources)),
        "devices by day": _delete(DeviceDay.objects.filter(day__lt=sources)),
        "rankings": _delete(MostViewed.objects.exclude(days__in=PERIODS)),
    }


def _delete(rows: QuerySet) -> int:
    removed = 0
    while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
        removed += rows.model.objects.filter(pk__in=keys).delete()[0]
    return removed
