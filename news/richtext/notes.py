"""Footnotes and endnotes: numbered as they stand at the end of a text, each reference a link to its note."""
from news.richtext.features import NOTES
from news.richtext.tree import Node, text_of

PLACE = "#ghi-chu-"


def gathered(blocks: list[Node]) -> list[Node]:
    """The blocks with all notes in one list at the end; references to notes that are not there stay as numbers."""
    kept: list[Node] = []
    found: list[tuple[str, Node]] = []
    existing = next((block for block in blocks if block.attrs.get("class") == NOTES), None)
    for block in blocks:
        if block is existing:
            continue
        if block.tag in {"ul", "ol"} and all(_mark(item) for item in block.children):
            found += [(_mark(item), item) for item in block.children]
        elif block.tag == "p" and _mark(block):
            found.append((_mark(block), Node("li", {}, block.children)))
        else:
            kept.append(block)
            continue
        if kept and kept[-1].tag == "hr":  # the line that the program drew above the notes
            kept.pop()
    found = [(mark, item) for mark, item in found if text_of(item.children).strip()]
    offset = len(existing.children) if existing else 0
    numbers = {mark: place for place, (mark, _) in reversed(list(enumerate(found, offset + 1)))}
    for _, item in found:
        item.children = _without_lead(item.children)
    notes = [*(existing.children if existing else []), *(item for _, item in found)]
    blocks = [*kept, Node("ol", {"class": NOTES}, notes)] if notes else kept
    for block in blocks:
        block.children = _resolved(block.children, numbers)
    return [block for block in blocks if block.children or block.tag == "hr"]


def _mark(node: Node) -> str:
    """The note that a block is, told by the way back that stands in it."""
    for child in node.children:
        if isinstance(child, Node):
            found = child.attrs["of"] if child.tag == "note" else _mark(child)
            if found:
                return found
    return ""


def _without_lead(children: list) -> list:
    """A note's words without the space that followed its number."""
    children = [child for child in children if not (isinstance(child, Node) and child.tag == "note")]
    if children and isinstance(children[0], str):
        children[0] = children[0].lstrip(" ")
    return children


def _resolved(children: list, numbers: dict[str, int]) -> list:
    result: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            result.append(child)
        elif child.tag == "reference":
            number = numbers.get(child.attrs["of"])
            mark = Node("sup", {}, [str(number) if number else child.attrs["text"]])
            if number:
                result.append(Node("a", {"href": f"{PLACE}{number}"}, [mark]))
            elif child.attrs["text"]:
                result.append(mark)
        elif child.tag != "note":
            had = bool(child.children)
            child.children = _resolved(child.children, numbers)
            if child.children or not had:
                result.append(child)
    return result


