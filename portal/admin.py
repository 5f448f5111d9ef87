from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html

from portal import admin_contact, admin_log, emblem  # noqa: F401 - register themselves
from portal.auth import factor
from portal.auth.again import password_again
from portal.models import Link, MenuItem, PolicyReport, SiteSettings, User
from portal.models.text import nfc


class PasswordForm(AdminPasswordChangeForm):
    # Django's own text holds an English sentence that no catalogue reaches; its script looks for this id.
    usable_password_help_text = (
        "Chọn “Không được” thì người này không đăng nhập bằng mật khẩu nữa."  # noqa: S105
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">'
        "Mật khẩu đang dùng của người này sẽ mất.</li></ul>"
    )


class FactorFilter(admin.SimpleListFilter):
    title = "xác thực hai bước"
    parameter_name = "hai_buoc"

    def lookups(self, request, model_admin):
        return [("co", "Đang bật"), ("khong", "Chưa bật")]

    def queryset(self, request, queryset):
        wanted = {"co": False, "khong": True}.get(self.value())
        return queryset if wanted is None else queryset.filter(second_factor__isnull=wanted)


# Whoever sits down at a screen that was left open does not make accounts or give rights.
@method_decorator(password_again, "changeform_view")
@method_decorator(password_again, "delete_view")
@method_decorator(password_again, "user_change_password")
@method_decorator(password_again, "reset_factor")
@admin.register(User)
class PortalUserAdmin(UserAdmin):
    change_password_form = PasswordForm
    actions = None  # a list would delete accounts without asking for the password
    list_display = ["username", "full_name", "pen_name", "office", "email", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser", FactorFilter]
    search_fields = ["username", "full_name__unaccent", "pen_name__unaccent", "office__unaccent", "email"]
    ordering = ["username"]
    readonly_fields = ["last_login", "date_joined", "factor_state"]
    add_fieldsets = [
        (None, {"fields": ["username", "full_name", "pen_name", "office"]}),
        ("Mật khẩu", {"fields": ["usable_password", "password1", "password2"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights[2:2] = ["is_superuser"]
        return [
            (None, {"fields": ["username", "password"]}),
            ("Người dùng", {"fields": ["full_name", "pen_name", "office", "email"]}),
            ("Quyền", {"fields": rights}),
            ("Xác thực hai bước", {"fields": ["factor_state"]}),
            ("Thời gian", {"fields": ["last_login", "date_joined"]}),
        ]

    # Only a superuser touches a superuser's account: everybody else could otherwise log in as one.
    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _may_touch(request.user, obj)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, nfc(search_term)[:200])

    @admin.display(description="xác thực hai bước")
    def factor_state(self, person):
        state = "Đang bật" if factor.has(person) else "Chưa bật"
        if person.second_factor_due and not factor.has(person):
            state += f", phải bật trước {timezone.localtime(person.second_factor_due):%d-%m-%Y %H:%M}"
        return format_html('{}. <a href="{}">Đặt lại</a>', state, reverse("admin:reset_factor", args=[person.pk]))

    def get_urls(self):
        reset = path("<int:pk>/hai-buoc/", self.admin_site.admin_view(self.reset_factor), name="reset_factor")
        return [reset, *super().get_urls()]

    def reset_factor(self, request, pk):
        """For who has lost the telephone and the recovery codes; asks first, is logged and mailed."""
        person = User.objects.filter(pk=pk).first()
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        if person == request.user:  # whoever could do that would have new grace for ever
            self.message_user(request, "Không ai tự đặt lại cho mình: hãy nhờ người quản trị khác, hoặc người vận hành "
                                       "máy chủ.", messages.ERROR)  # fmt: skip
            return HttpResponseRedirect(reverse("admin:portal_user_change", args=[pk]))
        if request.method == "POST":
            factor.reset(person)
            self.message_user(request, f"Đã đặt lại xác thực hai bước của {person}.")
            return HttpResponseRedirect(reverse("admin:portal_user_change", args=[pk]))
        context = {**self.admin_site.each_context(request), "title": "Đặt lại xác thực hai bước", "opts": self.opts,
                   "original": person}  # fmt: skip
        return TemplateResponse(request, "admin/portal/user/reset_factor.html", context)

    # With what the log says of it, or not at all.
    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        return super().user_change_password(request, id, form_url)


def _may_touch(person, account):
    return account is None or person.is_superuser or not account.is_superuser


admin.site.unregister(Group)


@method_decorator(password_again, "changeform_view")
@method_decorator(password_again, "delete_view")
@admin.register(Group)
class PortalGroupAdmin(GroupAdmin):
    """What a role may do."""

    actions = None  # as above


@admin.register(PolicyReport)
class PolicyReportAdmin(admin.ModelAdmin):
    """What browsers refused because of the content security policy; written by them alone."""

    list_display = ["directive", "blocked", "page", "count", "first_at", "last_at"]
    list_filter = ["directive"]
    search_fields = ["blocked", "page"]
    fields = readonly_fields = ["directive", "blocked", "page", "count", "first_at", "last_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, nfc(search_term)[:200])


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):
    """The one row, opened without a list before it."""

    form = emblem.SettingsForm
    fieldsets = [
        ("Tên gọi", {"fields": ["name", "english_name", "organisation", "description", "emblem", "colour"]}),
        ("Liên hệ và trách nhiệm", {"fields": ["responsible", "licence", "address", "phone", "email"]}),
        ("RSS", {"fields": ["feeds_in_full"]}),
        ("Thống kê truy cập", {"fields": ["visits_before"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "emblem" in form.changed_data:
            transaction.on_commit(lambda: emblem.clear(kept=obj.emblem.name))

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        SiteSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:portal_sitesettings_change", args=[1]))


@admin.register(MenuItem, Link)
class OrderedLinkAdmin(admin.ModelAdmin):
    list_display = ["label", "address", "position"]
    list_editable = ["position"]
    search_fields = ["label__unaccent", "address"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, nfc(search_term)[:200])
