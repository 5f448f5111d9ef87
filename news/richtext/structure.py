"""From any tree to the one shape in which a text is stored: blocks at the top, words only inside blocks.

Nothing here is needed for safety; it is what makes pasted text clean, and what nobody can see disappear.
"""
from news.richtext import addresses, figures, inline, lists, notes, office, styles, tables, video
from news.richtext.features import ALIGNED
from news.richtext.inline import Atom, Line
from news.richtext.styles import Look
from news.richtext.tree import DROPPED, Node, text_of

_FORMAT_OF = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "dfn": "italic", "var": "italic",
    "u": "underlined", "ins": "underlined", "s": "struck", "strike": "struck", "del": "struck",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "center", "section", "article", "main", "header", "footer", "nav", "aside", "address", "pre", "form",
    "fieldset", "dl", "dt", "dd", "details", "summary", "html", "body", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
    "li", "table", "blockquote", "figure", "figcaption", "hr", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
    "legend", "hgroup", "search", "menu", "dir",
}  # fmt: skip
LONGEST_MARK = 12  # characters of a note's number; what is longer is text that must not get lost
_NO_STYLE: styles.Declarations = {}


def tidy(root: Node) -> list[Node]:
    """The blocks of a text, each a Node; an empty list for a text without words or pictures."""
    reader = _Reader()
    blocks = reader.flow(root, Look())
    blocks = lists.gathered(blocks)
    if reader.has_notes:
        blocks = notes.gathered(blocks)
    lists.settle_headings(blocks)
    return blocks


class _Reader:
    """Reads a tree; what stands around a piece is passed along."""

    def __init__(self):
        self.has_notes = False

    def flow(self, node: Node, look: Look, align: str = "") -> list[Node]:
        """What an element holds, as blocks; words between blocks become paragraphs."""
        blocks: list[Node] = []
        line: Line = []
        self._children(node, look, None, frozenset(), align, blocks, line)
        self._flush(line, align, blocks)
        return blocks

    def words(self, node: Node, look: Look) -> Line:
        """What an element holds, as one line: for headings, captions and the like."""
        line: Line = []
        for block in self.flow(node, look):
            if line:
                line.append(Atom(" "))
            line += inline.of_block(block)
        return inline.one_line(line)

    def _children(self, node, look, link, formats, align, blocks, line) -> None:
        for child in node.children:
            if isinstance(child, str):
                if child and not look.unseen:
                    set_as = formats | _formats(look)
                    # Links are underlined anyway, by every program that writes them.
                    line.append(Atom(child, set_as - {"u"} if link else set_as, link))
                elif child.isspace():
                    line.append(Atom(" "))
            elif child.tag not in DROPPED:
                self._element(child, look, link, formats, align, blocks, line)

    def _element(self, node, look, link, formats, align, blocks, line) -> None:
        style = styles.declarations(node.attrs["style"]) if "style" in node.attrs else _NO_STYLE
        if "hidden" in node.attrs or styles.removed(style) or office.left_out(node, style):
            return
        tag = node.tag
        if tag in _FORMAT_OF:
            look = look._replace(**{_FORMAT_OF[tag]: True})
        elif tag in {"sub", "sup"}:
            look = look._replace(shifted=tag)
        if style or "color" in node.attrs or "bgcolor" in node.attrs:
            look = styles.look(style, node.attrs, look)
        if tag in _BLOCKS:
            self._flush(line, align, blocks)
            blocks += self._block(node, style, look, _alignment(node, style, align))
        elif tag == "br":
            line.append(Atom(Node("br")))
        elif tag == "img":
            picture = figures.picture(node)
            if picture:
                line.append(Atom(picture, link=link))
        elif tag == "iframe":
            address = video.page_of(node.attrs.get("src", ""))
            if address:
                self._flush(line, align, blocks)
                blocks.append(video.figure(address))
        elif tag == "a":
            self._link(node, look, link, formats, align, blocks, line)
        else:
            self._children(node, look, link, formats, align, blocks, line)

    def _link(self, node, look, link, formats, align, blocks, line) -> None:
        address = node.attrs.get("href", "").strip()
        back = office.way_back(address)
        reference = "" if back else office.note_reference(address)
        if (back or reference) and len(text_of(node.children)) > LONGEST_MARK:
            back = reference = ""
        self.has_notes = self.has_notes or bool(back or reference)
        if back:
            line.append(Atom(Node("note", {"of": back})))
            return
        if reference:
            if not look.unseen:
                number = text_of(node.children).strip("[]" + inline.SPACES)
                line.append(Atom(Node("reference", {"of": reference, "text": number})))
            return
        allowed = addresses.link(addresses.unwrapped(address)) if address and link is None else None
        if allowed:
            link = (allowed, node.attrs.get("title", "").strip())
        self._children(node, look, link, formats, align, blocks, line)

    def _flush(self, line: Line, align: str, blocks: list[Node]) -> None:
        """Ends the paragraph that was being read."""
        if not line:
            return
        for run in inline.paragraphs(line):
            address = video.alone(run)
            if address:
                blocks.append(video.figure(address))
            else:
                blocks.append(_paragraph(run, align))
        line.clear()

    def _block(self, node: Node, style, look: Look, align: str) -> list[Node]:
        tag = node.tag
        level = office.heading_level(node, style)
        if level:
            plain = look._replace(bold=False)
            run = inline.without(self.words(node, plain), "strong", "u")
            return [Node(f"h{level}", {}, [*inline.nodes(run)])] if run else []
        if tag == "hr":
            return [Node("hr")]
        if tag in {"ul", "ol", "menu", "dir"}:
            return lists.read(node, look, self)
        if tag == "table":
            return tables.read(node, look, self)
        if tag == "figure":
            return figures.read(node, look, self)
        if tag == "blockquote":
            held = lists.gathered(self.flow(node, look))
            return [Node("blockquote", {}, held)] if held else []
        if tag == "pre":
            _keep_line_ends(node)
            return self.flow(node, look)
        held = self.flow(node, look, align)
        if tag == "p" and len(held) == 1 and held[0].tag == "p":
            return [self._paragraph_of_office(node, style, held[0])]
        return held

    def _paragraph_of_office(self, node: Node, style, paragraph: Node) -> Node:
        if office.is_caption(node):
            paragraph.attrs["caption"] = "1"
        if "mso-list" not in style and not node.attrs.get("class", "").startswith("MsoListParagraph"):
            return paragraph
        item = office.item(node, style, _mark(node), text_of(paragraph.children))
        if item:
            if item.list == "typed" and isinstance(paragraph.children[0], str):
                paragraph.children[0] = office.without_mark(paragraph.children[0])
            return Node("item", {"of": item}, [paragraph])
        return paragraph


def _formats(look: Look) -> frozenset[str]:
    return _formats_of(look.bold, look.italic, look.underlined, look.struck, look.shifted)


def _formats_of(bold, italic, underlined, struck, shifted, known={}) -> frozenset[str]:  # noqa: B006 - a memory
    key = bold, italic, underlined, struck, shifted
    if key not in known:
        names = zip(("strong", "em", "u", "s"), key[:4], strict=True)
        known[key] = frozenset([*(name for name, wanted in names if wanted), *([shifted] if shifted else [])])
    return known[key]


def _paragraph(run: Line, align: str) -> Node:
    return Node("p", {"class": align} if align else {}, inline.nodes(run))


def _alignment(node: Node, style: styles.Declarations, around: str) -> str:
    for name in node.attrs.get("class", "").split():
        if name in ALIGNED:
            return name
    said = style.get("text-align") or node.attrs.get("align", "").lower()
    if node.tag == "center" or said == "center":
        return "can-giua"
    if said in {"right", "end"}:
        return "can-phai"
    return "" if said or node.tag in {"table", "li"} else around


def _mark(node: Node) -> str:
    """The bullet or number that Word drew before a list's item."""
    for child in node.children:
        if isinstance(child, Node):
            if "mso-list" in child.attrs.get("style", "").lower():
                return text_of(child.children)
            found = _mark(child)
            if found:
                return found
    return ""


def _keep_line_ends(node: Node) -> None:
    """Preformatted text: its lines end where its writer ended them."""
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            first, *rest = child.split("\n")
            children.append(first)
            for line in rest:
                children += [Node("br"), line]
        else:
            _keep_line_ends(child)
            children.append(child)
    node.children = children
