"""Rich text: what may stand in an article's HTML, how it is kept so, and how it is shown.

One table says what is allowed; the sanitiser and the editor are both made from it.
"""
import html as entities
import re
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape

from news.vietnamese import nfc

# Tag → attributes that it keeps. Alignment and sizes are a few classes, never a style.
FEATURES: dict[str, set[str]] = {
    "p": {"class"}, "h2": set(), "h3": set(), "h4": set(), "br": set(), "hr": set(),
    "ul": set(), "ol": {"start"}, "li": set(),
    "table": set(), "caption": set(), "thead": set(), "tbody": set(), "tfoot": set(), "tr": set(),
    "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"},
    "blockquote": set(), "figure": {"class"}, "figcaption": set(),
    "strong": set(), "em": set(), "u": set(), "s": set(), "sub": set(), "sup": set(),
    "a": {"href", "title"}, "img": {"src", "alt", "width", "height"},
}  # fmt: skip
CLASSES = {"p": {"can-giua", "can-phai"}, "figure": {"anh-trai", "anh-phai", "anh-rong"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}
# Tags whose text is no text of the article.
DROPPED = {"script", "style", "iframe", "object", "noscript", "template", "svg", "math", "title", "textarea", "select"}

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 60  # nh3's time grows with the square of the nesting
MAX_COST = 1_000_000
MAX_ENTITIES = 100_000

_cleaner = nh3.Cleaner(
    tags=set(FEATURES),
    clean_content_tags=DROPPED,
    attributes={tag: names - {"class"} for tag, names in FEATURES.items() if names - {"class"}},
    allowed_classes=CLASSES,
    attribute_filter=lambda tag, name, value: _attribute(tag, name, value),
    url_schemes=URL_SCHEMES,
    link_rel=None,  # added at render: the stored text stays the editor's
    strip_comments=True,
)
# Headings of other levels and older spellings, told apart from longer names by what follows.
_RENAMED = [
    (re.compile(r"<(/?)h1(?=[\s>/])", re.I), r"<\1h2"),
    (re.compile(r"<(/?)h[56](?=[\s>/])", re.I), r"<\1h4"),
    (re.compile(r"<(/?)b(?=[\s>/])", re.I), r"<\1strong"),
    (re.compile(r"<(/?)i(?=[\s>/])", re.I), r"<\1em"),
    (re.compile(r"<(/?)(?:strike|del)(?=[\s>/])", re.I), r"<\1s"),
]
_EXTERNAL_LINK = re.compile(r'<a href="(https?://[^"]*)"')
_BARE_AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]{0,40})")
_CLEAN_TAG = re.compile(r'<[a-z/][^"<>]*(?:"[^"]*"[^"<>]*)*>')  # as the sanitiser writes them
_ANY_TAG = re.compile(r"<[^<>]*>")
# Tags that never hold themselves, or nothing at all: their nesting shows in what stands between them.
_CLOSE_THEMSELVES = {
    "p", "li", "tr", "td", "th", "dt", "dd", "option", "thead", "tbody", "tfoot", "br", "hr", "img", "input", "meta",
    "link", "col", "wbr", "area", "base", "embed", "source", "track", "o:p",
}
_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|td|th|tr|caption|figcaption|blockquote)>|<br>")


class TextTooLongError(ValueError):
    """The text is longer than an article can be."""


class Sanitised(str):
    """HTML that has been through `sanitise` in this process, so that it need not go again."""

    __slots__ = ()


def sanitise(html: str) -> Sanitised:
    """HTML with only what FEATURES allows; the same in every process, and unchanged by a second time.

    Raises TextTooLongError above 1,000,000 characters.
    """
    if isinstance(html, Sanitised):
        return html
    html = nfc(html).replace("\0", "")
    if len(html) > MAX_CHARACTERS:
        raise TextTooLongError("Nội dung dài quá 1.000.000 ký tự.")
    if "<" not in html and "&" not in html:
        return Sanitised(html.strip())
    for pattern, replacement in _RENAMED:
        html = pattern.sub(replacement, html)
    if _cost(html) > MAX_COST or html.count("&") > MAX_ENTITIES:
        # No article is built like this: its words are kept, its tags are not.
        return Sanitised(paragraphs(entities.unescape(_ANY_TAG.sub("\n\n", html))))
    html = _BARE_AMPERSAND.sub("&amp;", html)  # the parser's time grows with the square of a row of them
    return Sanitised(_cleaner.clean(html).strip())


def paragraphs(text: str) -> str:
    """Plain text to HTML: a paragraph for each block between empty lines, every character kept."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return "\n".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block)


def render(html: str) -> str:
    """Sanitised HTML as readers get it; made once when the text is saved, not at each request."""
    html = _EXTERNAL_LINK.sub(r'<a rel="noopener noreferrer" href="\1"', html)
    html = html.replace("<table>", '<div class="table-scroll" role="region" aria-label="Bảng" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>")
    return html.replace("<img ", '<img loading="lazy" decoding="async" ')


def plain(html: str) -> str:
    """The words of sanitised HTML, with a space wherever a block ends."""
    return entities.unescape(_CLEAN_TAG.sub("", _BLOCK_END.sub(" ", html))).replace("\xa0", " ").strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in {"href", "src"}:
        return value if _address_allowed(value, picture=name == "src") else None
    if name in {"colspan", "rowspan", "width", "height", "start"}:
        return value if value.isascii() and value.isdigit() and len(value) <= 4 else None
    if name == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    return value


def _address_allowed(value: str, picture: bool) -> bool:
    """Own paths and complete addresses; neither `//host` nor `user@host`, and pictures from our library alone."""
    # Browsers drop these wherever they stand, so an address that holds one is not what it seems.
    if any(ord(character) <= 0x20 or character == "\\" for character in value):
        return False
    if picture:
        return value.startswith("/media/") and "/../" not in value
    if value.startswith(("/", "#")):
        return not value.startswith("//")
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.hostname) and "@" not in parts.netloc
    return parts.scheme in {"mailto", "tel"}


def _cost(html: str) -> int:
    """An upper bound of the elements a parser may have to make: tags times the deepest nesting.

    A parser opens an unclosed <b> again in every later paragraph, so that neither number says enough alone.
    """
    open_tags: dict[str, int] = {}
    tags = depth = deepest = 0
    for match in _TAG.finditer(html):
        tags += 1
        name = match[2].lower()
        if name in _CLOSE_THEMSELVES:
            continue
        if match[1]:
            # An end tag that closes nothing must not make room for one more level.
            if open_tags.get(name):
                open_tags[name] -= 1
                depth -= 1
        else:
            open_tags[name] = open_tags.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
    return MAX_COST + 1 if deepest > MAX_DEPTH else tags * max(deepest, 1)
