"""Pictures on their way into the library: decoded elsewhere, stored by content, each with the files of every use."""
import errno
import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from news import audience, storing
from news.imaging import sandbox
from news.imaging.sandbox import PictureError
from news.imaging.uses import CENTRE, CROPS
from news.models import Image, Replaced
from news.signals import content_changed

MAX_BYTES = 20 * 1024 * 1024
_begun: dict[str, Future[sandbox.Made]] = {}  # by the digest of the bytes that were sent
ANIMATED = "Đây là ảnh động: thư viện chỉ giữ khung hình đầu tiên."


@dataclass(frozen=True, slots=True)
class Stored:
    image: Image
    created: bool  # False: the picture was there already, and keeps what was said of it before
    note: str = ""  # for the person who sent it


def ingest(content: bytes, *, alt: str, credit: str = "", owner=None) -> Image:
    """Stores a picture with its renditions and returns its row; the one already there for the same picture.

    Raises PictureError, a ValidationError with a sentence for the person who sent it.
    """
    return store(content, alt=alt[:300], credit=credit[:150], owner=owner).image


def ingest_file(path: Path, **about) -> Image:
    """`ingest` for a file on disk; raises PictureError."""
    try:
        if not path.is_file():  # a device would be read without end
            raise PictureError("no_file", name=path.name)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PictureError("unreadable", name=path.name, why=error.strerror) from None
    return ingest(content, **about)


def store(content: bytes, *, owner=None, **about) -> Stored:
    """`ingest`, saying also whether the picture was new; `about` gives columns of the row.

    A picture that lies in the trash comes back from it. Raises PictureError.
    """
    if not content:
        raise PictureError("empty")
    if len(content) > MAX_BYTES:
        raise PictureError("bytes")
    source = hashlib.sha256(content).hexdigest()
    known = Image.objects.filter(source_sha256=source).first()
    if known and (storing.root() / known.file.name).exists():
        return Stored(_back(known), created=False)
    try:
        begun = _begun.pop(source, None)
        with nullcontext(begun.result()) if begun else sandbox.work(content, keep=True) as made:
            return _write(made, source, owner, about)
    except OSError as error:
        raise disk_problem(error) from error


@contextmanager
def ahead() -> Iterator[Callable[[Path], None]]:
    """Gives a function that works on a file while its caller goes on; `store` then finds it done.

    For whoever brings many pictures that the portal drew itself: nobody else's are opened in this process. What was
    begun and never stored is cleared away at the end.
    """
    with ExitStack() as stack, ThreadPoolExecutor(sandbox.AT_ONCE) as pool:

        def begin(path: Path) -> None:
            content = path.read_bytes()
            source = hashlib.sha256(content).hexdigest()
            _begun[source] = pool.submit(lambda: stack.enter_context(sandbox.work(content, keep=True, own=True)))
            stack.callback(_begun.pop, source, None)

        yield begin


def make(image: Image, crops: Sequence[str] = tuple(CROPS)) -> Image:
    """Makes files of a stored picture anew (all crops, or those that a new focal point moves) and notes them.

    Raises PictureError where the kept original is gone or the disk is full.
    """
    try:
        with image.file.open("rb") as file:
            content = file.read()
        with sandbox.work(content, keep=False, focal=image.focal, crops=crops) as made, transaction.atomic():
            storing.hold(image.sha256)
            new = storing.move_in(_names(made, image))
            image.renditions = {**image.renditions, **made.files}
            image.colour = made.colour
            changed = Image.objects.filter(pk=image.pk).update(renditions=image.renditions, colour=image.colour)
            if changed:
                content_changed.send(sender=Image)
            else:  # purged meanwhile
                storing.take_back(new)
    except FileNotFoundError:
        raise PictureError("lost") from None
    except OSError as error:
        raise disk_problem(error) from error
    return image


def disk_problem(error: OSError) -> PictureError:
    """What to say to a person whose file could not be written."""
    return PictureError("full" if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} else "disk")


def _write(made: sandbox.Made, source: str, owner, about: dict) -> Stored:
    """Files first, then the row: a row must never point to nothing. The lock keeps a clean-up from coming between."""
    note = ANIMATED if made.note == "animated" else ""
    with transaction.atomic():
        storing.hold(made.sha256)
        known = Image.objects.filter(sha256=made.sha256).first()
        if known:
            return _again(made, known, source, note)
        image = Image(sha256=made.sha256, source_sha256=source, width=made.width, height=made.height, owner=owner,
                      colour=made.colour, renditions=made.files, **about)  # fmt: skip
        image.focal_x, image.focal_y = CENTRE
        image.file.name = f"anh/{image.sha256[:2]}/{image.key}.{made.suffix}"
        new, written = [], False
        try:
            new.append(audience.mark(image.key))  # nobody's but the newsroom's, until readers see a text with it
            new += storing.move_in(_names(made, image))
            image.save()
            written = True
        finally:
            if not written:
                storing.take_back(new)
    return Stored(image, created=True, note=note)


def _again(made: sandbox.Made, known: Image, source: str, note: str) -> Stored:
    """The same picture in another wrapping; what the disk has lost of it meanwhile comes back."""
    if not (storing.root() / known.file.name).exists():
        storing.move_in(_names(made, known))
        known.renditions = made.files
    Image.objects.filter(pk=known.pk).update(source_sha256=source, renditions=known.renditions)
    return Stored(_back(known), created=False, note=note)


def _names(made: sandbox.Made, image: Image) -> dict[Path, str]:
    names = {made.folder / end: image.name_of(end) for files in made.files.values() for _, _, end in files}
    if made.suffix:
        names[made.folder / f"goc.{made.suffix}"] = image.file.name
    return names


def _back(image: Image) -> Image:
    """Out of the trash, and no longer shown as another picture: somebody wants this very one."""
    from news import library

    Replaced.objects.filter(key=image.key).delete()
    if image.deleted_at:
        library.restore(image)
    return image
