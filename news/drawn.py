"""Pages that everybody gets alike, drawn once for what they show.

A change of anything makes the page cache forget every page, and nearly all of them look as they did. So what a page was
drawn from, the database's answers, is kept beside it: while they are the same, and what stands around the page is, so
is the page. Nobody needs to know what a change touches, and a page that was drawn from anything else is never found.

Figures that move all the time are left out of what is kept and written into it each time.
"""
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from news import pictures
from news.shelf import Shelf
from news.vietnamese import format_number

LIMIT = 12 * 1024 * 1024  # bytes kept by a process
OVERHEAD = 2_000  # bytes of an entry besides its texts

_MARK = f"\ufdd0{secrets.token_hex(8)}"  # begins with what is no character: no text holds it, and nobody can guess it
_SLOT = re.compile(rf"{_MARK}(\w+)\ufdd1")
_INLINE = re.compile(r"(<style>.*?</style>|<script>.*?</script>)", re.S)  # ours alone: no text of the newsroom has any
_inline: dict[bytes, bytes] = {}  # half of each page, one copy for all of them


class Shell(Protocol):
    """What the portal puts around a page."""

    def around(self, request: HttpRequest) -> tuple | None:
        """All that it shows there and that no query of the page answers; None where anything is one person's own."""

    def figures(self) -> object:
        """The visit counter, its numbers as attributes."""


shell: Shell | None = None  # portal's, once it is ready


class Slot:
    """Stands in for a number while a page is drawn, for `vn_number`."""

    def __init__(self, name: str):
        self._name = name

    def __format__(self, spec: str) -> str:
        return f"{_MARK}{self._name}\ufdd1"


class _Slots:
    def __getattr__(self, name: str) -> Slot:
        if name.startswith("_"):
            raise AttributeError(name)
        return Slot(name)


_slots = _Slots()


@dataclass(slots=True)
class Page:
    shown: tuple
    around: tuple
    subject: Any  # made of what is shown, for the view alone to read; spares it to make it again
    pieces: list[bytes]
    slots: list[tuple[int, str]]  # places among the pieces, and whose number belongs there
    headers: dict[str, str]
    first_picture: str | None
    tag: str  # the same for the same page whatever its figures
    size: int
    moved_at: float = 0.0

    def response(self, request: HttpRequest, figures: Mapping[str, int]) -> HttpResponse:
        pieces, counter = self.pieces.copy(), shell.figures()
        for place, name in self.slots:
            number = figures[name] if name in figures else getattr(counter, name)
            pieces[place] = format_number(number).encode()
        response = HttpResponse(b"".join(pieces), headers=self.headers)
        response.content_tag = self.tag
        if self.first_picture:
            request.META[pictures.AHEAD] = self.first_picture
        return response


pages: Shelf[tuple, Page] = Shelf(LIMIT)
ADDRESS = "drawn.address"  # in request.META: what a page is kept under, once it was found out


def known(request: HttpRequest, part: int = 1) -> Page | None:
    """What was last drawn at an address, whether or not it still holds."""
    return pages.get(_address(request, part))


def page(
    request: HttpRequest, shown: tuple, draw: Callable[[dict], HttpResponse], *,
    part: int = 1, subject: Any = None, figures: Mapping[str, int] | None = None,
) -> HttpResponse:  # fmt: skip
    """The answer that `draw` makes, or made when what is `shown` was the same.

    `shown`: the answers of every query of the page, besides its `figures`. `draw` takes what to add to the template's
    context: the figures, or what stands in for them. `part`: the number of a list's page.
    """
    figures = figures or {}
    around = None if settings.DEBUG or shell is None else shell.around(request)
    if around is None:
        return draw({**figures})
    kept = known(request, part)
    if kept is None or kept.around != around or kept.shown != shown:
        response = draw({**{name: Slot(name) for name in figures}, "figures": _slots})
        kept = _kept(request, response, shown, around, subject)
        pages.put(_address(request, part), kept)
    return kept.response(request, figures)


def _address(request: HttpRequest, part: int) -> tuple:
    address = request.META.get(ADDRESS)
    if address is None:  # Django looks at the name anew each time that it is asked for it
        address = request.META[ADDRESS] = (request.scheme, request.get_host(), request.path)
    return *address, part


def _kept(request: HttpRequest, response: HttpResponse, shown: tuple, around: tuple, subject: Any) -> Page:
    pieces, slots, own = [], [], OVERHEAD + 2 * len(repr(shown))  # two bytes for each Vietnamese letter
    for place, text in enumerate(_SLOT.split(response.content.decode())):
        if place % 2:
            slots.append((len(pieces), text))
            pieces.append(b"")
            continue
        for part in _INLINE.split(text):
            piece = part.encode()
            if _INLINE.match(part):
                piece = _inline.setdefault(piece, piece)
            else:
                own += len(piece)
            pieces.append(piece)
    tag = f'W/"{blake2b(b"".join(pieces), digest_size=12).hexdigest()}"'
    first_picture = request.META.get(pictures.AHEAD)
    return Page(shown, around, subject, pieces, slots, dict(response.headers), first_picture, tag, own)
