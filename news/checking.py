"""Rows against files: finds what is missing or belongs to nothing, and mends it while editors work.

A file younger than an hour may belong to an upload that is on its way. Every other stray is looked at again under the
lock that uploads of the same content take, so that neither can come between the other's look and its deed.
"""
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from news import audience, images, storing, turns, usage
from news.imaging.uses import CROPS
from news.models import Article, Attachment, Image, Page

YOUNG = 3600  # seconds, of a file in its place
HALF_DONE = 3600  # seconds, of what an upload is still working on
EVERY = 500  # rows or files between two lines of progress
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(slots=True)
class Findings:
    rows: int = 0
    files: int = 0
    lost: int = 0  # rows whose original is gone: only a person can bring it back
    incomplete: int = 0
    made: int = 0
    strays: int = 0
    cleared: int = 0
    young: int = 0
    marks: int = 0
    noted: int = 0


def check(found: Findings, *, mend: bool) -> Iterator[str]:
    """Yields a line for whatever is wrong, and for progress; counts in `found`."""
    if mend:
        yield from _note_texts(found)  # first: who gets a picture follows from what the texts hold
    yield from _rows(found, mend)
    for folder, model in ((storing.PICTURES, Image), (storing.ATTACHMENTS, Attachment)):
        yield from _strays(found, folder, model, mend)
    yield from _scratch(found, mend)


def _rows(found: Findings, mend: bool) -> Iterator[str]:
    for model in (Image, Attachment):
        for row in model.objects.order_by("pk").iterator(chunk_size=EVERY):
            found.rows += 1
            if found.rows % EVERY == 0:
                yield f"{found.rows} rows …"
            if not (storing.root() / row.file.name).exists():
                if model.objects.filter(pk=row.pk).exists():  # else it has just been purged
                    found.lost += 1
                    yield f"{row._meta.model_name} {row.pk}: {row.file.name} is missing; send the same file again"
            elif model is Image:
                yield from _picture(found, row, mend)


def _picture(found: Findings, image: Image, mend: bool) -> Iterator[str]:
    missing = [
        crop for crop, files in image.renditions.items() if crop in CROPS
        and not all((storing.root() / image.name_of(end)).exists() for _, _, end in files)
    ]  # fmt: skip
    if missing:
        found.incomplete += 1
        yield f"image {image.pk}: files of {', '.join(missing)} are missing"
        if mend:
            try:
                images.make(image, missing)
                usage.render_again([image.pk])
                found.made += 1
            except images.PictureError as error:
                yield f"image {image.pk}: {error.reason}"
    if not audience.is_marked(image.key) and audience.look(image.key) is audience.Shown.NOT:
        found.marks += 1
        yield f"image {image.pk}: no text shows it to readers, and no mark keeps it from them"
        if mend:
            audience.mark(image.key)


def _strays(found: Findings, folder: str, model, mend: bool) -> Iterator[str]:
    """Files below `folder`, a subfolder at a time: memory holds the names of one."""
    base = storing.root() / folder
    for sub in sorted(base.glob("[0-9a-f][0-9a-f]")):
        paths = sorted(Path(entry.path) for entry in os.scandir(sub) if entry.is_file(follow_symlinks=False))
        rows = {row.sha256[:32]: row for row in model.objects.filter(sha256__startswith=sub.name)}
        for path in paths:
            found.files += 1
            if found.files % (EVERY * 10) == 0:
                yield f"{found.files} files …"
            if not _belongs(path, rows.get(path.name[:32])):
                yield from _stray(found, path, model, mend)


def _belongs(path: Path, row) -> bool:
    if row is None:
        return False
    if isinstance(row, Attachment) or path.name.endswith(audience.MARK):
        return True
    known = {os.path.basename(row.file.name)}
    known |= {os.path.basename(row.name_of(end)) for files in row.renditions.values() for _, _, end in files}
    return path.name in known


def _stray(found: Findings, path: Path, model, mend: bool) -> Iterator[str]:
    try:
        if time.time() - path.stat().st_mtime < YOUNG:
            found.young += 1
            return
    except FileNotFoundError:
        return
    found.strays += 1
    yield f"{path.relative_to(storing.root())} belongs to nothing"
    if mend and _clear(path, model):
        found.cleared += 1


@transaction.atomic
def _clear(path: Path, model) -> bool:
    """Deletes a stray if it still is one now that nobody else can touch files of its content."""
    key = path.name[:32]
    if _KEY.fullmatch(key):
        storing.hold(key)
        if _belongs(path, model.objects.filter(sha256__startswith=key).first()):
            return False
    try:
        if time.time() - path.stat().st_mtime < YOUNG:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _scratch(found: Findings, mend: bool) -> Iterator[str]:
    """What killed uploads left half done."""
    for path in storing.scratch_folder().iterdir():
        if path.name.startswith(turns.PREFIX):
            continue
        try:
            if time.time() - path.stat().st_mtime < HALF_DONE:
                found.young += 1
                continue
        except FileNotFoundError:
            continue
        found.strays += 1
        yield f"{path.relative_to(storing.root())} was left by an upload that ended early"
        if mend:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            found.cleared += 1


def _note_texts(found: Findings) -> Iterator[str]:
    """Notes anew what texts hold: for those written before uses were noted."""
    holding = Q(body__contains="/media/anh/") | Q(body__contains="/tep/")
    for article in Article.objects.filter(holding).select_related("pending").iterator(chunk_size=EVERY):
        with transaction.atomic():
            usage.refresh(article)
        found.noted += 1
        if found.noted % EVERY == 0:
            yield f"{found.noted} texts …"
    for page in Page.objects.filter(holding).iterator(chunk_size=EVERY):
        usage.note_page(page.pk, page.body)
        found.noted += 1
