"""What Word, Outlook, LibreOffice and Google Docs mean by their markup: headings, list items, captions, notes."""
import re
from typing import NamedTuple

from news.richtext.styles import Declarations
from news.richtext.tree import Node

# A note's reference and the way back from the note, as the four programs and mammoth name them.
_REFERENCE = re.compile(
    r"#_?(?P<kind>ftn|edn|ftnt|(?:[\w-]+-)?(?:footnote|endnote)-)(?P<number>\d{1,4})"
    r"|#sd(?P<kind2>foot|end)note(?P<number2>\d{1,4})sym"
)
_WAY_BACK = re.compile(
    r"#_?(?P<kind>ftn|edn|ftnt_|(?:[\w-]+-)?(?:footnote|endnote)-)ref-?(?P<number>\d{1,4})"
    r"|#sd(?P<kind2>foot|end)note(?P<number2>\d{1,4})anc"
)
_HEADING_CLASS = re.compile(r"(?:mso)?heading\s?_?([1-9])", re.I)
_LIST_LEVEL = re.compile(r"\bl\d+\s+level(\d)\s+lfo\d+|\blevel(\d)\b")
_LIST_NAME = re.compile(r"\b(l\d+)\b.*?\b(lfo\d+)\b")
_ORDERED = re.compile(r"\(?(\d{1,4}|[a-zA-Z]{1,4})[.)]")
# What Word writes before an item where its list is no list: a bullet of the fonts Symbol, Wingdings and Courier.
_BULLET = re.compile(r"\s*[·•▪§ØüovÄàn\u2022\u25cf\u25cb\u25aa\uf0b7\uf0a7\uf0d8\uf0fc–-]\s+")
_TYPED_NUMBER = re.compile(r"\s*\(?(\d{1,3})[.)]\s+")


class Item(NamedTuple):
    """A paragraph that is a list's item."""

    list: str  # Word's name of the list
    level: int  # from 1
    ordered: bool
    start: int


def left_out(node: Node, style: Declarations) -> bool:
    """What is no text of the article: bullets that a list draws itself, comments, headers and footers."""
    if style.get("mso-list") == "ignore" or style.get("mso-element", "").startswith(("comment", "header", "footer")):
        return True
    if style.get("mso-special-character") in {"comment", "footnote-separator"} or "mso-comment-reference" in style:
        return True
    return node.attrs.get("class", "").startswith(("MsoComment", "msocom", "MsoHeader", "MsoFooter", "comment-"))


def heading_level(node: Node, style: Declarations) -> int:
    """1 to 6 for a heading, 0 for anything else."""
    if len(node.tag) == 2 and node.tag[0] == "h" and node.tag[1] in "123456":
        return int(node.tag[1])
    if node.tag not in {"p", "div"}:
        return 0
    name = node.attrs.get("class", "")
    if name in {"MsoTitle", "MsoTitleCxSpFirst", "title"}:
        return 1
    if name == "MsoSubtitle":
        return 2
    match = _HEADING_CLASS.fullmatch(name)
    level = match[1] if match else style.get("mso-outline-level", "")
    return min(int(level), 6) if level.isdigit() and level != "0" else 0


def is_caption(node: Node) -> bool:
    return node.attrs.get("class", "") == "MsoCaption"


def item(node: Node, style: Declarations, mark: str, words: str) -> Item | None:
    """The list item that a paragraph is; `mark` is the bullet or number that Word drew, `words` its text."""
    said = style.get("mso-list", "")
    level = _LIST_LEVEL.search(said)
    if level and said != "none":
        number = _ORDERED.match(mark.strip())
        name = _LIST_NAME.search(said)
        start = int(number[1]) if number and number[1].isdigit() else 1
        return Item(" ".join(name.groups()) if name else "", int(level[1] or level[2]), bool(number), start)
    if node.attrs.get("class", "").startswith("MsoListParagraph"):
        number = _TYPED_NUMBER.match(words)
        if number:
            return Item("typed", 1, True, int(number[1]))
        if _BULLET.match(words):
            return Item("typed", 1, False, 1)
    return None


def without_mark(words: str) -> str:
    """An item's first words without a bullet or number that was typed."""
    return _BULLET.sub("", _TYPED_NUMBER.sub("", words, count=1), count=1)


def note_reference(address: str) -> str:
    """The note that a link leads to; empty for other links."""
    return _note(_REFERENCE.fullmatch(address))


def way_back(address: str) -> str:
    """The note that a link stands in, leading back to where it was referred to; empty for other links."""
    return _note(_WAY_BACK.fullmatch(address))


def _note(match: re.Match | None) -> str:
    if not match:
        return ""
    kind = match["kind"] or match["kind2"]
    kind = "end" if "end" in kind or "edn" in kind else "foot"
    return f"{kind}{match['number'] or match['number2']}"
