"""Nhuận bút: a month's articles by author and genre, and the same as a file for whoever works out what is paid."""
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from news import fees, spreadsheet
from news.models import Article, FeeSheet
from news.paging import page_of
from news.signals import happened

SIZE = 100  # articles on a page


@admin.register(FeeSheet)
class FeeSheetAdmin(admin.ModelAdmin):
    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("news.export_fees")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        return [
            path("xuat.csv", self.admin_site.admin_view(self.export), name="news_feesheet_export"),
            path("", self.admin_site.admin_view(self.changelist_view), name="news_feesheet_changelist"),
        ]

    def changelist_view(self, request, extra_context=None):
        """Three queries besides who asks: the table, a page of keys, the articles."""
        month = self._month(request)
        if month is None:
            return HttpResponseRedirect(reverse("admin:news_feesheet_changelist"))
        authors = fees.authors(month)
        genres = fees.genres(authors)
        cards = Article.objects.select_related("category", "owner").only(
            "title", "slug", "pen_name", "genre", "publish_at", "category__name", "owner__full_name", "owner__username")
        table = [(author, [author.counts[genre] for genre in genres]) for author in authors]
        return render(request, "admin/news/feesheet/month.html", {
            **self.admin_site.each_context(request), "title": f"Nhuận bút: {month}", "opts": self.opts,
            "month": month, "this_month": fees.this_month(), "genres": genres, "table": table,
            "totals": [sum(author.counts[genre] for author in authors) for genre in genres],
            "total": sum(author.total for author in authors),
            "page": page_of(request, fees.articles(month).order_by("publish_at", "pk"), cards, SIZE),
            **(extra_context or {}),
        })  # fmt: skip

    def export(self, request):
        month = self._month(request)
        if month is None:
            return HttpResponseRedirect(reverse("admin:news_feesheet_changelist"))
        happened.send(sender=FeeSheet, actor=request.user, action="fees.export", label="Xuất bảng tính nhuận bút",
                      target=None, reason="", detail=str(month))  # fmt: skip
        rows = fees.sheet(month, request.build_absolute_uri)
        return spreadsheet.response(f"nhuan-but-{month.code}.csv", fees.HEADING, rows)

    def _month(self, request):
        """The month in `?thang=`, this one where none is asked for, None where what is asked for is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed = request.GET.get("thang", "")
        return fees.parse_month(typed) if typed else fees.this_month()
