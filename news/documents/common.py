"""What every inspection needs: the refusal, and a nose for web pages."""
import re

MOST_UNPACKED = 200 * 1024 * 1024  # bytes that one document may unfold to
TOO_MUCH = "Tệp bung ra quá lớn (bom nén) nên không nhận được."

# In small letters and with their beginnings plain, so that 50 MB of them are searched in a second.
_PAGE = [re.compile(rb"<" + tag + rb"[\s>/]") for tag in
         (rb"!doctype\s{1,20}html", b"html", b"head", b"body", b"script", b"iframe", b"frameset", b"object", b"embed",
          rb"meta\s{1,20}http-equiv")]  # fmt: skip
_DRAWING = [re.compile(rb"<svg[\s>/]"), re.compile(rb"<!doctype\s{1,20}svg")]
_PREFIXED = re.compile(rb":svg[\s>/]")  # <x:svg>; looked at from behind, which costs more
_OPENS = re.compile(rb"<\w{1,10}$")
MOST_PREFIXED = 10_000


class RefusedError(Exception):
    """The document cannot be taken; the message is a sentence for the person who sent it."""


def markup_in(content: bytes) -> str:
    """`HTML` or `SVG` where a browser that guesses could take it for that; else an empty text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\0" in content[:200] or b"\0<" in content[:200]:
        content = content.replace(b"\0", b"")  # UTF-16: what matters here is ASCII
    content = content.lower()
    if any(tag.search(content) for tag in _DRAWING) or _draws(content):
        return "SVG"
    return "HTML" if any(tag.search(content) for tag in _PAGE) else ""


def _draws(content: bytes) -> bool:
    for number, at in enumerate(_PREFIXED.finditer(content)):
        if number > MOST_PREFIXED or _OPENS.search(content, max(0, at.start() - 12), at.start()):
            return True
    return False
