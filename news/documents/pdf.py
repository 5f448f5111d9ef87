"""PDF: refuses what acts by itself or carries other files. Such a document may be right, but nobody here can tell.

ISO 32000-1, 12.6.4 (actions) and 7.11.4 (embedded files). Names may be written with #xx for any letter, and objects may
lie compressed in object streams (7.5.7), so both are unfolded before looking.
"""
import re
import zlib
from typing import BinaryIO

from news.documents.common import MOST_UNPACKED, TOO_MUCH, RefusedError, markup_in

SIGNATURE = b"%PDF-"
MOST_STREAM = 30 * 1024 * 1024  # bytes that one object stream may unfold to

_REASONS = {
    b"JavaScript": "PDF có JavaScript bên trong: hãy in ra PDF mới rồi gửi lại.",
    b"Launch": "PDF có lệnh mở chương trình khác: hãy in ra PDF mới rồi gửi lại.",
    b"EmbeddedFile": "PDF có tệp khác nhúng bên trong: hãy bỏ ra rồi gửi lại.",
    b"EmbeddedFiles": "PDF có tệp khác nhúng bên trong: hãy bỏ ra rồi gửi lại.",
    b"RichMedia": "PDF có phim hoặc Flash bên trong: hãy in ra PDF mới rồi gửi lại.",
    b"Encrypt": "PDF đặt mật khẩu nên không kiểm tra được: hãy bỏ mật khẩu rồi gửi lại.",
}
_BAD = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Encrypt)(?![\w.-])")
_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_OTHER_FILTER = re.compile(
    rb"/(?:LZW|LZWDecode|ASCIIHex\w*|AHx|ASCII85\w*|A85|RunLength\w*|RL|Crypt)\b|/Predictor\s*(?!1\b)\d"
)


def check(file: BinaryIO) -> None:
    """Raises RefusedError with the reason."""
    file.seek(0)
    content = file.read()
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        raise RefusedError("Tệp PDF bị cắt cụt hoặc có gì khác nối vào đuôi.")
    if what := markup_in(content):
        raise RefusedError(f"Tệp PDF có {what} bên trong nên không nhận được.")
    if b"PK\x05\x06" in content[-66_000:]:
        raise RefusedError("Tệp PDF này cũng là một tệp ZIP nên không nhận được.")
    _look(content)
    left = MOST_UNPACKED
    for inner in _object_streams(content):
        left -= len(inner)
        if left < 0:
            raise RefusedError(TOO_MUCH)
        _look(inner)


def _look(content: bytes) -> None:
    if match := _BAD.search(_named(content)):
        raise RefusedError(_REASONS[match[1]])


def _named(content: bytes) -> bytes:
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content) if b"#" in content else content


def _object_streams(content: bytes):
    """What the object streams unfold to."""
    for start in _STREAM.finditer(content):
        head = _named(content[max(0, content.rfind(b"obj", 0, start.start()), start.start() - 2000) : start.start()])
        if not _OBJECTS.search(head):
            continue
        if _OTHER_FILTER.search(head):
            raise RefusedError("PDF nén theo kiểu lạ nên không kiểm tra được: hãy in ra PDF mới rồi gửi lại.")
        if b"/FlateDecode" not in head and b"/Fl" not in head:
            continue  # uncompressed: it has been looked at with the rest
        unfold = zlib.decompressobj()
        try:
            inner = unfold.decompress(content[start.end() : content.find(b"endstream", start.end())], MOST_STREAM)
        except zlib.error:
            raise RefusedError("Tệp PDF bị hỏng.") from None
        if unfold.unconsumed_tail:
            raise RefusedError(TOO_MUCH)
        if not unfold.eof:  # cut short, so that what follows would go unseen
            raise RefusedError("Tệp PDF bị hỏng.")
        yield inner
