"""PDF: refuses what acts by itself or carries other files. Such a document may be right, but nobody here can tell.

ISO 32000-1, 12.6.4 (actions) and 7.11.4 (embedded files). Names may be written with #xx for any letter (7.3.5), and
objects may lie compressed in object streams (7.5.7): neither hides a name from this.
"""
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from news.documents.common import MOST_UNPACKED, TOO_MUCH, RefusedError, markup_in

SIGNATURE = b"%PDF-"
MOST_STREAM = 30 * 1024 * 1024  # bytes that one object stream may unfold to
MOST_STREAMS = 50_000  # object streams; each holds a hundred objects or so
WINDOW = 8192  # bytes that an object stream's dictionary may be long

_JAVASCRIPT = "PDF có JavaScript bên trong: hãy in ra PDF mới rồi gửi lại."
_FILE = "PDF có tệp khác nhúng bên trong: hãy bỏ ra rồi gửi lại."
_REASONS = {
    "JavaScript": _JAVASCRIPT,
    "Launch": "PDF có lệnh mở chương trình khác: hãy in ra PDF mới rồi gửi lại.",
    "EmbeddedFile": _FILE,
    "EmbeddedFiles": _FILE,
    "RichMedia": "PDF có phim hoặc Flash bên trong: hãy in ra PDF mới rồi gửi lại.",
    "Encrypt": "PDF đặt mật khẩu nên không kiểm tra được: hãy bỏ mật khẩu rồi gửi lại.",
}
_DAMAGED = "Tệp PDF bị hỏng."
_ODD = "PDF nén theo kiểu lạ nên không kiểm tra được: hãy in ra PDF mới rồi gửi lại."


def _name(text: str) -> bytes:
    """A pattern for a name, each letter as it is or as #xx."""
    return b"/" + b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in text.encode())


_BAD = [(re.compile(_name(name) + rb"(?![\w.#-])"), reason) for name, reason in _REASONS.items()]
_OBJECTS = re.compile(_name("ObjStm") + rb"(?![\w.#-])")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n?|\n)")
_ODD_FILTER = re.compile(
    b"|".join(map(_name, ("LZW", "ASCIIHex", "AHx", "ASCII85", "A85", "RunLength", "RL", "Crypt")))
    + b"|" + _name("Predictor") + rb"\s{0,9}(?!1\b)\d"
)  # fmt: skip


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
    for name, reason in _BAD:
        if name.search(content):
            raise RefusedError(reason)


def _object_streams(content: bytes) -> Iterator[bytes]:
    """What the object streams unfold to."""
    for number, match in enumerate(_OBJECTS.finditer(content)):
        start = _STREAM.search(content, match.end(), match.end() + WINDOW)
        before = content[max(0, match.start() - WINDOW) : match.start()]
        if number > MOST_STREAMS or start is None or b"obj" not in before:
            raise RefusedError(_DAMAGED)
        dictionary = before[before.rindex(b"obj") :] + content[match.end() : start.start()]
        if _ODD_FILTER.search(dictionary):
            raise RefusedError(_ODD)
        data = content[start.end() : content.find(b"endstream", start.end())]
        # Whatever its dictionary says: what unfolds is looked at, the rest has been looked at as it stands.
        unfold = zlib.decompressobj()
        try:
            inner = unfold.decompress(data, MOST_STREAM)
        except zlib.error:
            if re.search(_name("Fl"), dictionary):
                raise RefusedError(_DAMAGED) from None
            continue
        if unfold.unconsumed_tail:
            raise RefusedError(TOO_MUCH)
        if not unfold.eof:  # cut short, so that what follows would go unseen
            raise RefusedError(_DAMAGED)
        yield inner
