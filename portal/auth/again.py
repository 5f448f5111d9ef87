"""Before delicate acts the password is asked for again, unless it was given a short time ago."""
import time
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from portal.auth.sessions import CONFIRMED

FRESH = 15 * 60  # seconds that a password counts for opening a delicate page
FRESH_FORM = 60 * 60  # and for sending what such a page holds, so that nobody types in vain


def confirmed(request: HttpRequest) -> bool:
    allowed = FRESH if request.method in {"GET", "HEAD"} else FRESH_FORM
    return time.time() - request.session.get(CONFIRMED, 0) < allowed


def confirm(request: HttpRequest) -> None:
    request.session[CONFIRMED] = int(time.time())


def password_again(view):
    """For views of somebody who is logged in; anybody else is left to what the view itself does."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.user.is_authenticated and not confirmed(request):
            return redirect(f"{reverse('confirm_password')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return asked
