"""HTML as a tree: read from anything, written in one spelling.

Reading is forgiving and linear in the text's length, and it decides nothing about safety: the sanitiser parses what
is written here again with a real HTML parser, which has the last word.
"""
import collections
import html as entities
import re
from collections.abc import Iterable

from news.richtext.characters import visible

MAX_ELEMENTS = 20_000
MAX_DEPTH = 40  # a deeper element's words are kept, the element is not


class TooManyElementsError(ValueError):
    """No article is built of so many elements."""


class Node:
    __slots__ = ("attrs", "children", "tag")

    def __init__(self, tag: str, attrs: dict[str, str] | None = None, children: list | None = None):
        self.tag = tag
        self.attrs = attrs or {}
        self.children: list[Node | str] = children if children is not None else []

    def __repr__(self):
        return f"Node({self.tag!r}, {self.attrs!r}, {self.children!r})"


KEPT_ATTRIBUTES = {
    "href", "title", "src", "alt", "width", "height", "start", "scope", "colspan", "rowspan", "class", "style", "align",
    "id", "name", "hidden", "color", "bgcolor", "size", "type", "value", "aria-level", "aria-hidden", "role", "face",
}  # fmt: skip
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track", "param",
        "frame", "bgsound", "keygen", "basefont"}  # fmt: skip
# Raw text up to their own end tag, whatever it looks like.
RAW = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"}
# Their text is no text of the article. `xml` is what Office keeps for itself.
DROPPED = {"svg", "math", "object", "applet", "template", "select", "noscript", "xml", "audio", "video", "canvas",
           "datalist", "dialog", "button", "map", "marquee", "frameset", "portal", "fencedframe"}  # fmt: skip
_BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "blockquote", "figure", "figcaption", "hr",
    "div", "center", "section", "article", "pre", "dl", "dt", "dd", "aside", "header", "footer", "main", "nav",
    "address", "details", "summary", "fieldset", "form",
}  # fmt: skip
# An opening tag ends these where they were left open, up to the element that holds them.
_ROWS = {"thead", "tbody", "tfoot"}
_IMPLIED_END = {
    "li": ({"li"}, {"ul", "ol"}), "dt": ({"dt", "dd"}, {"dl"}), "dd": ({"dt", "dd"}, {"dl"}),
    "td": ({"td", "th"}, {"table", "tr"}), "th": ({"td", "th"}, {"table", "tr"}), "tr": ({"tr"}, {"table"}),
    **{tag: (_ROWS | {"caption"}, {"table"}) for tag in _ROWS}, "option": ({"option"}, {"select"}),
}  # fmt: skip
_SCOPE = {"table", "td", "th", "li", "blockquote", "figure", "caption"}  # an end tag does not reach beyond these
_REACH_FAR = {"table", "ul", "ol", "tr", "tbody", "thead", "tfoot", "td", "th", "li", "blockquote", "figure", "div",
              "caption"}  # fmt: skip

_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z)"
    r"|<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)(?:>|\Z)",
    re.S,
)
_ATTRIBUTE = re.compile(r"([^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s>]*+)))?")


def parse(html: str) -> Node:
    """The tree of any text; comments, unknown attributes and elements without text of the article are left out.

    Raises TooManyElementsError above 20,000 elements.
    """
    return _Builder().build(html)


def serialise(nodes: Iterable[Node | str]) -> str:
    """One spelling of a tree, the one in which an HTML parser's serialiser would write it."""
    parts: list[str] = []
    _write(nodes, parts)
    return "".join(parts)


def escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;")


def text_of(nodes: Iterable[Node | str]) -> str:
    parts: list[str] = []
    _collect(nodes, parts)
    return "".join(parts)


class _Builder:
    def __init__(self):
        self.root = Node("")
        self.stack = [self.root]
        self.too_deep: collections.Counter[str] = collections.Counter()
        self.elements = 0

    def build(self, html: str) -> Node:
        html = visible(html)
        position = 0
        scan = _TOKEN.search
        while token := scan(html, position):
            if token.start() > position:
                self.text(html[position : token.start()])
            position = token.end()
            name = token[2]
            if name is None:
                continue
            name = name.lower()
            if token[1]:
                self.end(name)
            elif name in RAW:
                if name == "iframe":
                    self.start(name, _attributes(token[3]))
                    self.end(name)
                dropped = _end_of(name).search(html, position)
                position = dropped.end() if dropped else len(html)
            else:
                self.start(name, _attributes(token[3]) if token[3] else {})
        if position < len(html):
            self.text(html[position:])
        return self.root

    def text(self, text: str) -> None:
        if "&" in text:
            text = visible(entities.unescape(text))
        if text:
            self.stack[-1].children.append(text)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise TooManyElementsError
        if tag in _IMPLIED_END:
            ended, holders = _IMPLIED_END[tag]
            self._close_up_to(ended, holders)
        elif tag in _BLOCKS:
            self._close_up_to({"p"}, _SCOPE)
        node = Node(tag, attrs)
        if tag in VOID:
            self.stack[-1].children.append(node)
        elif len(self.stack) > MAX_DEPTH:
            self.too_deep[tag] += 1
        else:
            self.stack[-1].children.append(node)
            self.stack.append(node)

    def end(self, tag: str) -> None:
        if self.too_deep:
            if self.too_deep[tag]:
                self.too_deep[tag] -= 1
                return
            if tag not in _REACH_FAR:
                return
        if tag == "br":  # as browsers read it
            self.stack[-1].children.append(Node("br"))
            return
        for index in range(len(self.stack) - 1, 0, -1):
            open_tag = self.stack[index].tag
            if open_tag == tag:
                del self.stack[index:]
                self.too_deep.clear()
                return
            if open_tag in _SCOPE and tag not in _REACH_FAR:
                return

    def _close_up_to(self, ended: set[str], holders: set[str]) -> None:
        for index in range(len(self.stack) - 1, 0, -1):
            tag = self.stack[index].tag
            if tag in ended:
                del self.stack[index:]
                self.too_deep.clear()
                return
            if tag in holders:
                return


def _attributes(raw: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw):
        name = match[1].lower()
        if name in KEPT_ATTRIBUTES and name not in found:
            value = match[2] or match[3] or match[4] or ""
            found[name] = entities.unescape(value) if "&" in value else value
    return found


_ends: dict[str, re.Pattern] = {}


def _end_of(tag: str) -> re.Pattern:
    if tag not in _ends:
        _ends[tag] = re.compile(rf"</{tag}(?=[\s/>])[^>]*+>?", re.I)
    return _ends[tag]


def _write(nodes, parts: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            parts.append(escaped(node))
            continue
        parts.append(f"<{node.tag}")
        for name, value in node.attrs.items():
            parts.append(f' {name}="{escaped(value).replace(chr(34), "&quot;")}"')
        parts.append(">")
        if node.tag not in VOID:
            _write(node.children, parts)
            parts.append(f"</{node.tag}>")


def _collect(nodes, parts: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        else:
            if node.tag == "br":
                parts.append("\n")
            _collect(node.children, parts)
