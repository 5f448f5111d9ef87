"""An article's HTML as a row of blocks: what each is, its words, and how every word is set.

Made for the output of `news.richtext.sanitise`; other HTML is read as well as may be and never fails.
"""
import html as entities
import re
from typing import NamedTuple

from news.vietnamese import nfc

BREAK = "\n"  # stands among the words where a line was broken
Attributes = tuple[tuple[str, str], ...]
Tag = tuple[str, Attributes]

INLINE = {"a", "strong", "em", "u", "s", "sub", "sup"}
_EMPTY = {"img", "hr"}
# Blocks that mean something without words: a cell keeps its neighbours in their columns.
_LEAVES = {"p", "h2", "h3", "h4", "li", "td", "th", "caption", "figcaption"}
TAG = re.compile(r'(<[a-z/][^"<>]*(?:"[^"]*"[^"<>]*)*>)')  # as the sanitiser writes them
_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')

_LABELS = {
    "p": "đoạn văn", "h2": "đề mục cấp 2", "h3": "đề mục cấp 3", "h4": "đề mục cấp 4", "td": "ô bảng",
    "th": "ô tiêu đề của bảng", "caption": "tên bảng", "thead": "phần đầu bảng", "tfoot": "phần cuối bảng",
    "blockquote": "trích dẫn", "figure": "khung ảnh", "figcaption": "chú thích ảnh", "img": "ảnh",
    "hr": "đường kẻ ngang", "ul": "danh sách", "ol": "danh sách đánh số", "table": "bảng",
    "a": "liên kết",
}  # fmt: skip
_UNSAID = {"tbody", "tr"}
_HOLDERS = {"td": {"table"}, "th": {"table"}, "caption": {"table"}, "figcaption": {"figure"}}
_STYLES = {"strong": "chữ đậm", "em": "chữ nghiêng", "u": "gạch chân", "s": "gạch ngang chữ", "sub": "chỉ số dưới",
           "sup": "chỉ số trên"}  # fmt: skip
_VALUES = {
    ("class", "can-giua"): "căn giữa", ("class", "can-phai"): "căn phải", ("class", "anh-trai"): "ảnh bên trái",
    ("class", "anh-phai"): "ảnh bên phải", ("class", "anh-rong"): "ảnh rộng", ("scope", "row"): "của hàng",
    ("class", "video"): "video", ("class", "ghi-chu"): "ghi chú cuối bài",
    ("scope", "col"): "của cột", ("scope", "rowgroup"): "của nhóm hàng", ("scope", "colgroup"): "của nhóm cột",
}  # fmt: skip
_MEASURES = {"start": "đánh số từ {}", "colspan": "gộp {} cột", "rowspan": "gộp {} hàng", "width": "rộng {}",
             "height": "cao {}", "href": "tới {}", "title": "chú giải: {}"}  # fmt: skip


class Block(NamedTuple):
    frame: tuple[Tag, ...]  # from the outermost tag to the block's own
    words: tuple[str, ...]
    marks: tuple[tuple[Tag, ...], ...]  # of each word: the tags that set it, in a fixed order

    @property
    def picture(self) -> str:
        """The address of the picture that this block is; empty for any other."""
        return dict(self.frame[-1][1]).get("src", "") if self.frame and self.frame[-1][0] == "img" else ""

    @property
    def label(self) -> str:
        """`mục trong danh sách đánh số (đánh số từ 3)`: every feature that a block may have is told."""
        parts, hidden = [], set(_UNSAID)
        for name, attributes in reversed(self.frame):
            if name == "li":
                parts.append("mục")
            elif name not in hidden or attributes:
                details = [_detail(*pair) for pair in attributes if pair[0] not in {"src", "alt"}]
                told = f" ({', '.join(details)})" if details else ""
                parts.append(_LABELS.get(name, name) + told)
            hidden |= _HOLDERS.get(name, set())
        return " trong ".join(parts) or "văn bản"


def split(html: str) -> list[Block]:
    """The blocks of an article's HTML in reading order; white space does not count."""
    reader = _Reader()
    known: dict[str, Tag] = {}
    for place, piece in enumerate(TAG.split(nfc(html))):
        if not place % 2:
            if piece:
                reader.text(entities.unescape(piece) if "&" in piece else piece)
            continue
        if piece not in known:
            name = _NAME.match(piece)
            pairs = tuple(sorted((key, entities.unescape(value)) for key, value in _ATTRIBUTE.findall(piece)))
            known[piece] = (name[1] if name else "", pairs)
        reader.tag(known[piece], closing=piece[1] == "/")
    reader.flush()
    return reader.blocks


def style_name(name: str) -> str:
    return _STYLES.get(name, name)


def link(marks: tuple[Tag, ...]) -> str:
    """Where a word leads to, with the note that its link has; empty where it leads nowhere."""
    for name, attributes in marks:
        if name == "a":
            values = dict(attributes)
            title = f" (chú giải: {values['title']})" if values.get("title") else ""
            return f"{values.get('href', '')}{title}"
    return ""


def _detail(name: str, value: str) -> str:
    if name == "class":
        return ", ".join(_VALUES.get((name, one), one) for one in value.split())
    return _VALUES.get((name, value)) or _MEASURES.get(name, name + " {}").format(value)


class _Reader:
    def __init__(self):
        self.blocks: list[Block] = []
        self._path: list[Tag] = []
        self._styles: list[Tag] = []
        self._marks: tuple[Tag, ...] = ()
        self._begin()

    def _begin(self) -> None:
        self._words: list[str] = []
        self._set: list[tuple[Tag, ...]] = []
        self._open_word = False  # the last word may go on in the next piece of text

    def text(self, text: str) -> None:
        words = text.split()
        if not words:
            self._open_word = False
            return
        if self._open_word and not text[0].isspace():
            # A word of which a part is bold is still one word.
            self._words[-1] += words[0]
            self._set[-1] = tuple(sorted({*self._set[-1], *self._marks}))
            del words[0]
        self._words += words
        self._set += [self._marks] * len(words)
        self._open_word = not text[-1].isspace()

    def tag(self, tag: Tag, closing: bool) -> None:
        name = tag[0]
        if name in INLINE:
            if not closing:
                self._styles.append(tag)
            else:
                _drop(self._styles, name)
            self._marks = tuple(sorted(set(self._styles)))
        elif name == "br":
            self._words.append(BREAK)
            self._set.append(())
            self._open_word = False
        elif name in _EMPTY:
            self.flush()
            words = tuple(dict(tag[1]).get("alt", "").split())
            own = (name, tuple(pair for pair in tag[1] if pair[0] != "alt"))
            around = [mark for mark in self._marks if mark[0] == "a"]
            self._add((*self._path, *around, own), words, (self._marks,) * len(words))
        elif closing:
            self.flush(even_empty=self._fresh and name in _LEAVES and self._path[-1][0] == name)
            _drop(self._path, name)
            self._fresh = False
        else:
            self.flush()
            self._path.append(tag)
            self._fresh = True

    def flush(self, even_empty: bool = False) -> None:
        if self._words or even_empty:
            self._add(tuple(self._path), tuple(self._words), tuple(self._set))
            self._begin()
        self._open_word = False

    def _add(self, frame, words, marks) -> None:
        self.blocks.append(Block(frame, words, marks))
        self._fresh = False

    _fresh = False  # nothing has come since the last tag was opened


def _drop(stack: list[Tag], name: str) -> None:
    """Closes the last one of that name and what was left open inside it."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place][0] == name:
            del stack[place:]
            return
