"""Documents on their way into the library, and who may have them."""
import hashlib
import os
import unicodedata
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from news import images, states, storing
from news.documents import inspection
from news.models import Article, Attachment, Page, Use
from news.vietnamese import nfc

MAX_BYTES = 50 * 1024 * 1024
TOO_LARGE = "Tệp lớn quá 50 MB."


def store(upload, *, title: str = "", owner=None) -> tuple[Attachment, bool]:
    """Keeps an uploaded file (anything with `name`, `size`, `chunks()`); the row, and whether it is new.

    Raises ValidationError with a sentence for the person who sent it. A file that lies in the trash comes back.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    if not upload.size:
        raise ValidationError("Tệp trống.")
    try:
        path = storing.write_aside(upload.chunks())
    except OSError as error:
        raise images.disk_problem(error) from error
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            kind = inspection.kind(file)
        inspection.check_name(upload.name, kind)
        return _write(path, sha256, kind, title or title_from(upload.name), owner)
    except inspection.RefusedError as refused:
        raise ValidationError(str(refused)) from None
    except OSError as error:
        raise images.disk_problem(error) from error
    finally:
        path.unlink(missing_ok=True)


def _write(path, sha256: str, kind: str, title: str, owner) -> tuple[Attachment, bool]:
    name = f"{storing.ATTACHMENTS}/{sha256[:2]}/{sha256[:32]}"
    size = os.path.getsize(path)
    with transaction.atomic():
        storing.hold(sha256)
        known = Attachment.objects.filter(sha256=sha256).first()
        if known:
            if not (storing.root() / known.file.name).exists():
                storing.move_in({path: known.file.name})
            if known.deleted_at:
                from news import library

                library.restore(known)
            return known, False
        new = storing.move_in({path: name})
        row = Attachment(sha256=sha256, file=name, title=title[:200], size=size, kind=kind, owner=owner)
        written = False
        try:
            row.save()
            written = True
        finally:
            if not written:
                storing.take_back(new)
    return row, True


def title_from(name: str) -> str:
    """What to call a file whose sender gave it no title: its name without folders, ending and control characters."""
    stem = PurePath(nfc(name).replace("\\", "/")).name.rpartition(".")[0] or nfc(name)
    kept = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in stem)
    return " ".join(kept.replace("_", " ").split())[:200] or "Tệp đính kèm"


# ---------------------------------------------------------------- who may have one


def readers_may_have(attachments):
    """Of a queryset, what readers get: in no trash, and used by an article or a page that they see now."""
    seen = Article.objects.published().order_by()
    listed = Article.attachments.through.objects.filter(attachment=OuterRef("pk"), article__in=seen)
    linked = Use.objects.filter(attachment=OuterRef("pk"), live=True).filter(
        Q(article__in=seen) | Q(page__in=Page.objects.filter(published=True))
    )
    return attachments.kept().filter(Exists(listed) | Exists(linked))


def may_have(attachment: Attachment, user) -> bool:
    """Whether somebody of the newsroom gets what readers do not: their own, and those of articles they may see."""
    if not user.is_active or not user.is_staff or not user.has_perm("news.view_attachment"):
        return False
    if attachment.owner_id == user.pk or user.has_perm("news.change_any_article"):
        return True
    using = Article.objects.filter(Q(attachments=attachment) | Q(uses__attachment=attachment)).select_related("pending")
    return any(states.may_see(article, user) for article in using[:50])
