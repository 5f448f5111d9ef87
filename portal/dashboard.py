"""The newsroom's front desk: what waits there, and what stats counted with the names of what news published."""
from django.http import HttpResponse
from django.urls import reverse

from news import desk, links
from news.models import Article
from portal import contact, log, site
from stats import dashboard as stats


def context(request) -> dict:
    """For the admin's index; a query for each pile, seven for visits, one for letters, those of `links.warnings`."""
    before = site.current().settings.visits_before
    return {
        "piles": desk.piles(request.user) if request.user.has_perm("news.view_article") else [],
        **stats.context(request.GET.get("ngay", stats.DEFAULT_PERIOD), _articles, before),
        "stats_export_url": reverse("admin:visits_csv"),
        "letters": contact.waiting() if request.user.has_perm("portal.view_contactmessage") else 0,
        "link_warnings": links.warnings(request.user),
    }


def export(request):
    """The figures by day as a CSV file, of the number of days in `?ngay=`."""
    days = request.GET.get("ngay", "")
    days = int(days) if days.isascii() and days.isdigit() and len(days) < 6 else max(stats.PERIODS)
    log.write("visits.export", "Xuất số liệu truy cập", detail=f"{days} ngày")
    return HttpResponse("".join(stats.export(days)), content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{stats.export_name(days)}"', "Cache-Control": "no-store",
    })  # fmt: skip


def _articles(keys) -> dict[int, tuple[str, str]]:
    found = Article.objects.filter(pk__in=keys).only("title", "slug")
    return {article.pk: (article.title, article.get_absolute_url()) for article in found}
