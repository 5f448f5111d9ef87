"""Files of the library on the disk: written aside, safely down, then moved into place; never half a file."""
import contextlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

PICTURES = "anh"  # public: sent to everybody who knows the name
ATTACHMENTS = "rieng/tep"  # sent by a view that asks who may have it
SCRATCH = ".tam"  # on the same disk, so that moving is one step


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def scratch_folder() -> Path:
    folder = root() / SCRATCH
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def move_in(files: dict[Path, str]) -> list[Path]:
    """Moves finished files to their names below MEDIA_ROOT and returns those that were not there before.

    A name says what the content is, so what stands there already is replaced by the same. On an error nothing new
    stays; raises OSError.
    """
    new: list[Path] = []
    folders = set()
    try:
        for source, name in files.items():
            target = root() / name
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = not target.exists()
            os.replace(source, target)  # also where it exists: a new time keeps it from being taken for a stray
            if fresh:
                new.append(target)
            folders.add(target.parent)
        for folder in folders:
            _sync_folder(folder)
    except OSError:
        take_back(new)
        raise
    return new


def take_back(files: list[Path]) -> None:
    """Removes files whose row could not be written."""
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink()


def write_aside(chunks) -> Path:
    """Bytes to a finished file in the scratch folder; raises OSError and leaves nothing."""
    descriptor, name = tempfile.mkstemp(dir=scratch_folder())
    path = Path(name)
    try:
        with open(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fchmod(file.fileno(), settings.FILE_UPLOAD_PERMISSIONS)
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def hold(sha256: str) -> None:
    """Until the transaction ends, nobody else stores or clears away the files of this content."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
