"""Pictures that the library takes, and what it has made of them."""
import io
from pathlib import Path

from django.conf import settings
from PIL import Image as Pillow
from PIL import ImageDraw

from news import audience, library

ALT = "Cầu bắc qua sông Công lúc bình minh"


def library_files():
    base = Path(settings.MEDIA_ROOT) / "anh"
    return {path for path in base.rglob("*") if path.is_file()}


def picture(size=(900, 600), mode="RGB"):
    """Lines and noise: every width of it differs."""
    made = Pillow.effect_noise(size, 50).convert(mode)
    ImageDraw.Draw(made).rectangle([10, 10, size[0] // 3, size[1] // 3], fill="red")
    return made


def sent(made, kind="JPEG", **options):
    buffer = io.BytesIO()
    made.save(buffer, kind, **options)
    return buffer.getvalue()


def stored_bytes(image):
    return {path.name: path.read_bytes() for path in library.files_of(image) if path.suffix != audience.MARK}
