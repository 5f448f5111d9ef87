"""Where a change comes from: the request that is being answered, so that whatever writes the log knows who and whence.

A command, a shell and the background threads have none.
"""
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

from stats import address as addresses

_request: ContextVar[HttpRequest | None] = ContextVar("origin", default=None)


class OriginMiddleware:
    """Remembers the request while it is answered; asks nothing of it, so that a reader's page costs no query."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def in_request() -> bool:
    return _request.get() is not None


def person():
    """The user who is logged in on the request in hand; None for a guest, and where there is no request."""
    user = getattr(_request.get(), "user", None)
    return user if user is not None and user.is_authenticated else None


def address(request: HttpRequest | None = None) -> str | None:
    """The client's address, of `request` or else of the one in hand; None where there is none to read."""
    request = request or _request.get()
    return (addresses.client(request.META, settings.TRUSTED_PROXIES) or None) if request is not None else None


def network(request: HttpRequest) -> str:
    """What attempts are counted by: the client's IPv4 address or IPv6 /64; "" where there is none to read."""
    return addresses.network(request.META, settings.TRUSTED_PROXIES)


def session_key() -> str | None:
    """The key of the session that the request in hand came with."""
    return getattr(getattr(_request.get(), "session", None), "session_key", None)
