"""What may be done with the library's pictures and files: trash, back, replace, purge; what is used stays."""
import datetime as dt
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from news import audience, storing, usage
from news.models import Article, Attachment, Image, Replaced
from news.signals import content_changed, happened

KEPT_DAYS = 30  # in the trash, before a purge may take it


class InUseError(Exception):
    """It is used somewhere; `places` says where, as usage.Place."""

    def __init__(self, places: list[usage.Place], more: int = 0):
        self.places, self.more = places, more
        super().__init__("Đang được dùng nên chưa bỏ vào thùng rác được.")


@transaction.atomic
def trash(item: Image | Attachment, user=None) -> None:
    """Puts an unused picture or file into the trash; raises InUseError."""
    # The row stays locked: a text that begins to use it now waits, and is refused what is in the trash.
    type(item).objects.select_for_update().filter(pk=item.pk).first()
    places = usage.places(item)
    if places:
        raise InUseError(places)
    item.deleted_at = timezone.now()
    type(item).objects.filter(pk=item.pk).update(deleted_at=item.deleted_at)
    if isinstance(item, Image):
        audience.mark_when_done(item)
    _tell(item, user, "trash", "Bỏ vào thùng rác")


@transaction.atomic
def restore(item: Image | Attachment, user=None) -> None:
    item.deleted_at = None
    type(item).objects.filter(pk=item.pk).update(deleted_at=None)
    _tell(item, user, "restore", "Khôi phục từ thùng rác")


@transaction.atomic
def replace(old: Image, new: Image, user=None) -> int:
    """Every use of `old` shows `new` from now on; `old` goes to the trash. Returns the number of texts.

    The address of a picture is its content's, so that browsers may keep it for ever: what changes is who points to it.
    Texts that hold the old address, open editors and old revisions among them, are led on by `Replaced`.
    """
    if old.pk == new.pk:
        return 0
    count = len(usage.texts_of([old.pk]))
    Article.objects.filter(image=old).update(image=new)
    Replaced.objects.filter(image=old).update(image=new)
    Replaced.objects.filter(key=new.key).delete()
    Replaced.objects.update_or_create(key=old.key, defaults={"image": new})
    usage.move(old, new)
    usage.render_again([new.pk])
    Image.objects.filter(pk=old.pk).update(deleted_at=timezone.now())
    audience.mark_when_done(old)
    content_changed.send(sender=Image)
    _tell(old, user, "replace", "Thay ảnh", detail=f"{old.key} → {new.key}")
    return count


def purge(days: int = KEPT_DAYS) -> tuple[int, int]:
    """Deletes what has been in the trash for `days`, files after rows; returns (deleted, still used)."""
    before = timezone.now() - dt.timedelta(days=days)
    gone = kept = 0
    for model in (Image, Attachment):
        for item in model.objects.trashed().filter(deleted_at__lte=before).order_by("pk").iterator(chunk_size=200):
            done = purge_one(item)
            gone, kept = gone + done, kept + (not done)
    return gone, kept


def purge_one(item: Image | Attachment) -> bool:
    """Deletes one thing for good if nothing uses it and it is still in the trash."""
    try:
        with transaction.atomic():
            storing.hold(item.sha256)
            row = type(item).objects.select_for_update().trashed().filter(pk=item.pk).first()
            if row is None or usage.places(row, limit=1):
                return False
            files = files_of(row)
            row.delete()
            transaction.on_commit(lambda: storing.take_back(files))
    except ProtectedError:
        return False
    return True


def files_of(item: Image | Attachment) -> list[Path]:
    """Everything on the disk that belongs to a row."""
    kept = storing.root() / item.file.name
    if isinstance(item, Attachment):
        return [kept]
    return [*kept.parent.glob(f"{item.key}[-.]*")]


def _tell(item, user, action: str, label: str, detail: str = "") -> None:
    kind = "image" if isinstance(item, Image) else "attachment"
    happened.send(sender=type(item), actor=user, action=f"{kind}.{action}", label=label, target=item, reason="",
                  detail=detail)  # fmt: skip
