"""Text of a Word file that nobody is meant to see: taken out before the file is converted."""
import io
import zipfile
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off"}
SMALLEST = 6  # half points
_PAPER = {"FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"}
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def without_unseen(content: bytes) -> bytes:
    """The same file without runs that are hidden, too small to read, or white on white. `content` has been checked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as copy:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename in PARTS:
                part = _cleaned(part)
            copy.writestr(entry.filename, part)
    return buffer.getvalue()


def _cleaned(part: bytes) -> bytes:
    if not any(word in part for word in (b"vanish", b"FFFFFF", b"fefefe", b"ffffff", b"FEFEFE", b":sz ")):
        return part
    try:
        root = ElementTree.fromstring(part)  # declarations of entities were refused before
    except ElementTree.ParseError:
        return part  # the converter says that it is broken
    _clean(root, shaded=False)
    return ElementTree.tostring(root, encoding="utf-8")


def _clean(element: ElementTree.Element, shaded: bool) -> None:
    for child in list(element):
        if child.tag == f"{_W}r" and _is_unseen(child.find(f"{_W}rPr"), shaded):
            element.remove(child)
            continue
        inner = shaded or any(
            _is_shaded(child.find(f"{_W}{name}")) for name in ("tcPr", "pPr", "tblPr") if len(child)
        )
        _clean(child, inner)


def _is_unseen(properties: ElementTree.Element | None, shaded: bool) -> bool:
    if properties is None:
        return False
    hidden = properties.find(f"{_W}vanish")
    if hidden is not None and hidden.get(f"{_W}val", "1") not in _OFF:
        return True
    size = _value(properties, "sz")
    if size.isdigit() and int(size) <= SMALLEST:
        return True
    white = _value(properties, "color").upper() in _PAPER
    return white and not shaded and not _is_shaded(properties) and properties.find(f"{_W}highlight") is None


def _is_shaded(properties: ElementTree.Element | None) -> bool:
    shade = properties.find(f"{_W}shd") if properties is not None else None
    return shade is not None and shade.get(f"{_W}fill", "auto").upper() not in {"AUTO", *_PAPER}


def _value(properties: ElementTree.Element, name: str) -> str:
    found = properties.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""
