"""Pictures, and figures around them."""
from news.richtext import addresses, inline, video
from news.richtext.features import CLASSES, VIDEO
from news.richtext.inline import Atom, Line
from news.richtext.lists import gathered
from news.richtext.styles import Look
from news.richtext.tree import Node, text_of

SMALLEST_PICTURE = 16  # pixels of a side; nobody sees a smaller one, least of all that it is a link


def read(node: Node, look: Look, reader) -> list[Node]:
    """A figure with its caption; what it holds alone, where that is neither picture, table, quotation nor film."""
    captions = [child for child in node.children if isinstance(child, Node) and child.tag == "figcaption"]
    rest = Node("", {}, [child for child in node.children if child not in captions])
    caption: Line = []
    for child in captions:
        caption += [Atom(" "), *reader.words(child, look)] if caption else reader.words(child, look)
    last = [Node("figcaption", {}, inline.nodes(inline.one_line(caption)))] if caption else []
    held = gathered(reader.flow(rest, look))
    film = video.of_figure(held)
    if film:
        return [Node("figure", {"class": VIDEO}, [*film.children, *last])]
    if any(_has_picture(block) or block.tag in {"table", "blockquote"} for block in held):
        name = next((one for one in node.attrs.get("class", "").split()
                     if one in CLASSES["figure"] and one != VIDEO), "")  # fmt: skip
        inner = [piece for block in held for piece in (block.children if _only_pictures(block) else [block])]
        return [Node("figure", {"class": name} if name else {}, [*inner, *last])]
    return held + ([Node("p", {}, last[0].children)] if last else [])


def picture(node: Node) -> Node | None:
    source = addresses.picture(node.attrs.get("src", ""))
    if not source:
        return None
    attrs = {"src": source, "alt": " ".join(node.attrs.get("alt", "").split())}
    for name in ("width", "height"):
        value = node.attrs.get(name, "")
        if value.isascii() and value.isdigit() and len(value) <= 4 and int(value) >= SMALLEST_PICTURE:
            attrs[name] = str(int(value))
    return Node("img", attrs)


def _has_picture(node: Node) -> bool:
    return node.tag == "img" or any(isinstance(child, Node) and _has_picture(child) for child in node.children)


def _only_pictures(block: Node) -> bool:
    return block.tag == "p" and _has_picture(block) and not text_of(block.children).strip()
