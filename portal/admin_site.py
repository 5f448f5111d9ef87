from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse


class PortalAdminSite(AdminSite):
    site_header = "Quản trị cổng thông tin"
    site_title = "Quản trị"
    index_title = "Bàn làm việc"
    enable_nav_sidebar = False

    def login(self, request, extra_context=None):
        """Everybody logs in at one place; who is logged in already lacks the rights and is told so there."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("login"))

    def logout(self, request, extra_context=None):
        from portal.views.people import logout

        return logout(request)
