"""Characters that no reader sees: they hide words from readers, or from those who search for them."""
import re

from news.vietnamese import nfc

# Controls, soft hyphen, zero-width and bidirectional marks, blank letters, tags, and what is no character at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e"
    "\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]+"
)
# Part of a picture-letter made of several, and of nothing else.
_PICTURE = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINER = re.compile(
    f"(?<![{_PICTURE}\ufe0f])\u200d+|\u200d+(?![{_PICTURE}])|(?<![{_PICTURE}#*0-9\xa9\xae\u203c\u2049\u3030\u303d])\ufe0f+"
)
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MANY_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")  # no language stacks more on one letter
_SPACES = re.compile("[\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_PLAIN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]+")
_ORDINARY_BLOCKS = b"\x00\x01\x1e\x20"  # Latin with all that Vietnamese writes in one character; punctuation
_MARK_OF_SYMBOLS = re.compile("[\u20d0-\u20ff]")
_INVISIBLE = re.compile(r"[\s\W_]*")


def visible(text: str) -> str:
    """The text in NFC with only what can be seen; a plain space for every kind of space but the non-breaking one."""
    if text.isascii():
        return _PLAIN.sub("", text)
    if _is_ordinary(text):
        return text
    text = _SPACES.sub(" ", _UNSEEN.sub("", text))
    if "\u200d" in text or "\ufe0f" in text:
        text = _JOINER.sub("", text)
    return nfc(_MANY_MARKS.sub(r"\1", nfc(text)))


def _is_ordinary(text: str) -> bool:
    """Whether a text is made of Latin letters and usual marks alone, as nearly every one is: twenty times as fast."""
    blocks = text.encode("utf-16-le", "surrogatepass")[1::2]  # the upper byte of each character
    if blocks.translate(None, _ORDINARY_BLOCKS) or not text.replace("\n", "").isprintable():
        return False
    return b"\x20" not in blocks or _MARK_OF_SYMBOLS.search(text) is None


def says_something(text: str) -> bool:
    """Whether a letter or digit stands in it: a link of a dot alone is one that nobody is meant to see."""
    return _INVISIBLE.fullmatch(text) is None
