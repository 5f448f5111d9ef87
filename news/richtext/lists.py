"""Lists, and what belongs together: Word's list items, a picture and its caption; and the levels of headings."""
from news.richtext import styles
from news.richtext.features import NOTES
from news.richtext.office import Item
from news.richtext.styles import Look
from news.richtext.tree import Node, text_of

LOWEST = 4  # a body's headings are h2 to h4: the page's own is h1


def read(node: Node, look: Look, reader) -> list[Node]:
    """A list with its items; `reader` reads what they hold."""
    items: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            held = reader.flow(Node("", {}, [child]), look)
        elif child.tag == "li":
            style = styles.declarations(child.attrs.get("style", ""))
            if "hidden" in child.attrs or styles.removed(style):
                continue
            held = gathered(reader.flow(child, styles.look(style, child.attrs, look)))
            if held:
                items.append(Node("li", {}, unwrapped(held)))
            continue
        else:
            held = gathered(reader.flow(Node("", {}, [child]), look))
        if not held:
            continue
        if items and held[0].tag in {"ul", "ol"}:  # Google Docs puts an inner list beside its item
            items[-1].children += held
        else:
            items.append(Node("li", {}, unwrapped(held)))
    if not items:
        return []
    if node.tag != "ol":
        return [Node("ul", {}, items)]
    attrs = {}
    start = node.attrs.get("start", "")
    if start.isascii() and start.isdigit() and len(start) <= 4 and int(start) != 1:
        attrs["start"] = str(int(start))
    if NOTES in node.attrs.get("class", "").split():
        attrs = {"class": NOTES}
    return [Node("ol", attrs, items)]


def gathered(blocks: list[Node]) -> list[Node]:
    """The same blocks with list items put into lists, and captions to what they name."""
    result: list[Node] = []
    lists: list[tuple[Node, Item]] = []  # open ones, from the outermost
    for block in blocks:
        if block.tag == "item":
            _put(block, lists, result)
            continue
        lists.clear()
        if block.attrs.get("caption") and result and _is_picture(result[-1]):
            picture = result.pop().children
            result.append(Node("figure", {}, [*picture, Node("figcaption", {}, block.children)]))
        elif block.tag == "table" and result and result[-1].attrs.get("caption") and not _has_caption(block):
            block.children.insert(0, Node("caption", {}, result.pop().children))
            result.append(block)
        else:
            result.append(block)
    for block in result:
        block.attrs.pop("caption", None)
    return result


def unwrapped(blocks: list[Node]) -> list[Node | str]:
    """What an item holds: its first paragraph's words bare, where only inner lists follow."""
    if blocks[0].tag == "p" and all(block.tag in {"ul", "ol"} for block in blocks[1:]):
        return [*blocks[0].children, *blocks[1:]]
    return blocks


def settle_headings(blocks: list[Node]) -> None:
    """Heading levels from h2 down: a text that has an h1, as Word's has, moves down by one as a whole."""
    shift = 1 if _has_top_heading(blocks) else 0
    _shift(blocks, shift)


def _put(item: Node, lists: list[tuple[Node, Item]], result: list[Node]) -> None:
    about: Item = item.attrs["of"]
    held = Node("li", {}, unwrapped(item.children))
    while lists and lists[-1][1].level > about.level:
        lists.pop()
    if lists and lists[-1][1].level == about.level and lists[-1][1].ordered != about.ordered:
        lists.pop()
    if lists and lists[-1][1].level == about.level:
        lists[-1][0].children.append(held)
        return
    start = {"start": str(about.start)} if about.ordered and about.start != 1 else {}
    new = Node("ol" if about.ordered else "ul", start, [held])
    if lists:
        lists[-1][0].children[-1].children.append(new)
    else:
        result.append(new)
    lists.append((new, about))


def _is_picture(block: Node) -> bool:
    return (
        block.tag == "p"
        and not text_of(block.children).strip()
        and any(isinstance(child, Node) and child.tag == "img" for child in block.children)
    )


def _has_caption(table: Node) -> bool:
    return bool(table.children) and isinstance(table.children[0], Node) and table.children[0].tag == "caption"


def _has_top_heading(nodes) -> bool:
    return any(
        node.tag == "h1" or _has_top_heading(node.children)
        for node in nodes
        if isinstance(node, Node) and node.tag not in {"p", "ul", "ol"}
    )


def _shift(nodes, shift: int) -> None:
    for node in nodes:
        if isinstance(node, Node):
            if len(node.tag) == 2 and node.tag[0] == "h" and node.tag != "hr":
                node.tag = f"h{min(max(int(node.tag[1]) + shift, 2), LOWEST)}"
            elif node.tag != "p":
                _shift(node.children, shift)
