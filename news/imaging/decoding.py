"""A picture's bytes to pixels: upright, in sRGB, without metadata, never larger than the library keeps it."""
import io
import struct
import warnings
import zlib

import pillow_heif
from PIL import Image, ImageCms

from news.imaging import headers

MAX_SIDE = 12_000  # pixels
MAX_PIXELS = 40_000_000
# libwebp keeps two canvases and Pillow copies a third before the picture: 16 bytes for each pixel.
MAX_WEBP_PIXELS = 18_000_000
MAX_FRAMES = 300
MAX_PROFILE = 2 * 1024 * 1024  # bytes of a colour profile
KEPT_SIDE = 2400  # pixels; the stored original is never larger

TURNS = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270",
         7: "TRANSVERSE", 8: "ROTATE_90"}  # fmt: skip
# What Pillow and its plugins raise for files that are broken, lying or hostile.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, EOFError,
          ArithmeticError, AssertionError, RuntimeError, struct.error, zlib.error)  # fmt: skip
_NAMES = {"WEBP": "WebP", "HEIF": "HEIC"}


class RefusedError(Exception):
    """The picture cannot be taken; the message is a sentence for the person who sent it."""



def decode(content: bytes) -> tuple[Image.Image, str]:
    """The picture upright, in sRGB, without metadata, at most KEPT_SIDE; and a note on what was left behind."""
    name, note = check(content)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(content, name), note
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedError("Ảnh quá lớn; tối đa 40 triệu điểm ảnh.") from None
    except BROKEN:
        raise RefusedError(f"Tệp {_NAMES.get(name, name)} bị hỏng hoặc bị cắt cụt nên không mở được.") from None


def check(content: bytes) -> tuple[str, str]:
    """Format and note, from what the file says of itself; raises RefusedError."""
    name = headers.kind(content)
    if name not in {"JPEG", "PNG", "WEBP", "GIF", "HEIF"}:
        what = f"Đây là tệp {name}, không phải" if name else "Tệp này không phải"
        raise RefusedError(f"{what} ảnh JPEG, PNG, WebP, GIF hoặc HEIC.")
    check_size(headers.size(content, name), name)
    if name == "GIF":
        frames = headers.gif_frames(content, MAX_FRAMES)
        check_frames(frames)
        return name, "animated" if frames > 1 else ""
    return name, ""


def check_size(size: tuple[int, int] | None, name: str) -> None:
    if size is None:
        return
    width, height = size
    most = MAX_WEBP_PIXELS if name == "WEBP" else MAX_PIXELS
    if not width or not height:
        raise RefusedError(f"Tệp {_NAMES.get(name, name)} bị hỏng: ảnh không có kích thước.")
    if max(size) > MAX_SIDE:
        raise RefusedError(f"Ảnh quá lớn ({width} × {height} điểm ảnh); mỗi cạnh tối đa 12.000 điểm ảnh.")
    if width * height > most:
        kind = " đối với WebP" if name == "WEBP" else ""
        raise RefusedError(
            f"Ảnh quá lớn ({width} × {height} điểm ảnh); tối đa {most // 1_000_000} triệu điểm ảnh{kind}."
        )


def check_frames(frames: int) -> None:
    if frames > MAX_FRAMES:
        raise RefusedError(f"Ảnh động có quá {MAX_FRAMES} khung hình.")


def _decode(content: bytes, name: str) -> Image.Image:
    if name == "HEIF":
        pillow_heif.register_heif_opener(thumbnails=False)
    formats = ["JPEG", "MPO"] if name == "JPEG" else [name]
    picture = Image.open(io.BytesIO(content), formats=formats)
    check_size(picture.size, name)
    if name in {"PNG", "WEBP"}:
        check_frames(getattr(picture, "n_frames", 1))
    if name == "JPEG":
        picture.draft(picture.mode, (KEPT_SIDE, KEPT_SIDE))
    picture.load()
    # Only now: of a PNG they may stand behind the pixels, and asking earlier would load them and hide what is wrong.
    turn = TURNS.get(_orientation(picture))
    profile = picture.info.get("icc_profile")
    picture = shrink(picture)
    picture = to_srgb(picture, profile)
    picture.info = {}
    return picture.transpose(getattr(Image.Transpose, turn)) if turn else picture


def _orientation(picture: Image.Image) -> int:
    """As the camera says it; a broken note of the camera is no reason to refuse its picture."""
    try:
        return picture.getexif().get(0x0112, 1)
    except BROKEN:
        return 1


def shrink(picture: Image.Image) -> Image.Image:
    """RGB, RGBA or CMYK within KEPT_SIDE. Whole copies of 40 million pixels would not fit: it goes strip by strip."""
    step = max(1, int(max(picture.size) / KEPT_SIDE))
    if step > 1:
        rows = max(1, 512 // step) * step
        small = None
        for top in range(0, picture.height, rows):
            strip = convert(picture.crop((0, top, picture.width, min(top + rows, picture.height)))).reduce(step)
            if small is None:
                small = Image.new(strip.mode, (strip.width, -(-picture.height // step)))
            small.paste(strip, (0, top // step))
        picture = small
    else:
        picture = convert(picture)
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    return picture


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
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    if alpha and alpha.getextrema()[0] == 255:
        alpha = None
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
