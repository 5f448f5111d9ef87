"""Pixels to the files that readers get: the kept original and every width of every crop, each light enough."""
import io
import math
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from news.imaging import uses

KEPT_QUALITY = 85
QUALITIES = (52, 44, 36, 28, 20, 12, 4)  # of AVIF, until the file is light enough
PLAIN_QUALITIES = (76, 66, 55, 44, 33, 22, 12, 5)  # of JPEG
SPEED = 10  # AVIF: a fifth of the time of 8 for 6 % more bytes, measured on a photo 1,600 pixels wide



def average(picture: Image.Image) -> str:
    """The picture's mean colour as #rrggbb; what is transparent counts as white."""
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    return "#{:02x}{:02x}{:02x}".format(*picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))


def encode_original(picture: Image.Image) -> tuple[bytes, str]:
    buffer = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(buffer, "PNG", compress_level=4)
        return buffer.getvalue(), "png"
    picture.save(buffer, "JPEG", quality=KEPT_QUALITY, progressive=True, optimize=True)
    return buffer.getvalue(), "jpg"


def make(picture: Image.Image, crops: list[str], focal: tuple[int, int], folder: Path) -> dict[str, list]:
    """{crop: [[width, height, end of the file's name], …]}, widest last; the encoders run beside each other."""
    tasks = []
    for crop in crops:
        shape = uses.SHAPES[crop]
        box = uses.crop_box(picture.width, picture.height, shape.ratio, focal)
        part = picture if shape.ratio is None else picture.crop(box)
        start = uses.prefix(crop, focal)
        tasks += [(crop, part, width, f"{start}{width}.avif", shape.most_bytes)
                  for width in uses.widths_within(shape.modern, part.width)]  # fmt: skip
        # What a page of another website shows when it is shared has to be a JPEG.
        plain = "png" if crop == "emblem" or (picture.mode == "RGBA" and crop != "share") else "jpg"
        tasks += [(crop, part, width, f"{start}{width}.{plain}", shape.most_bytes)
                  for width in uses.widths_within(shape.plain, part.width)]  # fmt: skip
    with ThreadPoolExecutor(2) as pool:
        # The heaviest first, so that neither of the two waits for the other at the end.
        made = list(pool.map(lambda task: _make_one(task, folder), sorted(tasks, key=lambda task: -task[2])))
    files: dict[str, list] = {crop: [] for crop in crops}
    for crop, *entry in sorted(made, key=lambda entry: entry[1]):
        files[crop].append(entry)
    return files


def _make_one(task, folder: Path) -> tuple[str, int, int, str]:
    crop, part, width, name, most_bytes = task
    height = max(1, round(part.height * width / part.width))
    resized = part if part.width == width else part.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
    write(folder / name, encode(resized, name.rpartition(".")[2], most_bytes))
    return crop, width, height, name


def encode(picture: Image.Image, suffix: str, most_bytes: int) -> bytes:
    """The best quality whose file is light enough."""
    buffer = io.BytesIO()
    if suffix == "png":
        picture.save(buffer, "PNG", compress_level=5)
        if buffer.tell() > most_bytes:
            buffer = io.BytesIO()
            picture.quantize(256, method=Image.Quantize.FASTOCTREE).save(buffer, "PNG", compress_level=5)
        return buffer.getvalue()
    if suffix == "jpg" and picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    qualities = list(QUALITIES if suffix == "avif" else PLAIN_QUALITIES)
    while True:
        buffer = io.BytesIO()
        quality = qualities.pop(0)
        if suffix == "avif":
            picture.save(buffer, "AVIF", quality=quality, speed=SPEED, max_threads=1)
        else:
            picture.save(buffer, "JPEG", quality=quality, progressive=True, optimize=True)
        if buffer.tell() <= most_bytes or not qualities:
            return buffer.getvalue()
        # Each step takes about a third away: what is far too heavy goes down several at once.
        del qualities[: min(len(qualities) - 1, int(math.log(buffer.tell() / most_bytes) / 0.35))]


def write(path: Path, content: bytes) -> None:
    """On the disk for certain, not only in memory, before anybody is told of it."""
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o644)  # whatever the umask: another web server may be the one that sends it
        os.fsync(file.fileno())
