"""The steps of a login: password, then a code where there is a second factor, then a session of its own.

A password that is too short to stand alone has a step of its own: a longer one. Between the steps nobody is logged in:
the session holds only whose password was right, and which step comes next, for ten minutes.
"""
import secrets
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core import signing
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from portal.auth import factor, retention
from portal.auth.throttle import digest
from portal.models import User

HALF = "half_logged_in"
CODE, LONGER = "code", "longer"  # the steps behind the password
HALF_LASTS = 10 * 60  # seconds
BACKEND = "django.contrib.auth.backends.ModelBackend"
DEVICE_LASTS = 180 * 24 * 3600  # seconds
_DEVICE = "portal.auth.device"


def own_path(text: str | None) -> str:
    """A path on this portal, with its query; "" for everything else, whatever a browser would make of it."""
    text = text or ""
    plain = len(text) <= 2000 and text.startswith("/") and text.isprintable() and "\\" not in text
    if not plain or text.startswith("//") or not url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return ""
    parts = urlsplit(text)
    return "" if parts.scheme or parts.netloc or parts.path.startswith("//") else text


def destination(person, wanted: str) -> str:
    return own_path(wanted) or resolve_url(settings.LOGIN_REDIRECT_URL if person.is_staff else "home")


# ---------------------------------------------------------------- half way


def hold(request, person, wanted: str, step: str) -> None:
    """Remembers whose password was right, in a session that nobody else can know the key of."""
    request.session.flush()
    request.session[HALF] = {"user": person.pk, "password": person.get_session_auth_hash(), "step": step,
                             "until": int(time.time()) + HALF_LASTS, "next": own_path(wanted)}  # fmt: skip


def held(request, step: str) -> tuple[User | None, str]:
    """Who is half way in and has this step before them, and where to; (None, "") where nobody is, or not any more."""
    found = request.session.get(HALF)
    if not found or found["until"] < time.time() or found.get("step") != step:
        return None, ""
    person = User.objects.filter(pk=found["user"], is_active=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), found["password"]):
        return None, ""
    return person, found["next"]


# ---------------------------------------------------------------- in


def overdue(person) -> bool:
    """Whether somebody who needs a second factor had time enough to set one up and has none."""
    due = factor.due(person)
    return due is not None and due < timezone.now()


def finish(request, person, wanted: str):
    """Logs somebody in and leads where they wanted."""
    login(request, person, backend=BACKEND)
    if not factor.has(person):
        due = factor.due(person)
        if due is not None:
            day = f"{timezone.localtime(due):%d-%m-%Y}"
            messages.warning(request, f"Hãy mở “Tài khoản” ở đầu trang và bật xác thực hai bước trước ngày {day}. "
                                      "Sau ngày ấy bạn không đăng nhập được nữa.")  # fmt: skip
    response = redirect(destination(person, wanted))
    remember_device(response, person)
    retention.daily()
    return response


# ---------------------------------------------------------------- a browser that is known


def device_cookie() -> str:
    return "__Host-device" if settings.HTTPS else "device"


def device_of(request, name: str) -> str:
    """The id of a browser in which this very name has logged in before; "" for any other."""
    try:
        held = signing.loads(request.COOKIES.get(device_cookie(), ""), salt=_DEVICE, max_age=DEVICE_LASTS)
    except signing.BadSignature:
        return ""
    return held["id"] if held["name"] == digest(name) else ""


def remember_device(response, person) -> None:
    value = signing.dumps({"name": digest(person.get_username()), "id": secrets.token_urlsafe(12)}, salt=_DEVICE)
    response.set_cookie(device_cookie(), value, max_age=DEVICE_LASTS, secure=settings.HTTPS, httponly=True,
                        samesite="Lax")  # fmt: skip
