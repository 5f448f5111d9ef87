"""Somebody's own account: names, mailbox, password, second factor, sessions, recent activity."""
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal import log
from portal.auth import again, entry, factor, mail, sessions, throttle
from portal.auth.forms import ChangePasswordForm, EmailForm, PasswordForm, ProfileForm
from portal.models import LogEntry, User
from portal.views.people import too_many

RECENT = 20  # entries of the log
MAILBOX = "portal.auth.mailbox"
MAILBOX_LASTS = 24 * 3600  # seconds


def own(view):
    """A page of whoever is logged in, kept by no cache."""

    @wraps(view)
    @never_cache
    @sensitive_post_parameters()
    @csrf_protect
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return page


@own
def account(request):
    person = request.user
    about_me = Q(action__startswith="auth.") | Q(action__startswith="user.") | Q(action__startswith="factor.")
    mine = Q(actor_id=person.pk) | Q(target_type="portal.user", target_id=person.pk)
    return render(request, "people/account.html", {
        "sessions": sessions.of(person), "here": request.session.session_key, "has_factor": factor.has(person),
        "codes_left": person.recovery_codes.count(), "needs_factor": factor.required(person),
        "activity": LogEntry.objects.filter(about_me, mine).defer("search")[:RECENT],
    })  # fmt: skip


@own
def profile(request):
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=["full_name", "pen_name"])
        messages.success(request, "Đã lưu họ tên và bút danh.")
        return redirect("account")
    return form_page(request, form, "Họ tên và bút danh", "Lưu")


# ---------------------------------------------------------------- the password


def check_password(request, typed: str) -> bool:
    """Whether it is the person's own; raises throttle.Refused, so that a screen left open is no place to guess."""
    person = request.user
    attempt = throttle.Attempt((throttle.take("again", str(person.pk), who=person.get_username()),))
    if not person.check_password(typed):
        log.write("auth.failed", "Sai mật khẩu khi xác nhận", person)
        return False
    throttle.give_back(attempt)
    return True


@own
def confirm_password(request):
    wanted = entry.own_path(request.POST.get("next") or request.GET.get("next")) or reverse("account")
    form, refused = PasswordForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            if check_password(request, form.cleaned_data["password"]):
                again.confirm(request)
                return redirect(wanted)
            form.add_error("password", "Mật khẩu chưa đúng.")
        except throttle.Refused as error:
            refused = error
    return form_page(request, form, "Nhập lại mật khẩu", "Tiếp tục", refused=refused, next=wanted,
                 intro="Việc này quan trọng: hãy cho biết đúng là bạn đang ngồi trước máy.")  # fmt: skip


@own
def password(request):
    form, refused = ChangePasswordForm(request.user, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            if check_password(request, form.cleaned_data["old_password"]):
                form.save()
                update_session_auth_hash(request, form.person)
                again.confirm(request)
                messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác của bạn đã kết thúc.")
                return redirect("account")
            form.add_error("old_password", "Mật khẩu đang dùng chưa đúng.")
        except throttle.Refused as error:
            refused = error
    return form_page(request, form, "Đổi mật khẩu", "Đổi mật khẩu", refused=refused, strength=True)


# ---------------------------------------------------------------- the mailbox


@own
@again.password_again
def email(request):
    form, refused = EmailForm(request.POST or None, initial={"email": request.user.email}), None
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        try:
            throttle.take("mail-to", address)
            token = signing.dumps({"user": request.user.pk, "from": request.user.email, "to": address}, salt=MAILBOX)
            link = settings.SITE_URL + reverse("confirm_email", args=[token])
            mail.tell(request.user, "confirm_email", to=address, link=link)
            messages.success(request, f"Đã gửi thư đến {address}. Hãy mở liên kết trong thư để xác nhận.")
            return redirect("account")
        except throttle.Refused as error:
            refused = error
    return form_page(request, form, "Địa chỉ thư điện tử", "Gửi thư xác nhận", refused=refused,
                 intro="Địa chỉ mới chỉ được dùng sau khi bạn mở liên kết trong thư gửi đến địa chỉ ấy.")  # fmt: skip


@own
def confirm_email(request, token):
    """A button, because programs that look through letters open links by themselves."""
    try:
        held = signing.loads(token, salt=MAILBOX, max_age=MAILBOX_LASTS)
    except signing.BadSignature:
        held = {}
    person = request.user
    if held.get("user") != person.pk or held.get("from") != person.email:
        return render(request, "people/confirm_email.html", status=410)
    if request.method == "POST":
        before, person.email = person.email, held["to"]
        person.save(update_fields=["email"])
        mail.tell(person, "email_changed", to=before)
        messages.success(request, "Đã đổi địa chỉ thư điện tử.")
        return redirect("account")
    return render(request, "people/confirm_email.html", {"email": held["to"]})


# ---------------------------------------------------------------- sessions


@require_POST
@own
def end_session(request):
    """Ends one session of one's own, or all but the one in hand."""
    only = request.POST.get("session")
    here = request.session.session_key
    this_one = only == sessions.handle(here)
    ended = sessions.end(request.user, keep=None if this_one else here, only=only)
    if ended:
        log.write("auth.ended", "Kết thúc phiên đăng nhập", request.user, detail=f"{ended} phiên")
    if this_one:
        request.session.flush()
        return redirect("login")
    messages.success(request, f"Đã kết thúc {ended} phiên đăng nhập.")
    return redirect("account")


def form_page(request, form, title, button, *, refused=None, **context):
    page = render(request, "people/form.html", {
        "form": form, "title": title, "button": button, "refused": refused, **context})  # fmt: skip
    return too_many(request, page, refused) if refused else page
