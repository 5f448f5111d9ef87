"""Pictures that must not be taken, made here: broken, lying, hostile. name → bytes."""
import io
import struct
import zlib

from PIL import Image


def encoded(kind, size=(320, 200), mode="RGB", **options):
    buffer = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(name, data, crc=None):
    return struct.pack(">I", len(data)) + name + data + struct.pack(
        ">I", zlib.crc32(name + data) if crc is None else crc)  # fmt: skip


def png(width, height, *middle, depth=8, colour=2):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(middle) + chunk(b"IEND", b"")


def gif(frames, size=(1, 1)):
    start = b"GIF89a" + struct.pack("<HH", *size) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0"
    return start + frame * frames + b"\x3b"


def jpeg_claiming(width, height):
    content = encoded("JPEG")
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def webp_claiming(width, height):
    flags = b"\x02\0\0\0" + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + flags + b"ANIM" + struct.pack("<I", 6) + bytes(6)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _zeros(count):
    """That many zeros, packed a thousandfold."""
    return zlib.compress(bytes(count), 9)


def broken():
    """Each is refused as a picture that cannot be opened, or as too large."""
    kinds = {"JPEG": encoded("JPEG"), "PNG": encoded("PNG"), "WEBP": encoded("WEBP"), "GIF": encoded("GIF", mode="L")}
    made = {}
    for kind, content in kinds.items():
        for part in (0.05, 0.5, 0.9):
            if kind != "GIF" or part < 0.5:  # a GIF shows what has come of it
                made[f"{kind} cut at {part}"] = content[: int(len(content) * part)]
        made[f"{kind} signature alone"] = content[:12]
        made[f"{kind} signature, then noise"] = content[:16] + bytes(range(256)) * 40
    made |= {
        "PNG 65,000 pixels a side": png(65_000, 65_000, chunk(b"IDAT", _zeros(10_000))),
        "PNG of two thousand million pixels": png(2**31 - 1, 1, chunk(b"IDAT", _zeros(1000))),
        "PNG one pixel high, 13,000 wide": png(13_000, 1, chunk(b"IDAT", _zeros(39_001))),
        "PNG 41 million pixels": png(10_000, 4_100, chunk(b"IDAT", _zeros(123_004_100))),
        "PNG without pixels": png(0, 0, chunk(b"IDAT", _zeros(10))),
        "PNG without data": png(100, 100),
        "PNG of text that unfolds to 100 MB": png(
            9, 9, chunk(b"zTXt", b"Comment\0\0" + _zeros(100_000_000)), chunk(b"IDAT", _zeros(252))),
        "PNG of a thousand large texts": png(
            9, 9, *[chunk(b"zTXt", b"c\0\0" + _zeros(1_000_000))] * 200, chunk(b"IDAT", _zeros(252))),
        "PNG with an impossible depth": png(10, 10, chunk(b"IDAT", _zeros(400)), depth=3),
        "PNG with a broken check sum": png(10, 10, chunk(b"gAMA", b"\0\0\0\1", crc=1), chunk(b"IDAT", _zeros(310))),
        "PNG with a chunk longer than the file": png(10, 10) [:33] + struct.pack(">I", 2**31 - 1) + b"IDAT" + bytes(9),
        "APNG of 301 frames": png(4, 4, chunk(b"acTL", struct.pack(">II", 301, 0)), chunk(b"IDAT", _zeros(52))),
        "GIF of 301 frames": gif(301),
        "GIF of 100,000 frames": gif(100_000),
        "GIF 60,000 pixels a side": gif(1, (60_000, 60_000)),
        "JPEG that claims 65,000 pixels a side": jpeg_claiming(65_000, 65_000),
        "JPEG that claims no pixels": jpeg_claiming(0, 0),
        "WebP that claims 16,000 pixels a side": webp_claiming(16_000, 16_000),
        "WebP that claims 300 million pixels a side": webp_claiming(2**24, 2**24),
        "HEIC without anything": struct.pack(">I", 24) + b"ftypheic\0\0\0\0heicmif1",
        "HEIC with a box longer than the file": struct.pack(">I", 24) + b"ftypheic\0\0\0\0heicmif1\x7f\xff\xff\xffmeta",
    }  # fmt: skip
    return made


def strangers():
    """No pictures of the five kinds, whatever their names say."""
    return {
        "nothing but a line": b"xin ch\xc3\xa0o\n",
        "one byte": b"\xff",
        "HTML": b"<!DOCTYPE html><script>alert(1)</script>",
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "SVG behind a mark of its letters": b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="alert(1)"/>',
        "PDF": b"%PDF-1.7\n%%EOF",
        "ZIP": b"PK\x03\x04" + bytes(40),
        "program": b"MZ" + bytes(200),
        "BMP": encoded("BMP"),
        "TIFF": encoded("TIFF"),
        "ICO": encoded("ICO", size=(32, 32)),
        "JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(50),
        "AVIF": encoded("AVIF"),
        "video": struct.pack(">I", 24) + b"ftypisom\0\0\0\0isommp41" + bytes(50),
        "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "PHP behind a GIF's first letters": b"GIF<?php system($_GET[1]);",
        "PPM": b"P6 2 2 255\n" + bytes(12),
        "zeros": bytes(5000),
    }
