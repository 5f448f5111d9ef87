"""A month of what appears and what expires, and what is overdue."""
import datetime as dt

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone

from news import desk
from news.states import visible_to
from news.vietnamese import WEEKDAYS

OVERDUE = 100


def view(model_admin, request):
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    first = _month(request.GET.get("thang", ""))
    late = list(desk.overdue(visible_to(request.user)).select_related("owner").order_by("state_at")[:OVERDUE])
    for article in late:
        article.why = desk.why_overdue(article)
    return TemplateResponse(request, "admin/news/article/calendar.html", {
        **model_admin.admin_site.each_context(request), "title": f"Lịch đăng tháng {first.month} năm {first.year}",
        "opts": model_admin.opts, "weeks": desk.month(request.user, first.year, first.month), "overdue": late,
        "weekdays": WEEKDAYS, "today": timezone.localdate(), "before": f"{first - dt.timedelta(days=1):%Y-%m}",
        "after": f"{(first + dt.timedelta(days=32)):%Y-%m}",
    })  # fmt: skip


def _month(typed: str) -> dt.date:
    """The first day of `2026-11`; of this month for anything that is none."""
    try:
        first = dt.datetime.strptime(typed, "%Y-%m").date()
    except ValueError:
        first = timezone.localdate().replace(day=1)
    return first if 1900 < first.year < 2199 else timezone.localdate().replace(day=1)
