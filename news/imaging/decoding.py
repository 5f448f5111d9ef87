"""A picture's bytes to pixels: upright, in sRGB, without metadata, never larger than the library keeps it."""
import io
import struct
import warnings
import zlib

from PIL import Image

from news.imaging import headers, pixels, webp
from news.imaging.refusals import RefusedError

MAX_SIDE = 12_000  # pixels
MAX_PIXELS = 40_000_000
# libwebp keeps two canvases of an animation and Pillow copies a third before the picture: 16 bytes for each pixel.
MAX_MOVING_WEBP = 18_000_000
# A progressive JPEG of four inks takes eight bytes for each pixel before the first one is there: beyond this, the
# picture beside them has to be a quarter as wide. What is still wider than any reader gets it.
MAX_CMYK = 25_000_000
MAX_FRAMES = 300

TURNS = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270",
         7: "TRANSVERSE", 8: "ROTATE_90"}  # fmt: skip
# What Pillow and its plugins raise for files that are broken, lying or hostile.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, EOFError,
          ArithmeticError, AssertionError, RuntimeError, struct.error, zlib.error)  # fmt: skip
_NAMES = {"WEBP": "WebP", "HEIF": "HEIC"}


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
        raise RefusedError("too_many_pixels") from None
    except BROKEN:
        raise RefusedError("broken", name=_NAMES.get(name, name)) from None


def check(content: bytes) -> tuple[str, str]:
    """Format and note, from what the file says of itself; raises RefusedError."""
    name = headers.kind(content)
    if name not in {"JPEG", "PNG", "WEBP", "GIF", "HEIF"}:
        raise RefusedError("other_kind", name=name) if name else RefusedError("no_picture")
    moving = name == "WEBP" and webp.is_animated(content)
    check_size(headers.size(content, name), name, moving)
    if name == "GIF":
        frames = headers.gif_frames(content, MAX_FRAMES)
        check_frames(frames)
        return name, "animated" if frames > 1 else ""
    return name, "animated" if moving else ""


def check_size(size: tuple[int, int] | None, name: str, moving_webp: bool = False) -> None:
    if size is None:
        return
    width, height = size
    most = MAX_MOVING_WEBP if moving_webp else MAX_PIXELS
    if not width or not height:
        raise RefusedError("no_size", name=_NAMES.get(name, name))
    if max(size) > MAX_SIDE:
        raise RefusedError("side", width=width, height=height)
    if width * height > most:
        code = "moving_pixels" if moving_webp else "pixels"
        raise RefusedError(code, width=width, height=height, most=most // 1_000_000)


def check_frames(frames: int) -> None:
    if frames > MAX_FRAMES:
        raise RefusedError("frames")


def _decode(content: bytes, name: str) -> Image.Image:
    if name == "HEIF":
        source, turn = _heif(content), None
    elif name == "WEBP" and not webp.is_animated(content):
        check_size(webp.size(content), name)
        source, exif = webp.read(content)
        turn = TURNS.get(_orientation(Image.Exif(), exif))
    else:
        picture = _pillow(content, name)
        # Only now: a PNG's notes may stand behind the pixels; asking earlier would load these and hide what is wrong.
        source, turn = pixels.of_picture(picture), TURNS.get(_orientation(picture))
    picture = pixels.to_srgb(pixels.shrink(source), source.profile)
    picture.info = {}
    return picture.transpose(getattr(Image.Transpose, turn)) if turn else picture


def _pillow(content: bytes, name: str) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=["JPEG", "MPO"] if name == "JPEG" else [name])
    check_size(picture.size, name, name == "WEBP")
    if name in {"PNG", "WEBP"}:
        check_frames(getattr(picture, "n_frames", 1))
    if name == "JPEG":
        quarter = picture.mode == "CMYK" and picture.width * picture.height > MAX_CMYK
        wanted = (picture.width // 4, picture.height // 4) if quarter else (pixels.KEPT_SIDE, pixels.KEPT_SIDE)
        picture.draft(picture.mode, wanted)
    picture.load()
    return picture


def _heif(content: bytes) -> pixels.Pixels:
    """Upright already: the decoder turns it. Its pixels stay where the decoder put them."""
    import pillow_heif  # most pictures are none of these, and it takes as long to load as a small one to decode

    pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False
    file = pillow_heif.open_heif(content, convert_hdr_to_8bit=True, remove_stride=False)
    check_size(file.size, "HEIF")
    data, mode, stride = file.data, file.mode, file.stride
    check_size(file.size, "HEIF")  # decoding may have found another
    return pixels.of_buffer(data, mode, file.size, stride, file.info.get("icc_profile"))


def _orientation(picture: Image.Image | Image.Exif, exif: bytes = b"") -> int:
    """As the camera says it; a broken note of the camera is no reason to refuse its picture."""
    try:
        if isinstance(picture, Image.Exif):
            picture.load(exif)
            return picture.get(0x0112, 1)
        return picture.getexif().get(0x0112, 1)
    except BROKEN:
        return 1
