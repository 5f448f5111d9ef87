"""Still WebP pictures by one call into the libwebp that Pillow brings.

Pillow itself opens every WebP as an animation: 16 bytes for each pixel, four times as much as this.
"""
import ctypes
import functools
import struct
from collections.abc import Iterator

from news.imaging.pixels import Pixels, of_buffer

_ANIMATED = 0x02  # a flag of the VP8X chunk


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of a file's parts, as far as the file goes."""
    at = 12
    while at + 8 <= len(content):
        length = struct.unpack_from("<I", content, at + 4)[0]
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + (length & 1)


def is_animated(content: bytes) -> bool:
    return content[12:16] == b"VP8X" and len(content) > 20 and bool(content[20] & _ANIMATED)


def size(content: bytes) -> tuple[int, int]:
    """Width and height as the decoder will have them; raises ValueError."""
    width, height = ctypes.c_int(), ctypes.c_int()
    if not _library().WebPGetInfo(content, len(content), ctypes.byref(width), ctypes.byref(height)):
        raise ValueError("not a WebP picture")
    return width.value, height.value


def read(content: bytes) -> tuple[Pixels, bytes]:
    """The pixels of a still picture, whose size has been checked, and its EXIF part; raises ValueError, MemoryError."""
    width, height = size(content)
    buffer = bytearray(width * height * 4)
    target = (ctypes.c_ubyte * len(buffer)).from_buffer(buffer)
    if not _library().WebPDecodeRGBAInto(content, len(content), target, len(buffer), width * 4):
        raise ValueError("a broken WebP picture")
    parts = {name: part for name, part in chunks(content) if name in {b"ICCP", b"EXIF"}}
    return of_buffer(buffer, "RGBA", (width, height), width * 4, parts.get(b"ICCP")), parts.get(b"EXIF", b"")


@functools.cache
def _library() -> ctypes.CDLL:
    from PIL import _webp

    library = ctypes.CDLL(_webp.__file__)  # names are looked for in what it is linked with, too
    library.WebPGetInfo.argtypes = [ctypes.c_char_p, ctypes.c_size_t, *[ctypes.POINTER(ctypes.c_int)] * 2]
    library.WebPDecodeRGBAInto.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int,
    ]  # fmt: skip
    library.WebPDecodeRGBAInto.restype = ctypes.c_void_p
    return library
