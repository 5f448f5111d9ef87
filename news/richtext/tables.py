"""Tables: a caption, a head, cells with what they head; none that only arranges a page."""
from news.richtext import inline, lists, styles
from news.richtext.features import ALIGNED
from news.richtext.styles import Look
from news.richtext.tree import Node, text_of

SECTIONS = ("thead", "tbody", "tfoot")
MAX_SPAN = 100
_SCOPES = {"row", "col", "rowgroup", "colgroup"}
_FOREIGN = ("style", "align", "bgcolor", "class")


def read(table: Node, look: Look, reader) -> list[Node]:
    """A table's blocks: the table, after whatever stood between its rows; `reader` reads what its cells hold."""
    style = styles.declarations(table.attrs.get("style", ""))
    look = styles.look(style, table.attrs, look)
    stray: list[Node] = []
    caption: list[Node | str] = []
    rows: list[tuple[str, Node]] = []
    foreign = _is_foreign(table)
    for child in table.children:
        if isinstance(child, str):
            if child.strip():
                stray += reader.flow(Node("", {}, [child]), look)
        elif child.tag == "caption":
            caption = inline.nodes(reader.words(child, look._replace(bold=False))) or caption
        elif child.tag == "tr" or child.tag in SECTIONS:
            inner = [child] if child.tag == "tr" else child.children
            for row in () if child.tag != "tr" and _is_hidden(child) else inner:
                if isinstance(row, Node) and row.tag == "tr":
                    if _is_hidden(row):
                        continue
                    rows.append((child.tag if child.tag in SECTIONS else "tbody", row))
                elif isinstance(row, Node) or row.strip():
                    stray += reader.flow(Node("", {}, [row]), look)
        elif child.tag not in {"colgroup", "col"}:
            stray += reader.flow(Node("", {}, [child]), look)
    read_rows = [(section, _row(row, look, reader, stray)) for section, row in rows]
    read_rows = [(section, row) for section, row in read_rows if row.children]
    foreign = foreign or any(_is_foreign(cell) for _, row in rows for cell in row.children if isinstance(cell, Node))
    if foreign and not any("rowspan" in cell.attrs for _, row in read_rows for cell in row.children):
        read_rows = [(section, row) for section, row in read_rows if any(cell.children for cell in row.children)]
    if not read_rows:
        return stray + ([Node("p", {}, caption)] if caption else [])
    if foreign and not caption and len(read_rows) == 1 and len(read_rows[0][1].children) == 1:
        return stray + _blocks(read_rows[0][1].children[0])  # a frame around a text, or a mail's layout
    if foreign:
        _find_head(read_rows)
    return [*stray, _built(caption, _with_scopes(read_rows))]


def _row(row: Node, look: Look, reader, stray: list[Node]) -> Node:
    look = styles.look(styles.declarations(row.attrs.get("style", "")), row.attrs, look)
    cells: list[Node] = []
    for cell in row.children:
        if isinstance(cell, Node) and cell.tag in {"td", "th"}:
            found = _cell(cell, look, reader)
            if found:
                cells.append(found)
        elif isinstance(cell, Node) or cell.strip():
            stray += reader.flow(Node("", {}, [cell]), look)
    return Node("tr", {}, cells)


def _cell(cell: Node, look: Look, reader) -> Node | None:
    if _is_hidden(cell):
        return None
    style = styles.declarations(cell.attrs.get("style", ""))
    look = styles.look(style, cell.attrs, look)
    attrs = {}
    for name in ("colspan", "rowspan"):
        value = cell.attrs.get(name, "")
        if value.isascii() and value.isdigit() and len(value) <= 3 and 2 <= int(value) <= MAX_SPAN:
            attrs[name] = str(int(value))
    if cell.tag == "th" and cell.attrs.get("scope", "").lower() in _SCOPES:
        attrs = {"scope": cell.attrs["scope"].lower(), **attrs}
    held = lists.gathered(reader.flow(cell, look))
    align = next((name for name in cell.attrs.get("class", "").split() if name in ALIGNED), "")
    said = style.get("text-align") or cell.attrs.get("align", "").lower()
    align = align or {"center": "can-giua", "right": "can-phai"}.get(said, "")
    if len(held) == 1 and held[0].tag == "p":
        align = align or held[0].attrs.get("class", "")
        held = held[0].children
    if align:
        attrs = {"class": align, **attrs}
    node = Node(cell.tag, attrs, held)
    if cell.tag == "th":
        _unbold(node)
    return node


def _find_head(rows: list[tuple[str, Node]]) -> None:
    """Turns into a head what looks like one: rows that repeat on each page, or a first row all in bold."""
    for section, row in rows:
        if section == "thead":
            _make_head(row)
    first = rows[0][1]
    if not any(cell.tag == "th" for _, row in rows for cell in row.children) and len(rows) > 1:
        filled = [cell for cell in first.children if cell.children]
        if filled and all(_is_bold(cell) for cell in filled):
            _make_head(first)
            rows[0] = ("thead", first)


def _make_head(row: Node) -> None:
    for cell in row.children:
        cell.tag = "th"
        _unbold(cell)


def _with_scopes(rows: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
    for place, (section, row) in enumerate(rows):
        head = section == "thead" or (place == 0 and all(cell.tag == "th" for cell in row.children))
        for cell in row.children:
            if cell.tag == "th" and "scope" not in cell.attrs:
                cell.attrs["scope"] = "col" if head or cell is not row.children[0] else "row"
    return rows


def _built(caption: list[Node | str], rows: list[tuple[str, Node]]) -> Node:
    children = [Node("caption", {}, caption)] if caption else []
    for name in SECTIONS:
        held = [row for section, row in rows if section == name]
        if held:
            children.append(Node(name, {}, held))
    return Node("table", {}, children)


def _is_hidden(node: Node) -> bool:
    return "hidden" in node.attrs or styles.removed(styles.declarations(node.attrs.get("style", "")))


def _is_foreign(node: Node) -> bool:
    said = [node.attrs[name] for name in _FOREIGN if name in node.attrs]
    return bool(said) and not all(value in ALIGNED for value in said)


def _is_bold(cell: Node) -> bool:
    pieces = [child for child in cell.children if not (isinstance(child, str) and not child.strip())]
    return all(isinstance(piece, Node) and piece.tag in {"strong", "br"} for piece in pieces)


def _unbold(cell: Node) -> None:
    if cell.children and _is_bold(cell):
        cell.children = [
            inner
            for child in cell.children
            for inner in (child.children if isinstance(child, Node) and child.tag == "strong" else [child])
        ]


def _blocks(cell: Node) -> list[Node]:
    if cell.children and all(isinstance(child, Node) and _is_block(child) for child in cell.children):
        return cell.children
    return [Node("p", {}, cell.children)] if text_of(cell.children).strip() or cell.children else []


def _is_block(node: Node) -> bool:
    return node.tag in {"p", "ul", "ol", "table", "figure", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
                        "item"}  # fmt: skip
