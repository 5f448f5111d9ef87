"""What stands around every page, for pages that are drawn once (news.drawn)."""
from django.conf import settings

from news import drawn
from portal import figures, site


class Shell:
    """Everything that templates read of `portal.context` and of the request besides its address."""

    def around(self, request) -> tuple | None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return None
        now = site.current()
        # Banners come and go by the clock, and so do the articles that they lead to.
        return now, tuple((alert.pk, alert.link is not None and alert.link.is_public) for alert in now.alerts)

    def figures(self) -> figures.Figures:
        return figures.current()


drawn.shell = Shell()
