"""The one way into the database: only what the feature table allows, in one spelling, in bounded time."""
import html as entities
import re

import nh3

from news.richtext import addresses, structure, tree
from news.richtext.characters import visible
from news.richtext.features import ATTRIBUTES, CLASSES, TAGS

MAX_CHARACTERS = 1_000_000
_ROUNDS = 4  # one is enough for nearly every text, the next one shows that nothing changes any more

# Has the last word on safety, whatever the steps before it do. nh3 lets `//host`, `user@host` and unlisted schemes
# through unless asked; its time grows with the square of attributes, ampersands and nesting: `tree` leaves few of each.
_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=(tree.RAW | tree.DROPPED) - TAGS,
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items() if names},
    allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
    attribute_filter=lambda tag, name, value: _attribute(name, value),
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,  # added at render: the stored text stays the editor's, and the same in every process
    strip_comments=True,
)
_NUMBERS = {"colspan", "rowspan", "width", "height", "start"}
_SCOPES = {"row", "col", "rowgroup", "colgroup"}
# Most texts that an import brings: paragraphs, headings and lists of words alone. They need neither tree nor parser,
# for they hold no attribute, no tag but these and nothing that a browser could read in another way.
_WORDS = r"(?:[^<>&\n]++|&(?:amp|lt|gt);)++"
_BOLD = "|".join(rf"<{tag}>(?! ){_WORDS}(?<! )</{tag}>(?=[^<])" for tag in ("strong", "em"))
_PARAGRAPH = rf"<p>(?! |<br>)(?:{_WORDS}|{_BOLD}|(?<! )<br>(?=[^< \n]))++(?<! )</p>"
_HEADING = "|".join(rf"<{tag}>(?! ){_WORDS}(?<! )</{tag}>" for tag in ("h2", "h3", "h4"))
_LIST = "|".join(rf"<{tag}>(?:<li>(?! ){_WORDS}(?<! )</li>)++</{tag}>" for tag in ("ul", "ol"))
# No group captures: Python 3.11 fails where one stands inside a possessive repetition.
_SIMPLE = re.compile(rf"(?:(?:^|\n)(?:{_PARAGRAPH}|{_HEADING}|{_LIST}))++")
_BLOCKS_MEET = re.compile(r"(</(?:p|h[234]|ul|ol)>)[ \n]*(?=<(?:p|h[234]|ul|ol)>)")
_ANY_TAG = re.compile(r"<[^<>]*>")
_LINE_END = re.compile(r"<br[\s/]*>", re.I)
_BLANK_LINES = re.compile(r"\n\s*\n")


class TextTooLongError(ValueError):
    """The text is longer than an article can be."""

    def __init__(self):
        super().__init__("Nội dung dài quá 1.000.000 ký tự.")


class Sanitised(str):
    """HTML that has been through `sanitise` in this process, so that it need not go again."""

    __slots__ = ()


def sanitise(html: str) -> Sanitised:
    """HTML with only what the feature table allows; the same in every process, and unchanged by a second time.

    Raises TextTooLongError where the text, or what it becomes, is longer than 1,000,000 characters.
    """
    if isinstance(html, Sanitised):
        return html
    if len(html) > MAX_CHARACTERS:
        raise TextTooLongError
    html = html.replace("\r\n", "\n").strip()
    on_lines = _BLOCKS_MEET.sub(r"\1\n", html)  # often all that the parser would change
    if len(on_lines) <= MAX_CHARACTERS and _is_simple(on_lines):
        return Sanitised(on_lines)
    for _ in range(_ROUNDS):
        try:
            clean = _once(html)
        except tree.TooManyElementsError:
            break
        if len(clean) > MAX_CHARACTERS:
            raise TextTooLongError
        if clean == html or _is_simple(clean):
            return Sanitised(clean)
        html = clean
    clean = words_alone(html)
    if len(clean) > MAX_CHARACTERS:
        raise TextTooLongError
    return Sanitised(clean)


def for_editor(html: str) -> str:
    """What may reach an editor: the sanitised text, or the words alone of one that is too long to be saved."""
    try:
        return str(sanitise(html))
    except TextTooLongError:
        return words_alone(html)


def paragraphs(text: str) -> str:
    """Plain text to HTML: a paragraph for each block between empty lines, every character kept."""
    blocks = [block.strip() for block in _BLANK_LINES.split(tree.escaped(text).replace("\r\n", "\n"))]
    return "\n".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks if block)


def _once(html: str) -> str:
    if "<" not in html:
        html = paragraphs(visible(entities.unescape(html)))
    # More text than this can only be bare `<` and `&`, each of which becomes several characters.
    blocks = structure.tidy(tree.parse(html))
    written = "\n".join(tree.serialise([block]) for block in blocks)
    if len(written) > MAX_CHARACTERS:
        raise TextTooLongError
    return _cleaner.clean(written).strip()


def _is_simple(html: str) -> bool:
    """Whether the parser and everything before it would leave the text alone; several times as fast as to ask them."""
    return (
        html.startswith("<")
        and "  " not in html
        and "://" not in html
        # Of all spaces these two are left, and nothing that is unseen.
        and html.replace("\n", "").isprintable()
        and _SIMPLE.fullmatch(html) is not None
        and visible(html) == html
    )


def words_alone(html: str) -> str:
    """No article is built like this: its words are kept, its tags are not. Of any length, above the limit too."""
    text = entities.unescape(_ANY_TAG.sub("\n\n", _LINE_END.sub("\n", html)))
    lines = (" ".join(line.split()) for line in visible(text).split("\n"))
    return paragraphs("\n".join(lines))


def _attribute(name: str, value: str) -> str | None:
    if name == "href":
        return addresses.link(value)
    if name == "src":
        return addresses.picture(value)
    if name in _NUMBERS:
        return value if value.isascii() and value.isdigit() and len(value) <= 4 else None
    if name == "scope":
        return value if value in _SCOPES else None
    return value
