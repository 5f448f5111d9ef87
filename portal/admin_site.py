from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404
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

    def admin_view(self, view, cacheable=False):
        protected = super().admin_view(view, cacheable)

        @wraps(protected)
        def checked(request, *args, **kwargs):
            _refuse_garbage(request)
            try:
                if "content_type_id" in kwargs and self.has_permission(request):
                    self._refuse_unseen(request, **kwargs)
                return protected(request, *args, **kwargs)
            except (ValueError, ValidationError):
                if "content_type_id" in kwargs:  # Django's way to a row's own page, with a key that is none
                    raise Http404 from None
                raise

        return checked

    def _refuse_unseen(self, request, content_type_id, object_id):
        """The way to a row's own page names it: only for who may see the row. Raises Http404."""
        try:
            model_admin = self.get_model_admin(ContentType.objects.get_for_id(content_type_id).model_class())
        except (ContentType.DoesNotExist, NotRegistered):
            raise Http404 from None
        found = model_admin.get_object(request, object_id)
        if found is None or not model_admin.has_view_permission(request, found):
            raise Http404

    def index(self, request, extra_context=None):
        from portal import dashboard

        return super().index(request, {**dashboard.context(request), **(extra_context or {})})

    def login(self, request, extra_context=None):
        """Everybody logs in at one place; who is logged in already lacks the rights and is told so."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("login"))

    def password_change(self, request, extra_context=None):
        from portal.views.account import password

        return password(request)

    def logout(self, request, extra_context=None):
        from portal.views.people import logout

        return logout(request)


def _refuse_garbage(request):
    """What no page of the admin offers, and Django's lists would fail on: raises BadRequest."""
    for name, values in request.GET.lists():
        if name.endswith(("__year", "__month", "__day")) and not all(_number_up_to(value, 2200) for value in values):
            raise BadRequest(f"{name} is no part of a date")
        if name.endswith("regex"):
            raise BadRequest(f"{name} would run a pattern of a stranger's")
    if not all(_number_up_to(key, 2**63 - 1) for key in request.POST.getlist("_selected_action")):
        raise BadRequest("a key that no list offers")


def _number_up_to(text, most):
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most
