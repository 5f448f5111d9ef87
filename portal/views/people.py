"""Login and logout for everybody; the admin's own login leads here."""
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm
from django.shortcuts import resolve_url

from portal import site as portal_site


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Mật khẩu phân biệt chữ hoa và chữ thường.",
        "inactive": "Tài khoản này đã bị khóa.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"


class LoginView(auth.LoginView):
    template_name = "people/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        # Django's view says `site` to a name and a domain; every page here means the portal's own.
        return {**super().get_context_data(**kwargs), "site": portal_site.current()}

    def get_default_redirect_url(self):
        return super().get_default_redirect_url() if self.request.user.is_staff else resolve_url("home")


login = LoginView.as_view()
logout = auth.LogoutView.as_view()
