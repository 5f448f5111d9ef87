"""Pictures on their way into the library: checked, re-encoded without metadata, named by content, rendered."""
import hashlib
import io
import warnings
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from news.models import Image

FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
MAX_BYTES = 20 * 1024 * 1024
MAX_SIDE = 12_000  # pixels
MAX_PIXELS = 40_000_000
KEPT_SIDE = 2400  # the stored original is never larger
JPEG_QUALITY = 85
WEBP_QUALITY = 74
# What Pillow raises for files that are broken, lying or hostile.
DECODING_ERRORS = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError,
                   ZeroDivisionError, MemoryError)  # fmt: skip


def ingest(content: bytes, *, alt: str, credit: str = "", owner=None) -> Image:
    """Stores a picture with its renditions and returns its row; the one already there for the same picture.

    Raises ValidationError with a sentence for the person who sent it.
    """
    picture = _decode(content)
    kept, suffix = _encode(picture)
    sha256 = hashlib.sha256(kept).hexdigest()
    known = Image.objects.filter(sha256=sha256).first()
    if known:
        return known
    image = Image(sha256=sha256, alt=alt[:300], credit=credit[:150], owner=owner)
    # Files first: a row must never point to nothing, and a file without its row is found again by its name.
    name = f"anh/{sha256[:2]}/{sha256[:32]}.{suffix}"
    storage = image.file.storage
    image.file.name = name if storage.exists(name) else storage.save(name, ContentFile(kept))
    image.width, image.height = picture.size
    for width, _ in image.renditions:
        _save_rendition(storage, image.rendition_name(width), picture, width)
    found, _ = Image.objects.get_or_create(sha256=sha256, defaults={
        "file": image.file.name, "width": image.width, "height": image.height,
        "alt": image.alt, "credit": image.credit, "owner": owner,
    })  # fmt: skip
    return found


def ingest_file(path: Path, **about) -> Image:
    """`ingest` for a file on disk; raises ValidationError where it cannot be read."""
    try:
        if not path.is_file():  # a device would be read without end
            raise ValidationError(f"Không có tệp ảnh {path.name}.")
        with path.open("rb") as file:
            return ingest(file.read(MAX_BYTES + 1), **about)
    except OSError as error:
        raise ValidationError(f"Không đọc được ảnh {path.name} ({error.strerror}).") from None


def _decode(content: bytes) -> Pillow.Image:
    if len(content) > MAX_BYTES:
        raise ValidationError("Ảnh lớn quá 20 MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            picture = Pillow.open(io.BytesIO(content), formats=FORMATS)
            width, height = picture.size
            if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
                raise ValidationError(f"Ảnh quá lớn ({width} × {height} điểm ảnh); tối đa 40 triệu điểm ảnh.")
            picture = ImageOps.exif_transpose(picture)
            transparent = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
            picture = picture.convert("RGBA" if transparent else "RGB")
    except UnidentifiedImageError:
        raise ValidationError("Tệp này không phải ảnh JPEG, PNG, WebP hoặc GIF.") from None
    except ValidationError:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise ValidationError("Ảnh quá lớn; tối đa 40 triệu điểm ảnh.") from None
    except DECODING_ERRORS:
        raise ValidationError("Tệp ảnh bị hỏng nên không mở được.") from None
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE), Pillow.Resampling.LANCZOS)
    return picture


def _encode(picture: Pillow.Image) -> tuple[bytes, str]:
    """The picture without anything that came along with it: camera, position, comments."""
    clean = Pillow.new(picture.mode, picture.size)
    clean.paste(picture)
    buffer = io.BytesIO()
    if picture.mode == "RGBA":
        clean.save(buffer, "PNG", optimize=True)
        return buffer.getvalue(), "png"
    clean.save(buffer, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    return buffer.getvalue(), "jpg"


def _save_rendition(storage, name: str, picture: Pillow.Image, width: int) -> None:
    if storage.exists(name):
        return
    height = max(1, round(picture.height * width / picture.width))
    buffer = io.BytesIO()
    picture.resize((width, height), Pillow.Resampling.LANCZOS).save(buffer, "WEBP", quality=WEBP_QUALITY, method=4)
    storage.save(name, ContentFile(buffer.getvalue()))
