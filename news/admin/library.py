"""What the pages of pictures and of files share: trash, back again, where something is used, search without marks."""
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from news import library, usage
from news.admin.tools import FoldedSearchMixin


class TrashFilter(admin.SimpleListFilter):
    title = "nơi để"
    parameter_name = "thung_rac"

    def lookups(self, request, model_admin):
        return [("1", "Thùng rác")]

    def choices(self, changelist):
        everything, trash = super().choices(changelist)
        yield {**everything, "display": "Thư viện"}
        yield trash

    def queryset(self, request, queryset):
        if request.resolver_match.url_name.endswith("_changelist"):
            return queryset.trashed() if self.value() == "1" else queryset.kept()
        return queryset


class LibraryAdmin(FoldedSearchMixin, admin.ModelAdmin):
    """Nothing is deleted here: things go to the trash, come back, and `manage.py media_purge` empties it."""

    change_form_template = "admin/news/library/change_form.html"
    list_per_page = 48
    date_hierarchy = "created_at"
    actions = ["trash_selected", "restore_selected"]

    def has_delete_permission(self, request, obj=None):
        return False

    def may_trash(self, request):
        return request.user.has_perm(f"news.delete_{self.opts.model_name}")

    def has_trash_permission(self, request):
        return self.may_trash(request)

    def get_search_results(self, request, queryset, search_term):
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.kept()
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self):
        name = f"news_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/thung-rac/", wrap(require_POST(self.trash_view)), name=f"{name}_trash"),
            path("<int:pk>/khoi-phuc/", wrap(require_POST(self.restore_view)), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            name = f"admin:news_{self.opts.model_name}"
            context |= {
                "trash_url": reverse(f"{name}_trash", args=[obj.pk]) if self.may_trash(request) else "",
                "restore_url": reverse(f"{name}_restore", args=[obj.pk]) if self.may_trash(request) else "",
                "places": usage.places(obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # ------------------------------------------------------------ trash

    def trash_view(self, request, pk):
        item = self._wanted(request, pk)
        if item is not None:
            self._trash(request, item)
            return HttpResponseRedirect(reverse(f"admin:news_{self.opts.model_name}_change", args=[pk]))
        return HttpResponseRedirect(reverse(f"admin:news_{self.opts.model_name}_changelist"))

    def restore_view(self, request, pk):
        item = self._wanted(request, pk)
        if item is not None:
            library.restore(item, request.user)
            self.message_user(request, f"Đã khôi phục “{item}”.", messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:news_{self.opts.model_name}_changelist"))

    @admin.action(description="Bỏ vào thùng rác", permissions=["trash"])
    def trash_selected(self, request, queryset):
        for item in queryset.filter(deleted_at=None):
            self._trash(request, item)

    @admin.action(description="Khôi phục", permissions=["trash"])
    def restore_selected(self, request, queryset):
        for item in queryset.trashed():
            library.restore(item, request.user)
            self.message_user(request, f"Đã khôi phục “{item}”.", messages.SUCCESS)

    def _wanted(self, request, pk):
        if not self.may_trash(request):
            raise PermissionDenied
        return self.get_object(request, str(pk))

    def _trash(self, request, item):
        try:
            library.trash(item, request.user)
        except library.InUseError as used:
            where = format_html_join(
                ", ", '<a href="{}">{}</a> ({})', [(place.address, place.title, place.how) for place in used.places]
            )
            self.message_user(request, format_html("“{}” đang được dùng nên chưa bỏ được: {}.", item, where),
                              messages.ERROR)  # fmt: skip
        else:
            self.message_user(request, f"Đã bỏ “{item}” vào thùng rác; ở đó {library.KEPT_DAYS} ngày.",
                              messages.SUCCESS)  # fmt: skip
