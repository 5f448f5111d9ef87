"""What a picture's first bytes say, read before any decoder sees them. Knows nothing of Django."""
import struct

_FIRST_BYTES = [
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"),
    (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP"),
    (b"8BPS", "PSD"), (b"\0\0\1\0", "ICO"), (b"\xff\x0a", "JPEG XL"), (b"MZ", "EXE"),
]  # fmt: skip
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind(content: bytes) -> str:
    """The format by its signature: one of Pillow's names, the name of something else, or an empty text."""
    for start, name in _FIRST_BYTES:
        if content.startswith(start):
            return name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        brands = {content[at : at + 4] for at in (8, *range(16, min(64, int.from_bytes(content[:4], "big")), 4))}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        return "HEIF" if brands & _HEIC_BRANDS else "video"
    text = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"<"):
        return "SVG" if b"<svg" in content[:4096].lower() else "HTML"
    return ""


def size(content: bytes, name: str) -> tuple[int, int] | None:
    """Width and height in pixels where the decoder would take memory for them as soon as it opens the file."""
    try:
        if name == "PNG":
            return struct.unpack(">II", content[16:24])
        if name == "GIF":
            return struct.unpack("<HH", content[6:10])
        if name == "WEBP":
            return _webp_size(content)
    except struct.error:
        pass
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    part = content[12:16]
    if part == b"VP8X":
        width, height = content[24:27] + b"\0", content[27:30] + b"\0"
        return struct.unpack("<I", width)[0] + 1, struct.unpack("<I", height)[0] + 1
    if part == b"VP8L":
        bits = struct.unpack("<I", content[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if part == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def gif_frames(content: bytes, most: int) -> int:
    """The frames of a GIF, counted without decoding one; stops above `most`."""
    at, frames = 13, 0
    if len(content) > 10 and content[10] & 0x80:
        at += 3 << (content[10] & 7) + 1
    while at < len(content) and frames <= most:
        block = content[at]
        if block == 0x2C:
            if at + 10 > len(content):
                break
            flags = content[at + 9]
            at += 11 + ((3 << (flags & 7) + 1) if flags & 0x80 else 0)
            frames += 1
        elif block == 0x21:
            at += 2
        else:
            break
        while at < len(content) and content[at]:
            at += content[at] + 1
        at += 1
    return frames
