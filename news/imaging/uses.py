"""What the portal makes of a picture: the named uses, their shapes, widths and weights. Knows nothing of Django."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crop:
    """One set of files: the same part of the picture in several widths (pixels), none of them enlarged."""

    ratio: float | None  # width / height; None: the whole picture
    modern: tuple[int, ...]  # widths in AVIF
    plain: tuple[int, ...]  # widths in JPEG, or PNG where something is transparent
    most_bytes: int  # of one file
    blurred: int = 0  # no more than so many pixels of detail across


CROPS = {
    "whole": Crop(None, (480, 800, 1200, 1600), (800, 1600), 200_000),
    "card": Crop(16 / 10, (320, 640, 960), (640,), 60_000),
    "share": Crop(1200 / 630, (), (1200,), 200_000),
    # Stand in the page itself until its first picture has come. As wide as a telephone shows them: browsers take an
    # enlarged picture for a smaller one when they say how soon a page is there.
    "whole-preview": Crop(None, (416,), (), 1_000, blurred=32),
    "card-preview": Crop(16 / 10, (416,), (), 1_000, blurred=32),
}
MOVED = tuple(name for name, crop in CROPS.items() if crop.ratio)  # by another focal point
# What is made of pictures that are not the library's; always PNG, for lines and letters.
SHAPES = {**CROPS, "emblem": Crop(None, (), (512,), 150_000)}
# A use takes the files of a crop, up to a width.
USES = {"lead": ("whole", 1600), "inline": ("whole", 1200), "card": ("card", 960), "share": ("share", 1200)}

CENTRE = (50, 50)  # per cent from the left and from the top


def crop_box(width: int, height: int, ratio: float | None, focal: tuple[int, int]) -> tuple[int, int, int, int]:
    """The largest part of that shape with the focal point (per cent) as near its middle as the edges allow."""
    if ratio is None:
        return 0, 0, width, height
    wide, high = (width, round(width / ratio)) if width / height < ratio else (round(height * ratio), height)
    wide, high = max(1, min(wide, width)), max(1, min(high, height))
    left = min(max(0, round(width * focal[0] / 100 - wide / 2)), width - wide)
    top = min(max(0, round(height * focal[1] / 100 - high / 2)), height - high)
    return left, top, left + wide, top + high


def widths_within(widths: tuple[int, ...], most: int) -> list[int]:
    """Those widths that need no enlarging; the picture's own where it is narrower than the widest."""
    widest = min(most, max(widths, default=0))
    return [width for width in widths if width < widest] + [widest] * bool(widest)


def prefix(crop: str, focal: tuple[int, int]) -> str:
    """What a file's name says of its crop; the focal point is in it, so that a new crop has a new address."""
    return "" if crop == "whole" else f"{crop}-{focal[0]}-{focal[1]}-"
