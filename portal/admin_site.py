from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse


class PortalAdminSite(AdminSite):
    site_header = "Quản trị cổng thông tin"
    site_title = "Quản trị"
    index_title = "Bàn làm việc"
    enable_nav_sidebar = False

    def get_urls(self):
        from portal import dashboard

        export = path("thong-ke/truy-cap.csv", self.admin_view(dashboard.export), name="visits_csv")
        return [export, *super().get_urls()]

    def index(self, request, extra_context=None):
        from portal import dashboard

        return super().index(request, {**dashboard.context(request), **(extra_context or {})})

    def login(self, request, extra_context=None):
        """Everybody logs in at one place; who is logged in already lacks the rights and is told so."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("login"))

    def logout(self, request, extra_context=None):
        from portal.views.people import logout

        return logout(request)
