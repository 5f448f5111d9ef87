"""Decoded pixels, wherever they lie, as a picture that the library keeps: never a second whole copy of a large one."""
import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageCms

MAX_PROFILE = 2 * 1024 * 1024  # bytes of a colour profile
KEPT_SIDE = 2400  # pixels; the stored original is never larger
# With transparency it is a PNG, four times the bytes and the work of a JPEG: as wide as readers ever get it.
KEPT_CLEAR = 1600


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded picture of `size` (pixels); `rows(top, bottom)` gives a strip of it."""

    size: tuple[int, int]
    rows: Callable[[int, int], Image.Image]
    profile: bytes | None = None


def of_picture(picture: Image.Image) -> Pixels:
    def rows(top: int, bottom: int) -> Image.Image:
        whole = bottom - top == picture.height
        return picture if whole else picture.crop((0, top, picture.width, bottom))

    return Pixels(picture.size, rows, picture.info.get("icc_profile"))


def of_buffer(buffer, mode: str, size: tuple[int, int], stride: int, profile: bytes | None) -> Pixels:
    """`stride`: bytes from one row to the next."""
    view = memoryview(buffer)

    def rows(top: int, bottom: int) -> Image.Image:
        strip = view[top * stride : bottom * stride]
        return Image.frombuffer(mode, (size[0], bottom - top), strip, "raw", mode, stride, 1)

    return Pixels(size, rows, profile)


def shrink(pixels: Pixels) -> Image.Image:
    """RGB, RGBA or CMYK within KEPT_SIDE. Whole copies of 40 million pixels would not fit: it goes strip by strip."""
    height = pixels.size[1]
    step = max(1, int(max(pixels.size) / KEPT_SIDE))
    if step > 1:
        rows = max(1, 512 // step) * step
        small = None
        for top in range(0, height, rows):
            strip = convert(pixels.rows(top, min(top + rows, height))).reduce(step)
            if small is None:
                small = Image.new(strip.mode, (strip.width, -(-height // step)))
            small.paste(strip, (0, top // step))
    else:
        small = convert(pixels.rows(0, height))
    side = KEPT_CLEAR if is_clear(small) else KEPT_SIDE
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def is_clear(picture: Image.Image) -> bool:
    """Whether anything shows through: many a screenshot has a channel for it and nothing in it."""
    return picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] < 255


def convert(picture: Image.Image) -> Image.Image:
    """One of the three modes that are worked on."""
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.point(lambda value: value * (1 / 257) + 0).convert("L").convert("RGB")
    if picture.mode == "CMYK":
        return picture
    transparent = picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones photograph in wider spaces than browsers assume of a file without a profile."""
    alpha = picture.getchannel("A") if is_clear(picture) else None
    if profile and len(profile) <= MAX_PROFILE:
        flat = picture.convert("RGB") if picture.mode == "RGBA" else picture
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # not a profile for this picture: its numbers are taken as they are
    picture = picture.convert("RGB")
    if alpha is None:
        return picture
    clear = Image.new("RGBA", picture.size)
    clear.paste(picture)
    clear.putalpha(alpha)
    return clear
