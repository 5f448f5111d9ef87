"""The site's name, menu and links as every page shows them: read once, kept in memory, renewed when they change.

In a server the watcher (portal.generation) renews what is kept within a second of a change in any process; everywhere
else, the process that makes a change forgets what it kept.
"""
from dataclasses import dataclass

from django.templatetags.static import static

from portal.models import Link, MenuItem, SiteSettings


@dataclass(frozen=True, slots=True)
class Site:
    settings: SiteSettings
    menu: tuple[MenuItem, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def emblem_url(self) -> str:
        return self.settings.emblem.url if self.settings.emblem else static("images/emblem.svg")

    @property
    def own_colour(self) -> str:
        """The chosen colour without its #, where it is not the style sheet's own; else an empty text."""
        return "" if self.settings.colour == SiteSettings.DEFAULT_COLOUR else self.settings.colour.lstrip("#")


_kept: Site | None = None


def current() -> Site:
    """What the pages show; three queries when nothing is kept, none otherwise."""
    return _kept or renew()


def remembered() -> Site:
    """The same without ever asking the database: what is kept, or else the defaults. For the pages of a bad day."""
    return _kept or Site(SiteSettings(pk=1))


def renew() -> Site:
    global _kept
    settings = SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)
    _kept = Site(settings, tuple(MenuItem.objects.all()), tuple(Link.objects.all()))
    return _kept


def forget() -> None:
    global _kept
    _kept = None
