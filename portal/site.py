"""The site's name, menu, links, banners as every page shows them: read once, kept in memory, renewed on a change.

In a server the watcher (portal.generation) renews what is kept within a second of a change in any process; everywhere
else, the process that makes a change forgets what it kept.
"""
import contextlib
from dataclasses import dataclass, field

from django.db import Error, connection
from django.templatetags.static import static
from django.utils import timezone

from news.models import AlertBanner, Page
from portal.models import Link, MenuItem, SiteSettings


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """While nothing in it changes, the same object."""

    settings: SiteSettings
    menu: tuple[MenuItem, ...] = ()
    links: tuple[Link, ...] = ()
    english: tuple[Page, ...] = ()  # title and address alone
    banners: tuple[AlertBanner, ...] = ()  # those shown and those still to come, the gravest first
    fragments: dict[tuple, str] = field(default_factory=dict, repr=False)  # see templatetags.kept

    @property
    def alerts(self) -> list[AlertBanner]:
        """The banners of this moment: they appear and end by the clock, with nobody asking the database."""
        return [banner for banner in self.banners if banner.is_shown]

    @property
    def emblem_url(self) -> str:
        return self.settings.emblem.url if self.settings.emblem else static("images/emblem.svg")

    @property
    def own_colour(self) -> str:
        """The chosen colour without its #, where it is not the style sheet's own; else an empty text."""
        return "" if self.settings.colour == SiteSettings.DEFAULT_COLOUR else self.settings.colour.lstrip("#")


GRAVITY = AlertBanner.Level.values  # least first
_kept: Site | None = None
_latest: tuple[list, Site] | None = None  # what was read last, and the site that was made of it


def current() -> Site:
    """What the pages show; five queries when nothing is kept, none otherwise."""
    return _kept or renew()


def remembered() -> Site:
    """The same without ever asking the database: what is kept, or else the defaults. For the pages of a bad day."""
    return _kept or Site(SiteSettings(pk=1))


def renew() -> Site:
    global _kept, _latest
    settings = SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)
    made = Site(settings, tuple(MenuItem.objects.all()), tuple(Link.objects.all()), _english(), _banners())
    rows = [settings, *made.menu, *made.links, *made.english, *made.banners, *(banner.link for banner in made.banners)]
    read = [row and (type(row), {name: value for name, value in vars(row).items() if name != "_state"}) for row in rows]
    # It is read again for every article that is published: what was drawn with it holds as long as it stays as it is.
    if _latest is None or _latest[0] != read:
        _latest = read, made
    _kept = _latest[1]
    return _kept


def _english() -> tuple[Page, ...]:
    public = Page.objects.filter(published=True, language=Page.Language.ENGLISH)
    return tuple(public.only("title", "slug").order_by("pk")[:12])


def _banners() -> tuple[AlertBanner, ...]:
    """With what their links need to be shown, or hidden when the article is not public any more."""
    found = AlertBanner.objects.filter(ends_at__gt=timezone.now()).select_related("link").only(
        "level", "text", "starts_at", "ends_at",
        "link__title", "link__slug", "link__state", "link__publish_at", "link__expire_at",
    )  # fmt: skip
    return tuple(sorted(found, key=lambda banner: (GRAVITY.index(banner.level), banner.starts_at), reverse=True))


def prepare() -> None:
    """Reads what a starting worker should know already at its first request, if the database answers."""
    with contextlib.suppress(Error):
        renew()
    connection.close()  # a parent's connection must not be shared by the workers it forks


def forget() -> None:
    global _kept
    _kept = None
