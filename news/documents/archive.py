"""ZIP and what is one underneath: Office (OOXML), OpenDocument, and plain archives of such documents and pictures."""
import io
import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from news.documents import office97, pdf
from news.documents.common import MOST_UNPACKED, TOO_MUCH, RefusedError, markup_in

MOST_ENTRIES = 3000
MOST_RATIO = 200  # unpacked to packed, of an entry of some size
MOST_ENTRY = 60 * 1024 * 1024  # bytes of one file inside
MOST_LISTING = 5 * 1024 * 1024  # bytes of a part that only lists others
MOST_DEPTH = 2  # archives within archives
BAD_ZIP = "Tệp ZIP bị hỏng hoặc bị sửa nên không nhận được."

_OOXML = {
    "docx": b"wordprocessingml.document.main+xml", "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
}  # fmt: skip
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt", b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}  # fmt: skip
_PICTURES = {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "gif": b"GIF8",
             "tif": (b"II*\0", b"MM\0*"), "tiff": (b"II*\0", b"MM\0*"), "bmp": b"BM", "webp": b"RIFF"}  # fmt: skip
_TEXTS = {"txt", "csv"}
_DOCUMENTS = {"pdf", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "odt", "ods", "odp", "zip"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"dex\n")
_MACRO_PART = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/|Basic/|Scripts/|macrosheets/)", re.I)
_OBJECT_PART = re.compile(r"(?:^|/)(?:embeddings/.*\.bin|ole\w*\.bin|Object \d+/.*\.(?:exe|dll))$", re.I)
_REMOTE = re.compile(rb"<Relationship\b(?=[^>]*TargetMode=[\"']External)(?=[^>]*/(?:attachedTemplate|oleObject|frame"
                     rb"|subDocument|externalLinkPath\w*|aFChunk)[\"'])", re.I)  # fmt: skip


class _Budget:
    """Bytes that everything within one upload may still unfold to."""

    def __init__(self):
        self.left = MOST_UNPACKED

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise RefusedError(TOO_MUCH)


def check(file: BinaryIO, budget: _Budget | None = None, depth: int = 0) -> str:
    """`docx`, `xlsx`, `pptx`, `odt`, `ods`, `odp` or `zip`; raises RefusedError."""
    budget = budget or _Budget()
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_frame(file, archive, entries)
            kind = _kind(archive, entries)
            for entry in entries:
                if not entry.is_dir():
                    _check_part(entry.filename, _read(archive, entry, budget), kind, budget, depth)
            return kind
    except RefusedError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, KeyError, EOFError, OverflowError,
            UnicodeError, RuntimeError):  # fmt: skip
        # NotImplementedError, for methods of packing that nobody uses, is a RuntimeError.
        raise RefusedError(BAD_ZIP) from None


def _check_frame(file: BinaryIO, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """The archive is all that the file is, and its two lists of contents agree."""
    if not entries:
        raise RefusedError("Tệp ZIP này trống.")
    if len(entries) > MOST_ENTRIES:
        raise RefusedError(f"Tệp ZIP có quá {MOST_ENTRIES} tệp bên trong.")
    size = file.seek(0, io.SEEK_END)
    # Anything before the first entry or behind the end is another file in hiding.
    end_record = size - 22 - len(archive.comment)
    file.seek(max(0, end_record))
    if file.read(4) != b"PK\x05\x06" or min(entry.header_offset for entry in entries) != 0:
        raise RefusedError("Tệp ZIP này có thứ khác nối vào đầu hoặc đuôi nên không nhận được.")
    if markup_in(archive.comment):
        raise RefusedError("Tệp ZIP có HTML trong lời ghi chú nên không nhận được.")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise RefusedError("Tệp ZIP có hai tệp cùng tên bên trong.")
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        _check_entry(entry)
        if entry.header_offset < reached:
            raise RefusedError(TOO_MUCH)  # entries that share their bytes
        file.seek(entry.header_offset)
        header = file.read(30)
        signature, name_length, extra_length = header[:4], *struct.unpack("<HH", header[26:30])
        name = file.read(name_length)
        encoding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
        if signature != b"PK\x03\x04" or name.decode(encoding) != entry.orig_filename:
            raise RefusedError(BAD_ZIP)
        reached = entry.header_offset + 30 + name_length + extra_length + entry.compress_size
    if reached > archive.start_dir:
        raise RefusedError(BAD_ZIP)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if (".." in parts or name.startswith(("/", "\\")) or ":" in name or "\\" in name or len(name) > 400
            or any(ord(letter) < 32 or letter in "\u202e\u202d\u2066\u2067" for letter in name)):  # fmt: skip
        raise RefusedError("Tệp ZIP có tên tệp bên trong trỏ ra chỗ khác nên không nhận được.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError("Tệp ZIP có liên kết tắt bên trong nên không nhận được.")
    if entry.flag_bits & 0x1:
        raise RefusedError("Tệp nén đặt mật khẩu nên không kiểm tra được: hãy bỏ mật khẩu rồi gửi lại.")
    if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        raise RefusedError(TOO_MUCH)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """An entry's real content, whatever the archive says of its size."""
    if entry.file_size > MOST_ENTRY:
        raise RefusedError(TOO_MUCH)
    budget.take(entry.file_size)
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise RefusedError(BAD_ZIP)
    return content


def _kind(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename: entry for entry in entries}

    def part(name: str) -> bytes:
        if names[name].file_size > MOST_LISTING:
            raise RefusedError(TOO_MUCH)
        return archive.read(names[name])

    if "[Content_Types].xml" in names:
        types = part("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise RefusedError("Tệp Office có macro: hãy lưu lại thành tệp không có macro (.docx, .xlsx, .pptx).")
        found = [kind for kind, main in _OOXML.items() if main in types]
        if len(found) != 1 or "_rels/.rels" not in names:
            raise RefusedError("Tệp này có vỏ của Office nhưng không phải Word, Excel hay PowerPoint.")
        return found[0]
    if "mimetype" in names:
        first = min(entries, key=lambda entry: entry.header_offset)
        kind = _ODF.get(part("mimetype").strip())
        complete = {"content.xml", "META-INF/manifest.xml"} <= names.keys()
        if kind is None or first.filename != "mimetype" or not complete:
            raise RefusedError("Tệp này có vỏ của OpenDocument nhưng không phải văn bản, bảng tính hay trình chiếu.")
        if b"encryption-data" in part("META-INF/manifest.xml"):
            raise RefusedError("Tệp đặt mật khẩu nên không kiểm tra được: hãy bỏ mật khẩu rồi gửi lại.")
        return kind
    return "zip"


def _check_part(name: str, content: bytes, kind: str, budget: _Budget, depth: int) -> None:
    ending = name.rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""
    if content.startswith(_PROGRAMS):
        raise RefusedError(f"Bên trong có chương trình ({_short(name)}) nên không nhận được.")
    if what := markup_in(content) if not content.startswith(pdf.SIGNATURE) else "":
        raise RefusedError(f"Bên trong có {what} ({_short(name)}) nên không nhận được.")
    if ending in {"html", "htm", "xhtml", "mht", "mhtml", "svg", "svgz", "hta", "js"}:
        raise RefusedError(f"Bên trong có tệp .{ending} ({_short(name)}) nên không nhận được.")
    if kind == "zip":
        return _check_member(name, ending, content, budget, depth)
    if _MACRO_PART.search(name):
        raise RefusedError("Tệp Office có macro: hãy lưu lại thành tệp không có macro.")
    if _OBJECT_PART.search(name):
        raise RefusedError("Tệp Office có tệp khác nhúng bên trong: hãy bỏ ra rồi gửi lại, hoặc xuất thành PDF.")
    if name.endswith(".rels") and _REMOTE.search(content):
        raise RefusedError("Tệp Office tự lấy mẫu hoặc dữ liệu từ địa chỉ khác: hãy xuất thành PDF rồi gửi lại.")
    if content.startswith((b"PK\x03\x04", office97.SIGNATURE, pdf.SIGNATURE)):
        _check_inner(name, content, budget, depth)


def _check_member(name: str, ending: str, content: bytes, budget: _Budget, depth: int) -> None:
    """A file of a plain archive: a document, a picture or a text, and what its ending says."""
    if ending in _TEXTS:
        if b"\0" in content:
            raise RefusedError(f"Tệp {_short(name)} trong ZIP không phải văn bản.")
    elif ending in _PICTURES:
        if not content.startswith(_PICTURES[ending]):
            raise RefusedError(f"Tệp {_short(name)} trong ZIP không phải ảnh .{ending}.")
    elif ending in _DOCUMENTS:
        if _check_inner(name, content, budget, depth) != ending:
            raise RefusedError(f"Tệp {_short(name)} trong ZIP không phải tệp .{ending}.")
    else:
        raise RefusedError(f"Tệp ZIP có tệp {_short(name)}: chỉ nhận tài liệu, ảnh và văn bản thuần bên trong.")


def _check_inner(name: str, content: bytes, budget: _Budget, depth: int) -> str:
    if depth + 1 > MOST_DEPTH:
        raise RefusedError(f"Tệp nén lồng nhau quá sâu ({_short(name)}).")
    if content.startswith(b"PK"):
        return check(io.BytesIO(content), budget, depth + 1)
    if content.startswith(office97.SIGNATURE):
        return office97.check(io.BytesIO(content))
    if content.startswith(pdf.SIGNATURE):
        pdf.check(io.BytesIO(content))
        return "pdf"
    raise RefusedError(f"Tệp {_short(name)} trong ZIP không phải tài liệu.")


def _short(name: str) -> str:
    return name.rpartition("/")[2][:60] or name[:60]
