"""Word, Excel and PowerPoint 97-2003: an OLE container, looked through for macros and embedded objects."""
import re
from typing import BinaryIO

from news.documents.common import RefusedError, markup_in

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _name(text: str) -> bytes:
    """An entry of the container's directory as it stands in the file: UTF-16, then zeros."""
    return text.encode("utf-16-le") + b"\0\0"


_KINDS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book"), "ppt": ("PowerPoint Document",)}
_MACROS = [_name(text) for text in ("_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT_XL")]
_OBJECTS = [_name(text) for text in ("\x01Ole10Native", "ObjectPool", "Package", "MBD")]
_LOCKED = [_name(text) for text in ("EncryptedPackage", "EncryptionInfo", "DRMContent")]
# BOUNDSHEET (MS-XLS 2.4.28) of a macro sheet of Excel 4, the macros from before VBA.
_SHEET = b"\x85\0"
MOST_SHEETS = 100_000  # by chance there are some hundreds in a large file
_MACRO_SHEET = re.compile(rb"\x85\x00([\x08-\x48])\x00.{4}[\x00-\x02]\x01([\x01-\x1f])([\x00\x01])", re.S)


def check(file: BinaryIO) -> str:
    """`doc`, `xls` or `ppt`; raises RefusedError."""
    file.seek(0)
    content = file.read()
    if len(content) < 1536 or content[28:30] != b"\xfe\xff":
        raise RefusedError("Tệp Office bị hỏng.")
    if content.count(_SHEET) > MOST_SHEETS:
        raise RefusedError("Tệp Office bị hỏng.")
    if any(name in content for name in _LOCKED):
        raise RefusedError("Tệp Office đặt mật khẩu nên không kiểm tra được: hãy bỏ mật khẩu rồi gửi lại.")
    if any(name in content for name in _MACROS) or _has_macro_sheet(content):
        raise RefusedError("Tệp Office có macro: hãy lưu lại thành tệp không có macro.")
    if any(name in content for name in _OBJECTS):
        raise RefusedError("Tệp Office có tệp khác nhúng bên trong: hãy bỏ ra rồi gửi lại, hoặc xuất thành PDF.")
    if what := markup_in(content):
        raise RefusedError(f"Tệp Office có {what} bên trong nên không nhận được.")
    found = [kind for kind, names in _KINDS.items() if any(_name(name) in content for name in names)]
    if len(found) != 1:
        raise RefusedError("Tệp này có vỏ của Office 97-2003 nhưng không phải Word, Excel hay PowerPoint.")
    return found[0]


def _has_macro_sheet(content: bytes) -> bool:
    return any(match[1][0] == 8 + match[2][0] * (1 + match[3][0]) for match in _MACRO_SHEET.finditer(content))
