"""Where pictures and files are used: kept in a table when a text is saved, so that nobody has to search the texts."""
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from news.models import Article, Attachment, Image, Page, Replaced, Use
from news.richtext.addresses import holds_files
from news.signals import content_changed

MOST = 300  # pictures and files of one text that are noted
MOST_PLACES = 50  # that a person is shown

_PICTURE = re.compile(r'src="/media/anh/[0-9a-f]{2}/([0-9a-f]{32})')
_FILE = re.compile(r'href="/tep/([0-9]{1,18})/')


@dataclass(frozen=True, slots=True)
class Place:
    how: str  # "ảnh đại diện", "nội dung", …
    title: str
    address: str  # in the admin


def picture_keys(html: str) -> list[str]:
    """Keys (Image.key) of the library's pictures in HTML, each once, in their order."""
    return list(dict.fromkeys(_PICTURE.findall(html)))[:MOST]


def pictures(keys: Iterable[str]) -> dict[str, Image]:
    """The pictures that texts with these keys show: themselves, or what took their place."""
    keys = list(keys)
    if not keys:
        return {}
    led_on = {row.key: row.image for row in Replaced.objects.filter(key__in=keys).select_related("image")}
    wanted = [Q(sha256__startswith=key) for key in keys if key not in led_on]
    found = Image.objects.filter(Q(*wanted, _connector=Q.OR)) if wanted else ()
    return {image.key: image for image in found} | led_on


def note(article_id: int, html: str, pending: str = "", pending_images: Iterable[int] = (),
         pending_files: Iterable[int] = ()) -> None:  # fmt: skip
    """Keeps what an article's text holds: `html` that readers get or will get, `pending` a change that waits.

    `pending_images` and `pending_files` are rows that the waiting change names beside its text. Call it in the
    transaction that saves the text. One query where nothing is used and nothing was.
    """
    live_images, live_files = _found(html)
    images, files = _found(pending)
    _write({"article_id": article_id}, live_images, live_files, images | _existing(Image, pending_images),
           files | _existing(Attachment, pending_files))  # fmt: skip


def note_page(page_id: int, html: str) -> None:
    images, files = _found(html)
    _write({"page_id": page_id}, images, files, set(), set())


def refresh(article: Article) -> None:
    """`note` for an article as it stands, with its waiting change."""
    snapshot = article.pending.snapshot if article.pending_id else {}
    image = snapshot.get("image")
    note(article.pk, article.body, snapshot.get("body") or "", [image] if image else [],
         snapshot.get("attachments") or [])  # fmt: skip


def _found(html: str) -> tuple[set[int], set[int]]:
    if not html or not holds_files(html):
        return set(), set()
    images = {image.pk for image in pictures(picture_keys(html)).values()}
    return images, _existing(Attachment, [int(number) for number in _FILE.findall(html)[:MOST]])


def _existing(model, ids: Iterable[int]) -> set[int]:
    ids = [key for key in ids if key < 2**63]
    return set(model.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _write(text: dict, live_images: set[int], live_files: set[int], images: set[int], files: set[int]) -> None:
    wanted = {(key, None): key in live_images for key in live_images | images}
    wanted |= {(None, key): key in live_files for key in live_files | files}
    before = {(use.image_id, use.attachment_id): use for use in Use.objects.filter(**text)}
    gone = [use.pk for key, use in before.items() if wanted.get(key) is not use.live]
    new = [Use(**text, image_id=image, attachment_id=file, live=live) for (image, file), live in wanted.items()
           if (image, file) not in before or before[image, file].live is not live]  # fmt: skip
    if gone or new:
        with transaction.atomic():
            Use.objects.filter(pk__in=gone).delete()
            Use.objects.bulk_create(new, ignore_conflicts=True)


# ---------------------------------------------------------------- asking


def texts_of(images: Iterable[int]) -> set[tuple[str, int]]:
    """("article" or "page", id) of every text that shows one of the pictures, as its lead or in its body."""
    images = list(images)
    found = {("article", pk) for pk in Article.objects.filter(image__in=images).values_list("pk", flat=True)}
    uses = Use.objects.filter(image__in=images).values_list("article_id", "page_id")
    return found | {("article", article) if article else ("page", page) for article, page in uses}


def places(item: Image | Attachment, limit: int = MOST_PLACES) -> list[Place]:
    """Where a picture or file is used, newest texts first; an empty list says that it is free."""
    if isinstance(item, Image):
        lists = Article.objects.filter(image=item), "ảnh đại diện"
    else:
        lists = Article.objects.filter(attachments=item), "tệp đính kèm"
    found = [_place("article", pk, title, lists[1])
             for pk, title in lists[0].order_by("-pk").values_list("pk", "title")[:limit]]  # fmt: skip
    uses = item.uses.order_by("-pk").values_list("article_id", "article__title", "page_id", "page__title", "live")
    for article, title, page, page_title, live in uses[:limit]:
        how = "nội dung" if live else "bản sửa đang chờ"
        found.append(_place("article", article, title, how) if article else _place("page", page, page_title, how))
    return found[:limit]


def _place(kind: str, pk: int, title: str, how: str) -> Place:
    where = "bài viết" if kind == "article" else "trang"
    return Place(f"{how} của {where}", title, reverse(f"admin:news_{kind}_change", args=[pk]))


# ---------------------------------------------------------------- after a picture changed


def move(old: Image, new: Image) -> None:
    """Every noted use of `old` becomes one of `new`."""
    for use in Use.objects.filter(image=old):
        same = Use.objects.filter(article=use.article_id, page=use.page_id, image=new)
        if same.exists():
            same.filter(live=False).update(live=use.live)
            use.delete()
        else:
            Use.objects.filter(pk=use.pk).update(image=new)


def render_again(images: Iterable[int]) -> int:
    """Renders every text that holds one of the pictures; their words and versions stay. Returns how many there were."""
    count = 0
    uses = Use.objects.filter(image__in=list(images))
    articles = uses.exclude(article=None).order_by("article").values_list("article", flat=True).distinct()
    for article in Article.objects.filter(pk__in=articles).iterator(chunk_size=100):
        article.prepare()
        # Somebody who saves it meanwhile renders it too.
        count += Article.objects.filter(pk=article.pk, version=article.version).update(rendered=article.rendered)
    for page in Page.objects.filter(pk__in=uses.exclude(page=None).values("page")):
        page.save(update_fields=["rendered"])
        count += 1
    if count:
        content_changed.send(sender=Image)
    return count
