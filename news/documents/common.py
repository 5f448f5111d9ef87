"""What every inspection needs: the refusal, and a nose for web pages."""
import re

MOST_UNPACKED = 200 * 1024 * 1024  # bytes that one document may unfold to
TOO_MUCH = "Tệp bung ra quá lớn (bom nén) nên không nhận được."

_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|frameset|object|embed|meta\s+http-equiv)[\s>/]", re.I
)
_DRAWING = re.compile(rb"<(?:\w{1,10}:)?svg[\s>/]|<!doctype\s+svg", re.I)


class RefusedError(Exception):
    """The document cannot be taken; the message is a sentence for the person who sent it."""


def markup_in(content: bytes) -> str:
    """`HTML` or `SVG` where a browser that guesses could take it for that; else an empty text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\0" in content[:200] or b"\0<" in content[:200]:
        content = content.replace(b"\0", b"")  # UTF-16: what matters here is ASCII
    if _DRAWING.search(content):
        return "SVG"
    return "HTML" if _PAGE.search(content) else ""
