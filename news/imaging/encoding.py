"""Pixels to the files that readers get: the kept original and every width of every crop, each light enough."""
import io
import math
import os
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from news.imaging import uses

KEPT_QUALITY = 85
QUALITIES = (52, 44, 36, 28, 20, 12, 4)  # of AVIF, until the file is light enough
PLAIN_QUALITIES = (76, 66, 55, 44, 33, 22, 12, 5)  # of JPEG
SPEED = 10  # AVIF: a fifth of the time of 8 for 6 % more bytes, measured on a photo 1,600 pixels wide



def average(picture: Image.Image) -> str:
    """The picture's mean colour as #rrggbb; what is transparent counts as white."""
    picture = on_white(picture)
    return "#{:02x}{:02x}{:02x}".format(*picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))


def encode_original(picture: Image.Image) -> tuple[bytes, str]:
    buffer = io.BytesIO()
    if picture.mode == "RGBA":
        # Only runs are looked for: 40 % less time for 3 % more bytes, measured on a drawing and on noise.
        picture.save(buffer, "PNG", compress_type=zlib.Z_RLE)
        return buffer.getvalue(), "png"
    picture.save(buffer, "JPEG", quality=KEPT_QUALITY, progressive=True, optimize=True)
    return buffer.getvalue(), "jpg"


def make(picture: Image.Image, crops: list[str], focal: tuple[int, int], folder: Path) -> dict[str, list]:
    """{crop: [[width, height, end of the file's name], …]}, narrowest first; the encoders run beside each other."""
    tasks = []
    for crop in crops:
        shape = uses.SHAPES[crop]
        part = picture if shape.ratio is None else picture.crop(uses.crop_box(*picture.size, shape.ratio, focal))
        if part.mode == "RGBA":
            part = part.convert("RGBa")  # once for all widths: nothing else is made smaller
        modern, plain = (uses.widths_within(widths, part.width) for widths in (shape.modern, shape.plain))
        tasks += [_Task(crop, part, width, f"{uses.prefix(crop, focal)}{width}", width in modern, width in plain,
                        width == min(plain, default=0)) for width in {*modern, *plain}]  # fmt: skip
    tasks.sort(key=lambda task: -task.width)  # so that neither thread waits long for the other at the end
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda task: _make_one(task, folder), tasks))
    files: dict[str, list] = {crop: [] for crop in crops}
    for task, entries in zip(reversed(tasks), reversed(made), strict=True):
        files[task.crop] += entries
    return files


class _Task(NamedTuple):
    crop: str
    part: Image.Image
    width: int
    name: str  # of the files, but for their format
    modern: bool  # an AVIF is made
    plain: bool  # a PNG or JPEG is made
    needed: bool  # it is the one that whoever knows no AVIF gets: made however heavy it is


def _make_one(task: _Task, folder: Path) -> list[list]:
    part, width, most_bytes = task.part, task.width, uses.SHAPES[task.crop].most_bytes
    height = max(1, round(part.height * width / part.width))
    if part.width > width:
        part = part.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)
    if part.mode == "RGBa":
        part = part.convert("RGBA")
    if blurred := uses.SHAPES[task.crop].blurred:
        small = on_white(part).resize((blurred, max(1, round(height * blurred / width))), Image.Resampling.BOX)
        part = small.resize((width, height), Image.Resampling.BICUBIC)
    files, light = {}, True
    if task.modern:
        files["avif"], light = _within(most_bytes, part, "AVIF", QUALITIES, speed=SPEED, max_threads=1)
    if task.plain and (task.crop == "emblem" or (part.mode == "RGBA" and task.crop != "share")):
        # Too heavy in its best AVIF: as it is it would be heavier, and few browsers know no AVIF.
        if light or task.needed:
            files["png"] = encode_png(part, most_bytes, as_it_is=light)
    elif task.plain:  # what a page of another website shows when it is shared has to be a JPEG
        files["jpg"], _ = _within(most_bytes, on_white(part), "JPEG", PLAIN_QUALITIES, progressive=True, optimize=True)
    for suffix, content in files.items():
        write(folder / f"{task.name}.{suffix}", content)
    return [[width, height, f"{task.name}.{suffix}"] for suffix in files]


def on_white(picture: Image.Image) -> Image.Image:
    """Without transparency: what shows through is paper."""
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def encode_png(picture: Image.Image, most_bytes: int, *, as_it_is: bool = True) -> bytes:
    """In all its colours where that is light enough, else in 256."""
    buffer = io.BytesIO()
    if as_it_is:
        picture.save(buffer, "PNG", compress_level=5)
    if not 0 < buffer.tell() <= most_bytes:
        buffer = io.BytesIO()
        picture.quantize(256, method=Image.Quantize.FASTOCTREE).save(buffer, "PNG", compress_level=5)
    return buffer.getvalue()


def _within(most_bytes: int, picture: Image.Image, kind: str, steps: Sequence[int], **options) -> tuple[bytes, bool]:
    """The best quality whose file is light enough; and whether it was the first of `steps`."""
    qualities = list(steps)
    while True:
        buffer = io.BytesIO()
        quality = qualities.pop(0)
        picture.save(buffer, kind, quality=quality, **options)
        if buffer.tell() <= most_bytes or not qualities:
            return buffer.getvalue(), quality == steps[0]
        # Each step takes about a third away: what is far too heavy goes down several at once.
        del qualities[: min(len(qualities) - 1, int(math.log(buffer.tell() / most_bytes) / 0.35))]


def write(path: Path, content: bytes) -> None:
    """On the disk for certain, not only in memory, before anybody is told of it."""
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o644)  # whatever the umask: another web server may be the one that sends it
        os.fsync(file.fileno())
