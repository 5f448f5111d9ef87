"""Sanitised HTML as readers get it, made once when a text is saved: what it adds is never stored in the text itself."""
import html as entities
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from news import abbreviations as known
from news.richtext import spacing, video
from news.richtext.notes import PLACE
from news.vietnamese import slugify

_CLEAN_TAG = re.compile(r'(<[a-z/][^"<>]*(?:"[^"]*"[^"<>]*)*>)')  # as the sanitiser writes them
_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|td|th|tr|caption|figcaption|blockquote)>|<br>")
_HREF = re.compile(r'href="([^"]*)"')
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.S)
_INLINE = {"strong", "em", "u", "s", "a"}  # a number may stand in one and its unit behind it
_NAME = re.compile(r"</?([a-z0-9]+)")
REL = 'rel="noopener noreferrer"'


def render(html: str, abbreviations: Iterable[tuple[str, str]] | None = None) -> str:
    """Sanitised HTML as readers get it.

    `abbreviations` are pairs of what stands in a text and what it means; those of the portal's list unless given.
    """
    if not html:
        return ""
    table = known.current() if abbreviations is None else tuple(abbreviations)
    return pictures(_Renderer(html, known.Finder.of(table)).run())


def pictures(html: str) -> str:
    """Pictures that are fetched when a reader comes near them."""
    return html.replace("<img ", '<img loading="lazy" decoding="async" ')


def plain(html: str) -> str:
    """The words of sanitised HTML, with a space wherever a block ends."""
    return entities.unescape(_CLEAN_TAG.sub("", _BLOCK_END.sub(" ", html))).replace("\xa0", " ").strip()


class _Renderer:
    """Goes through a text once, piece by piece: words and tags alternate."""

    def __init__(self, html: str, finder: known.Finder):
        self.pieces = _CLEAN_TAG.split(html)
        self.finder = finder
        self.out: list[str] = []
        self.anchors: dict[str, int] = {}  # taken ones → how many headings wanted each
        self.tables = 0
        self.notes: list[int] = []  # how many items of the list of notes were met, where inside one
        self.lists: list[bool] = []  # open lists: whether each is the list of notes
        self.items: list[int] = []
        self.referred: set[str] = set()
        self.film = self.in_link = self.in_heading = False
        self.met: set[str] = set()  # abbreviations of this block
        self.join = spacing.Joiner(self.out)

    def run(self) -> str:
        for place, piece in enumerate(self.pieces):
            if place % 2:
                self._tag(piece, place)
            elif piece:
                self._words(piece)
        return "".join(self.out)

    def _words(self, words: str) -> None:
        words = self.join.words(words)
        if not self.in_link and not self.in_heading:
            words = self.finder.marked(words, self.met)
        self.out.append(words)

    def _tag(self, tag: str, place: int) -> None:
        name, handler = _kind(tag)
        if name not in _INLINE:
            self.join.end()
            if name not in {"sub", "sup"}:
                self.met.clear()
        self.out.append(handler(self, tag, place) if handler else tag)

    def _start_a(self, tag: str, place: int) -> str:
        self.in_link = True
        address = _HREF.search(tag)
        address = address[1] if address else ""
        if self.film:
            host = video.shown_by(entities.unescape(address))
            words = self.pieces[place + 1]
            label = f'<span class="video__label">Xem video trên {host}</span>'
            if words == address:  # nobody reads an address aloud
                self.pieces[place + 1] = ""
            return tag.replace("<a ", f'<a class="video__link" {REL} ') + label + ("" if words == address else " ")
        if address.startswith(("http://", "https://")):
            return tag.replace("<a ", f"<a {REL} ")
        if address.startswith(PLACE):
            number = address.removeprefix(PLACE)
            first = "" if number in self.referred else f'id="ve-{address[1:]}" '
            self.referred.add(number)
            return tag.replace("<a ", f'<a {first}role="doc-noteref" aria-label="Ghi chú {number}" ')
        return tag

    def _end_a(self, tag: str, place: int) -> str:
        self.in_link = False
        return tag

    def _start_figure(self, tag: str, place: int) -> str:
        self.film = tag == '<figure class="video">'
        return tag

    def _start_figcaption(self, tag: str, place: int) -> str:
        self.film = False
        return tag

    def _end_figure(self, tag: str, place: int) -> str:
        self.film = False
        return tag

    def _heading(self, tag: str, place: int) -> str:
        self.in_heading = True
        name = tag[1:3]
        end = self.pieces.index(f"</{name}>", place)
        words = " ".join(entities.unescape("".join(self.pieces[place + 1 : end : 2])).split())
        anchor = f"muc-{slugify(words, default='muc')[:60].strip('-')}"
        self.anchor = anchor
        while self.anchor in self.anchors:
            self.anchors[anchor] += 1
            self.anchor = f"{anchor}-{self.anchors[anchor]}"
        self.anchors[self.anchor] = 1
        return f'<{name} id="{self.anchor}">'

    _start_h2 = _start_h3 = _start_h4 = _heading

    def _heading_end(self, tag: str, place: int) -> str:
        self.in_heading = False
        # Without words of its own: the style draws its sign, so that what is read or copied is the heading alone.
        return f' <a class="anchor" href="#{self.anchor}" aria-label="Liên kết đến mục này"></a>{tag}'

    _end_h2 = _end_h3 = _end_h4 = _heading_end

    def _start_table(self, tag: str, place: int) -> str:
        self.tables += 1
        label = f"Bảng {self.tables}"
        if len(self.pieces) > place + 2 and self.pieces[place + 2] == "<caption>":
            end = self.pieces.index("</caption>", place)
            words = " ".join("".join(self.pieces[place + 3 : end : 2]).split())
            label = f"{label}: {words[:200]}".replace('"', "&quot;") if words else label
        return f'<div class="table-scroll" role="region" aria-label="{label}" tabindex="0">{tag}'

    def _end_table(self, tag: str, place: int) -> str:
        return f"{tag}</div>"

    def _start_ol(self, tag: str, place: int) -> str:
        self.lists.append('class="ghi-chu"' in tag)
        self.items.append(0)
        return tag

    _start_ul = _start_ol

    def _end_ol(self, tag: str, place: int) -> str:
        if self.lists:
            self.lists.pop()
            self.items.pop()
        return tag

    _end_ul = _end_ol

    def _start_li(self, tag: str, place: int) -> str:
        if not self.lists or not self.lists[-1]:
            return tag
        self.items[-1] += 1
        return f'<li id="{PLACE[1:]}{self.items[-1]}">'

    def _end_li(self, tag: str, place: int) -> str:
        if not self.lists or not self.lists[-1] or str(self.items[-1]) not in self.referred:
            return tag
        number = self.items[-1]
        return (
            f' <a class="note-back" href="#ve-{PLACE[1:]}{number}" role="doc-backlink"'
            f' aria-label="Trở về chỗ có ghi chú {number}">↩</a>{tag}'
        )


@lru_cache(maxsize=256)
def _kind(tag: str) -> tuple[str, Callable | None]:
    """A tag's name and what the renderer does with it: nearly all tags of a text are the same few."""
    name = _NAME.match(tag)[1]
    return name, getattr(_Renderer, f"_{'end' if tag.startswith('</') else 'start'}_{name}", None)
