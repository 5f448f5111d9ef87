"""Knows the staff's own requests without asking who is logged in: a signed cookie beside the session's says so."""
from django.conf import settings
from django.core import signing

from stats import clock, conf

MARK = "visit.staff"  # in request.META: True at a login, False at a logout, else absent
_SALT = "stats.staff"


def logged_in(sender, request, user, **kwargs):
    if request is not None and user.is_staff:
        request.META[MARK] = True


def logged_out(sender, request, user, **kwargs):
    if request is not None:
        request.META[MARK] = False


def mark(request, response) -> None:
    """Sends or takes back the cookie where this request logged somebody in or out."""
    if request.META[MARK]:
        response.set_cookie(
            cookie_name(), signing.dumps(int(clock.now()), salt=_SALT), max_age=settings.SESSION_COOKIE_AGE,
            secure=conf.get("HTTPS"), httponly=True, samesite="Lax",
        )  # fmt: skip
    else:
        response.delete_cookie(cookie_name(), samesite="Lax")


def asks(environ: dict) -> bool:
    """Whether this request comes from somebody of the staff with a session: from the Cookie header alone."""
    header = environ.get("HTTP_COOKIE")
    if not header or "staff" not in header or conf.get("SESSION_COOKIE_NAME") not in header:
        return False
    cookies = dict(part.strip().partition("=")[::2] for part in header.split(";"))
    if not cookies.get(settings.SESSION_COOKIE_NAME):
        return False
    try:
        since = signing.loads(cookies.get(cookie_name(), ""), salt=_SALT)
    except signing.BadSignature:
        return False
    return clock.now() - since <= settings.SESSION_COOKIE_AGE


def cookie_name() -> str:
    return "__Host-staff" if conf.get("HTTPS") else "staff"
