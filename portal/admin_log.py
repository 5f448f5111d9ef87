"""The log in the admin: read by those who may, changed by nobody; made for millions of entries."""
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from news import search, spreadsheet
from news.admin.paging import EstimatedPaginator
from news.vietnamese import nfc
from portal import log
from portal.log_filters import ActionFilter, DateFilter, PersonFilter
from portal.models import LogEntry

CHUNK = 1000  # entries read at a time for a file
COLUMNS = ["Lúc", "Người làm", "Việc", "Loại", "Mã số", "Đối tượng", "Lý do", "Chi tiết", "Địa chỉ máy"]


@admin.register(LogEntry)
class LogEntryAdmin(admin.ModelAdmin):
    change_list_template = "admin/portal/logentry/change_list.html"
    # All of them methods: no address makes the database sort millions of entries by a column.
    list_display = ["moment", "who", "what", "whereto", "why", "whence"]
    list_filter = [DateFilter, ActionFilter, PersonFilter]
    list_per_page = 50
    list_max_show_all = 0
    paginator = EstimatedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = []
    actions = None
    search_fields = ["target_name"]  # turns the search box on; get_search_results does the search
    search_help_text = "Tìm theo tên đối tượng, người làm, lý do; không cần gõ dấu."
    fields = ["moment", "actor_name", "label", "target_name", "kind", "target_id", "reason", "detail", "address"]

    def has_add_permission(self, request):
        return False

    # Superusers too: what may be changed proves nothing.
    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request=None):
        """The filters alone: any other comparison would read the whole log."""
        return lookup in {ActionFilter.parameter_name, PersonFilter.parameter_name, *DateFilter.NAMES}

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def get_search_results(self, request, queryset, search_term):
        term = nfc(search_term).strip()
        return (search.matching(queryset, term, prefix=True) if term else queryset), False

    def get_urls(self):
        return [
            path("xuat.csv", self.admin_site.admin_view(self.export), name="portal_logentry_export"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        query = request.GET.urlencode()
        export = reverse("admin:portal_logentry_export") + (f"?{query}" if query else "")
        return super().changelist_view(request, {"export_url": export, **(extra_context or {})})

    def export(self, request):
        """What the same filters and search leave, newest first, all of it; that it was taken away is logged first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            changelist = self.get_changelist_instance(request)
            entries = changelist.get_queryset(request)
        except IncorrectLookupParameters:  # a filter that no list offers
            return HttpResponseRedirect(reverse("admin:portal_logentry_changelist"))
        log.write("log.export", "Xuất nhật ký", detail=_chosen(changelist))
        return spreadsheet.response(f"nhat-ky-{timezone.localdate():%Y-%m-%d}.csv", COLUMNS, _rows(entries))

    @admin.display(description="lúc")
    def moment(self, entry):
        return f"{timezone.localtime(entry.at):%d-%m-%Y %H:%M:%S}"

    @admin.display(description="loại")
    def kind(self, entry):
        return _kind(entry)

    @admin.display(description="người làm")
    def who(self, entry):
        return entry.actor_name

    @admin.display(description="việc")
    def what(self, entry):
        return entry.label

    @admin.display(description="đối tượng")
    def whereto(self, entry):
        return entry.target_name

    @admin.display(description="lý do")
    def why(self, entry):
        return entry.reason[:120]

    @admin.display(description="địa chỉ máy")
    def whence(self, entry):
        return entry.address or ""


def _kind(entry) -> str:
    try:
        return str(apps.get_model(entry.target_type)._meta.verbose_name)
    except (LookupError, ValueError):  # a model that was, or none
        return ""


def _chosen(changelist) -> str:
    """The search and the filters of a list in words, a line for each."""
    parts = {"Tìm": changelist.query}
    for spec in changelist.filter_specs:
        parts |= spec.chosen()
    return "\n".join(f"{name}: {log.one_line(value, 100)}" for name, value in parts.items() if value)


def _rows(entries):
    last = None
    while True:
        chunk = list((entries if last is None else entries.filter(pk__lt=last)).order_by("-pk")[:CHUNK])
        for entry in chunk:
            yield (f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}", entry.actor_name, entry.label, _kind(entry),
                   entry.target_id, entry.target_name, entry.reason, entry.detail, entry.address)
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].pk
