from django.contrib import admin, messages
from django.contrib.admin import EmptyFieldListFilter
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from news import gambling, links
from news.admin.tools import FoldedSearchMixin
from news.models import Abbreviation, GamblingMention, OutboundDomain, OutboundLink


class NotSeenFilter(EmptyFieldListFilter):
    """Whether somebody has looked at a row."""

    def choices(self, changelist):
        names = {None: "Tất cả", "1": "Chưa xem", "0": "Đã xem"}
        for value, name in names.items():
            yield {
                "selected": self.lookup_val == value,
                "query_string": changelist.get_query_string({self.lookup_kwarg: value} if value else {},
                                                            [] if value else [self.lookup_kwarg]),
                "display": name,
            }  # fmt: skip


class AcknowledgedAdmin(FoldedSearchMixin, admin.ModelAdmin):
    """Rows that the portal itself writes; people look at them and say that they did."""

    actions = ["acknowledge"]
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if self.has_view_permission(request):
            links.drain(links.AT_ONCE)
        return super().changelist_view(request, extra_context)

    @admin.action(description="Đánh dấu đã xem", permissions=["change"])
    def acknowledge(self, request, queryset):
        count = links.acknowledge(queryset.model.objects.filter(pk__in=queryset.values("pk")), request.user)
        self.message_user(request, f"Đã đánh dấu đã xem {count} dòng.", messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        """Saving such a row says that it was looked at; nothing else of it can change."""
        links.acknowledge(type(obj).objects.filter(pk=obj.pk), request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"show_save_and_continue": False, "show_save": obj is not None and obj.acknowledged_at is None}
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(OutboundDomain)
class OutboundDomainAdmin(AcknowledgedAdmin):
    list_display = ["host", "remark", "texts", "first_seen", "acknowledged_at", "acknowledged_by"]
    list_select_related = ["acknowledged_by"]
    list_filter = [("acknowledged_at", NotSeenFilter)]
    search_fields = ["host"]
    fields = ["host", "remark", "first_seen", "where", "acknowledged_at", "acknowledged_by"]
    readonly_fields = fields

    def get_queryset(self, request):
        count = (
            OutboundLink.objects.filter(domain=OuterRef("pk")).order_by().values("domain")
            .annotate(count=Count("pk")).values("count")
        )  # fmt: skip
        return super().get_queryset(request).annotate(text_count=Coalesce(Subquery(count), 0))

    @admin.display(description="số bài")
    def texts(self, domain):
        return domain.text_count

    @admin.display(description="lưu ý")
    def remark(self, domain):
        remarks = [f"viết là {domain.readable}"] if domain.readable else []
        if gambling.is_suspicious(domain.host):
            remarks.append("tên giống trang cờ bạc")
        return "; ".join(remarks)

    @admin.display(description="có trong")
    def where(self, domain):
        rows = links.of_domain(domain)
        items = format_html_join("", "<li>{}</li>", ((_named(row),) for row in rows))
        more = domain.text_count - len(rows)
        return format_html("<ul>{}</ul>{}", items, f"và {more} bài khác" if more > 0 else "")


@admin.register(GamblingMention)
class GamblingMentionAdmin(AcknowledgedAdmin):
    list_display = ["text", "found", "case", "found_at", "acknowledged_at", "acknowledged_by"]
    list_select_related = ["article", "page", "acknowledged_by"]
    list_filter = [("acknowledged_at", NotSeenFilter)]
    search_fields = ["article__title__unaccent", "page__title__unaccent"]
    fields = ["text_link", "found", "case", "found_at", "acknowledged_at", "acknowledged_by"]
    readonly_fields = fields

    @admin.display(description="bài viết hoặc trang")
    def text(self, mention):
        return str(mention.article or mention.page)

    @admin.display(description="bài viết hoặc trang")
    def text_link(self, mention):
        return _named(mention)

    @admin.display(description="từ ngữ")
    def found(self, mention):
        return ", ".join(mention.words)

    @admin.display(description="có lẽ là tin về vụ việc")
    def case(self, mention):
        return "có" if mention.in_crime_news else "không"  # the admin's own sign for this says True and False aloud


@admin.register(Abbreviation)
class AbbreviationAdmin(FoldedSearchMixin, admin.ModelAdmin):
    list_display = ["short", "long", "active"]
    list_filter = ["active"]
    search_fields = ["short", "long__unaccent"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._tell(request)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._tell(request)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self._tell(request)

    def _tell(self, request):
        self.message_user(
            request,
            "Bài lưu từ lúc này theo danh sách mới. Bài đã có sẽ theo sau khi người vận hành cho dựng lại các bài.",
            messages.INFO,
        )


def _named(row):
    """A link to the text that a row is about, where it is edited."""
    text, kind = (row.article, "article") if row.article_id else (row.page, "page")
    return format_html('<a href="{}">{}</a>', reverse(f"admin:news_{kind}_change", args=[text.pk]), text)
