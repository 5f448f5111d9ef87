"""Makes a new draft of a Word file: its text sanitised like any other, its pictures in the library."""
import re
import time
from pathlib import PurePath

from django.core.exceptions import ValidationError

from news import alttext, images, richtext, workflow
from news.docx import reading
from news.docx.worker import PICTURE
from news.models import Article, Category

MAX_TITLE = 250
MAX_SECONDS_FOR_PICTURES = 25
_PICTURE = re.compile(rf'src="{PICTURE}(\d+)"')
# How a document begins with its title: a heading, or a paragraph all in bold, as offices write it.
_TITLE = re.compile(
    r"<h2>(?P<heading>[^\n]*?)</h2>\n?|<p(?: class=\"can-giua\")?><strong>(?P<bold>[^<\n]*)</strong></p>\n?"
)


def draft(content: bytes, name: str, category: Category, user) -> tuple[Article, list[str]]:
    """A new draft of `user`'s, and what they should know about it, in sentences.

    Raises reading.DocxError, richtext.TextTooLongError and workflow.RefusedError; nothing but pictures of the library
    is kept then.
    """
    document = reading.read(content)
    # Before any picture is stored: a text that is refused leaves nothing behind.
    title, _ = _titled(richtext.sanitise(_PICTURE.sub('src="/media/x.png"', document.html)), name)
    html, remarks = _with_pictures(document, title, user)
    body = richtext.sanitise(html)
    if not body:
        raise reading.DocxError("empty")
    title, body = _titled(body, name)
    body = body or richtext.paragraphs(title)
    article = Article(title=title, body=body, category=category, pen_name=user.pen_name, owner=user)
    return workflow.save(article, user), remarks


def _with_pictures(document: reading.Document, title: str, user) -> tuple[str, list[str]]:
    addresses: dict[int, str] = {}
    reasons: list[str] = []
    undescribed = 0
    late = document.left_out
    until = time.monotonic() + MAX_SECONDS_FOR_PICTURES
    for number, picture in enumerate(document.pictures):
        if time.monotonic() > until:
            late += len(document.pictures) - number
            break
        alt = " ".join(picture.alt.split())[:300]
        if alttext.problem(alt, beside=(title,)):  # a file's name, most often
            alt = ""
        undescribed += not alt
        try:
            image = images.ingest(picture.content, alt=alt, owner=user)
        except ValidationError as error:
            reasons.append(f"Ảnh thứ {number + 1} trong tài liệu không lấy được: {error.messages[0]}")
            continue
        addresses[number] = f"{image.file.url}|{image.width}|{image.height}"
    remarks = reasons[:10]
    if late:
        remarks.append(f"Tài liệu có nhiều ảnh quá: {late} ảnh chưa lấy được, hãy tải lên từng ảnh.")
    if undescribed:
        remarks.append(f"{undescribed} ảnh chưa có mô tả cho người không nhìn thấy ảnh: hãy ghi trước khi gửi duyệt.")
    return _PICTURE.sub(lambda match: _source(addresses.get(int(match[1]))), document.html), remarks


def _source(found: str | None) -> str:
    if not found:
        return 'src=""'
    address, width, height = found.split("|")
    return f'src="{address}" width="{width}" height="{height}"'


def _titled(body: str, name: str) -> tuple[str, str]:
    """The title that a text begins with and the text after it; the file's name where there is none."""
    match = _TITLE.match(body)
    words = richtext.plain(match["heading"] if match["heading"] is not None else match["bold"]) if match else ""
    words = " ".join(words.split())
    if 0 < len(words) <= MAX_TITLE:
        return words, body[match.end() :]
    stem = " ".join(PurePath(name.replace("\\", "/")).stem.replace("_", " ").split())
    return (stem or "Bài nhập từ Word")[:MAX_TITLE], body
