"""What every page shows besides its own subject."""
from django.conf import settings

from portal import figures, site


def site_context(request):
    return {"site": site.current(), "figures": figures.current(), "account": account(request)}


def account(request):
    """The person who is logged in, or None.

    Looked for only where the browser sent a session's cookie: anybody else's page costs no query and stays the same
    for everyone (no `Vary: Cookie`).
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return None
    return request.user if request.user.is_authenticated else None
