"""What a .docx file may be made of; checked before anything in it is read as a document. Needs no Django."""
import io
import re
import zipfile

MAX_ENTRIES = 2_000
MAX_UNPACKED = 150 * 1024 * 1024  # bytes, of all parts
MAX_XML = 12 * 1024 * 1024  # bytes, of one part: some 1,000 pages
MAX_RATIO = 200  # unpacked to packed, of parts of more than 1 MB: a text's markup packs to a thirtieth
_RELATIONSHIP = re.compile(rb"<(?:[\w]+:)?Relationship\b[^>]*>", re.I)
_TARGET_MODE = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.I)
_LOCAL_TEMPLATE = re.compile(rb"attachedTemplate[\"'][^>]*Target\s*=\s*[\"'](?:file:///)?[A-Za-z]:"
                             rb"|Target\s*=\s*[\"'](?:file:///)?[A-Za-z]:[^>]*attachedTemplate[\"']")  # fmt: skip
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


class RefusedError(Exception):
    """The file is refused; the code says why (`reading.SENTENCES`)."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def check(content: bytes) -> None:
    """Raises RefusedError for what is no Word document, or one that is made to do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive)
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    _check_part(entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, KeyError):
        raise RefusedError("not_docx") from None


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise RefusedError("not_docx")
    if len(entries) > MAX_ENTRIES or len(set(names)) < len(names):
        raise RefusedError("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("locked")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise RefusedError("not_docx")
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
        raise RefusedError("macro")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise RefusedError("bomb")
    for entry in entries:
        if entry.file_size > MAX_XML and entry.filename.lower().endswith((".xml", ".rels")):
            raise RefusedError("too_long")
        if entry.file_size > 1024 * 1024 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise RefusedError("bomb")


def _check_part(name: str, content: bytes) -> None:
    if b"\0" in content[:400] or _DECLARATION.search(content):
        raise RefusedError("bomb")  # in another encoding, what is looked for here could not be found
    if name == "[Content_Types].xml":
        if b"macroEnabled" in content:
            raise RefusedError("macro")
        if MAIN not in content:
            raise RefusedError("not_docx")
    if name.lower().endswith(".rels"):
        for relationship in _RELATIONSHIP.findall(content):
            # The writer's own template is never fetched; one on another host is how documents attack.
            harmless = _HYPERLINK.search(relationship) or _LOCAL_TEMPLATE.search(relationship)
            if _TARGET_MODE.search(relationship) and not harmless:
                raise RefusedError("external")
