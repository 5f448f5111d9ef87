"""A text as readers will see it: for the newsroom before it is saved, for guests by a signed link that ends."""
from typing import Any

from django.core import signing
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from news import text
from news.models import Article, Attachment, Category, PreviewLink, Tag
from news.signals import happened
from news.views.articles import as_preview

_signer = signing.Signer(salt="news.preview")
SAID_EVERY = 60  # seconds between two entries of the log about one link: a guest who reloads is one guest


def response(request: HttpRequest, article: Article | None, content: text.Text) -> HttpResponse:
    """The reader's page of a text that is not theirs yet; never kept, never indexed."""
    page = as_preview(request, as_readers_see(article, content), content["related"])
    page["Cache-Control"] = "private, no-store"
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Referrer-Policy"] = "no-referrer"  # the address opens the text: it is nobody else's to know
    return page


def as_readers_see(article: Article | None, content: text.Text) -> Article:
    """An unsaved instance with everything that the reader's page shows."""
    shown = Article(pk=article.pk if article else 0, category_id=content["category"], image_id=content["image"])
    text.put(content, shown)
    if shown.category_id is None:
        shown.category = Category(name="Chưa chọn chuyên mục", slug="chua-chon")
    shown.title = shown.title or "Chưa có tiêu đề"
    shown.publish_at = shown.publish_at or timezone.now()
    shown.corrections = list(article.corrections) if article else []
    if content[text.CORRECTION].strip():
        shown.corrections.append({"at": timezone.now().isoformat(), "note": content[text.CORRECTION].strip()})
    shown.prepare()
    tags = Tag.objects.filter(pk__in=content["tags"]).order_by("sort_key")
    shown.tag_list = list(tags.values("pk", "name", "slug"))
    files = Attachment.objects.filter(pk__in=content["attachments"], deleted_at=None).order_by("pk")
    shown.files = list(files.values("pk", "title", "kind", "size"))
    return shown


def with_typed(content: text.Text | None, typed: dict[str, Any]) -> text.Text:
    """A text with what a form has understood so far put into it; an empty one where there is none yet."""
    result = dict(content or text.of(Article()))
    for name, value in typed.items():
        field = text.FIELDS[name]
        if field.kind == "many":
            result[name] = sorted(row.pk for row in value)
        elif field.kind == "one":
            result[name] = value.pk if value else None
        else:
            result[name] = text.plain(field, value)
    return result


def address(link: PreviewLink) -> str:
    return reverse("preview", args=[_signer.sign(str(link.pk))])


def find(token: str) -> PreviewLink | None:
    """The link of a token that this portal signed, whether it still opens or not."""
    try:
        key = _signer.unsign(token)
    except signing.BadSignature:
        return None
    return PreviewLink.objects.select_related("article__pending").filter(pk=key).first()


def note_view(link: PreviewLink) -> None:
    """Counts an opening, and says so in the log at most once a minute."""
    now = timezone.now()
    before = link.last_viewed_at
    PreviewLink.objects.filter(pk=link.pk).update(views=F("views") + 1, last_viewed_at=now)
    if before is None or (now - before).total_seconds() >= SAID_EVERY:
        say(link, None, "view", "Mở liên kết xem trước")


def say(link: PreviewLink, actor, what: str, label: str) -> None:
    happened.send(sender=PreviewLink, actor=actor, action=f"preview.{what}", label=label, target=link.article,
                  reason="", detail=link.purpose or f"liên kết {link.pk}")  # fmt: skip
