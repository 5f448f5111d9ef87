"""The archive by day: years, the months of one, the days of one."""
import datetime as dt

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from news import archive, listing
from news.paging import page_of


def archive_index(request):
    """The months of the newest year; `?ngay=2021-03-24`, from the calendar's form, leads to that day."""
    asked = request.GET.get("ngay")
    if asked:
        return redirect(archive.day(_date_typed(asked)))
    return _year(request, (archive.newest() or timezone.localdate()).year)


def archive_year(request, year):
    return _year(request, _date(year).year)


def archive_month(request, year, month):
    """A month's calendar beside its articles; three queries."""
    return _listed(request, "news/archive_month.html", archive.month(_date(year, month)))


def archive_day(request, year, month, day):
    """Everything published on one day of the portal's time zone, beside its month's calendar; three queries."""
    return _listed(request, "news/archive.html", archive.day(_date(year, month, day)))


def _listed(request, template, span):
    page = page_of(request, archive.within(span), listing.cards)
    return render(request, template, {"page": page, "span": span, "leaf": archive.leaf(span.first),
                                      "today": timezone.localdate()})  # fmt: skip


def _year(request, number):
    whole = archive.year(number)
    marked = archive.mark([archive.month(dt.date(number, month, 1)) for month in range(1, 13)], whole)
    return render(request, "news/archive_year.html", {
        "year": number, "months": marked.spans, "before": marked.before, "after": marked.after,
    })  # fmt: skip


def _date(year, month=1, day=1):
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    if date.year not in archive.YEARS:
        raise Http404
    return date


def _date_typed(text):
    try:
        date = parse_date(text)
    except ValueError:
        date = None
    return _date(*date.timetuple()[:3]) if date else timezone.localdate()
