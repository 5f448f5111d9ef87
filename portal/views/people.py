"""The door for everybody: password, code, way out; the admin's own login leads here."""
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth import logout as leave
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal import log, origin
from portal.auth import entry, factor, idle, mail, passwords, throttle
from portal.auth.forms import CodeForm, LoginForm, NewPasswordForm

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Mật khẩu phân biệt chữ hoa và chữ thường."
IDLE = "Tài khoản này đã đóng vì lâu không dùng. Hãy nhờ người quản trị cổng mở lại."
OVERDUE = ("Tài khoản này phải có xác thực hai bước nhưng đã quá hạn bật. Hãy nhờ người quản trị cổng cho thêm hạn.")


@never_cache
@sensitive_post_parameters("password")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def login(request):
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(entry.destination(request.user, wanted))
    if request.method != "POST":
        return _login_page(request, LoginForm(), wanted)
    form = LoginForm(request.POST)
    if form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password"]
        device = entry.device_of(request, name)
        try:
            attempt = throttle.enter(name, origin.network(request), device=device, ticket=form.cleaned_data["ticket"])
        except throttle.Refused as refused:
            return too_many(request, _login_page(request, form, wanted, refused), refused)
        person = authenticate(request, username=name, password=password)
        if person is None:
            form.add_error(None, WRONG)
        else:
            throttle.give_back(attempt)
            problem = _why_not(person)
            if not problem:
                return _next_step(request, person, wanted, password)
            form.add_error(None, problem)
    return _login_page(request, form, wanted)


def _why_not(person) -> str:
    """Why a right password does not open; said to nobody who does not have it."""
    if idle.is_idle(person):
        idle.close(person)
        return IDLE
    if not factor.has(person) and entry.overdue(person):
        log.write("auth.overdue", "Quá hạn bật xác thực hai bước", person, actor=person)
        return OVERDUE
    return ""


def _next_step(request, person, wanted, password):
    if factor.has(person):
        entry.hold(request, person, wanted, entry.CODE)
        return redirect("login_code")
    if not passwords.stands_alone(password):
        entry.hold(request, person, wanted, entry.LONGER)
        return redirect("login_longer")
    return entry.finish(request, person, wanted)


def _login_page(request, form, wanted, refused=None):
    return render(request, "people/login.html", {
        "form": form, "next": entry.own_path(wanted), "refused": refused,
        "ticket": refused.ticket if refused else form.data.get("ticket", ""),
    })  # fmt: skip


def too_many(request, response, refused):
    response.status_code = 429
    response["Retry-After"] = str(refused.seconds)
    return response


@never_cache
@sensitive_post_parameters("code")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def login_code(request):
    """The second step, for who has just given the right password."""
    if request.user.is_authenticated:
        return redirect(entry.destination(request.user, ""))
    person, wanted = entry.held(request, entry.CODE)
    if person is None:
        return redirect("login")
    form, refused = CodeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            attempt = throttle.Attempt((throttle.take("code", str(person.pk), who=person.get_username()),))
        except throttle.Refused as error:
            refused = error
        else:
            kind = factor.use(person, form.cleaned_data["code"])
            if kind:
                throttle.give_back(attempt)
                if kind == "recovery":
                    mail.tell(person, "recovery_used", left=person.recovery_codes.count())
                return entry.finish(request, person, wanted)
            log.write("auth.failed", "Sai mã xác thực", person, actor=person)
            form.add_error("code", "Mã chưa đúng, đã hết hạn hoặc đã dùng. Hãy chờ mã mới rồi nhập lại.")
    page = render(request, "people/code.html", {"form": form, "refused": refused})
    return too_many(request, page, refused) if refused else page


@never_cache
@sensitive_post_parameters()
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def login_longer(request):
    """For who has just given the right password, which is too short without a second factor: a longer one, then in."""
    if request.user.is_authenticated:
        return redirect(entry.destination(request.user, ""))
    person, wanted = entry.held(request, entry.LONGER)
    if person is None or factor.has(person):
        return redirect("login")
    form = NewPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return entry.finish(request, person, wanted)
    return render(request, "people/longer_password.html", {"form": form, "least": passwords.ALONE})


@never_cache
@csrf_protect
@require_POST
def logout(request):
    leave(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
