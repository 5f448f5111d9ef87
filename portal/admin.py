from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from portal import admin_log  # noqa: F401 - registers the log
from portal.models import Link, MenuItem, SiteSettings, User
from portal.models.text import nfc


class PasswordForm(AdminPasswordChangeForm):
    # Django's own text holds an English sentence that no catalogue reaches; its script looks for this id.
    usable_password_help_text = (
        "Chọn “Không được” thì người này không đăng nhập bằng mật khẩu nữa."  # noqa: S105
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">'
        "Mật khẩu đang dùng của người này sẽ mất.</li></ul>"
    )


@admin.register(User)
class PortalUserAdmin(UserAdmin):
    change_password_form = PasswordForm
    list_display = ["username", "full_name", "pen_name", "office", "email", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser"]
    search_fields = ["username", "full_name__unaccent", "pen_name__unaccent", "office__unaccent", "email"]
    ordering = ["username"]
    readonly_fields = ["last_login", "date_joined"]
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
            ("Thời gian", {"fields": ["last_login", "date_joined"]}),
        ]

    # Only a superuser touches a superuser's account: everybody else could otherwise log in as one.
    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _may_touch(request.user, obj)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, nfc(search_term)[:200])

    # With what the log says of it, or not at all.
    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        return super().user_change_password(request, id, form_url)


def _may_touch(person, account):
    return account is None or person.is_superuser or not account.is_superuser


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):
    """The one row, opened without a list before it."""

    fieldsets = [
        ("Tên gọi", {"fields": ["name", "organisation", "description", "emblem", "colour"]}),
        ("Liên hệ và trách nhiệm", {"fields": ["responsible", "licence", "address", "phone", "email"]}),
        ("RSS", {"fields": ["feeds_in_full"]}),
        ("Thống kê truy cập", {"fields": ["visits_before"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

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
