"""Whether a text may go to others: every picture described or marked as decoration, nothing of it in the trash."""
import html as entities
import re

from django.db.models import Q

from news import alttext, richtext, usage
from news.models import Article, Attachment, Image

_FIGURE = re.compile(r"<figure\b[^>]*>.*?</figure>", re.S)
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.S)
_IMG = re.compile(r"<img\b([^<>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_FILE = re.compile(r'href="/tep/([0-9]{1,18})/')


def problem(article: Article) -> str:
    """Why the newest text of an article may not be sent on, in a sentence for its writer; empty where it may."""
    content = article.pending.snapshot if article.pending_id else {}
    title, caption, body = (content.get(name, getattr(article, name)) for name in ("title", "caption", "body"))
    image_id = content.get("image", article.image_id)
    image = Image.objects.filter(pk=image_id).first() if image_id else None
    if image and image.deleted_at:
        return "Ảnh đại diện đang ở thùng rác: hãy khôi phục ảnh hoặc chọn ảnh khác."
    if image and (why := _unclear(image, "", (title, caption, image.caption))):
        return f"Ảnh đại diện: {why}"
    listed = (Attachment.objects.filter(pk__in=content["attachments"]) if "attachments" in content
              else article.attachments.all())  # fmt: skip
    return of_body(body, title) or _in_trash(body, listed)


def of_body(html: str, title: str = "") -> str:
    """The first thing that is wrong with the pictures in sanitised HTML, in a sentence; one query, two where needed."""
    if "<img" not in html:
        return ""
    known = usage.pictures(usage.picture_keys(html))
    captions = {
        match.start(): richtext.plain(caption[1])
        for figure in _FIGURE.finditer(html) if (caption := _CAPTION.search(figure[0]))
        for match in _IMG.finditer(html, figure.start(), figure.end())
    }  # fmt: skip
    for number, match in enumerate(_IMG.finditer(html), start=1):
        values = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
        image = next((known[key] for key in usage.picture_keys(match[0]) if key in known), None)
        if image and image.deleted_at:
            return f"Ảnh thứ {number} trong nội dung đang ở thùng rác: hãy khôi phục ảnh hoặc bỏ ảnh khỏi bài."
        if why := _unclear(image, values.get("alt", "").strip(), (title, captions.get(match.start(), ""))):
            return f"Ảnh thứ {number} trong nội dung: {why}"
    return ""


def _unclear(image: Image | None, own: str, beside: tuple[str, ...]) -> str:
    """What is wrong with a picture's description: the text's own, or else the library's."""
    if not own and image and image.decorative:
        return ""
    return alttext.problem(own or (image.alt if image else ""), beside=beside)


def _in_trash(body: str, listed) -> str:
    linked = [int(number) for number in _FILE.findall(body)]
    found = Attachment.objects.trashed().filter(Q(pk__in=listed.values("pk")) | Q(pk__in=linked))
    name = found.values_list("title", flat=True).first()
    return f"Tệp “{name}” đang ở thùng rác: hãy khôi phục tệp hoặc bỏ tệp khỏi bài." if name else ""
