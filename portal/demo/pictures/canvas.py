"""The drawing surface: Pillow at twice the size, with the few soft effects that flat illustration needs.

Scenes speak in logical units: x from 0 to 1600, y from 0 (top) to 900, whatever the size of the picture asked for.
Colours are RGB triples of 0..255; an alpha is 0..1. Curves are lists of (x, y) points.
"""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw

from .palettes import RGB, Light

WIDTH, HEIGHT = 1600, 900
# Pillow's shapes have hard edges; drawing at twice the size and averaging 2 x 2 pixels smooths them in 10 ms.
OVERSAMPLE = 2

Point = tuple[float, float]
# A soft light: x, y, radius, colour, alpha.
Halo = tuple[float, float, float, RGB, float]


def mix(a: RGB, b: RGB, t: float) -> RGB:
    """The colour at `t` (0..1) on the way from `a` to `b`."""
    return (round(a[0] + (b[0] - a[0]) * t), round(a[1] + (b[1] - a[1]) * t), round(a[2] + (b[2] - a[2]) * t))


class Canvas:
    """A picture in the making, with its light (palette) and its own random source."""

    def __init__(self, size: tuple[int, int], light: Light, rng: Random) -> None:
        self.size = size
        self.light = light
        self.rng = rng
        self.scale = max(size[0] / WIDTH, size[1] / HEIGHT) * OVERSAMPLE
        self.full = (math.ceil(WIDTH * self.scale / 2) * 2, math.ceil(HEIGHT * self.scale / 2) * 2)
        # Every scene begins with `backdrop` (most by way of `scenery.sky`), so none is made here.
        self._begin(Image.new("RGB", (1, 1)))

    def backdrop(self, stops: Sequence[RGB], *halos: Halo) -> None:
        """Starts the picture anew: a gradient of `stops` from top to bottom, with soft `halos` on it.

        It is made at an eighth of the size and enlarged, since it holds nothing sharp: a tenth of the cost.
        """
        small = _column(stops, self.full[0] // 8, self.full[1] // 8)
        k = self.scale / 8
        for x, y, r, colour, alpha in halos:
            side = max(2, round(2 * r * k))
            mask = _SPOT.resize((side, side)).point([round(v * alpha) for v in range(256)])
            small.paste(colour, (round(x * k - side / 2), round(y * k - side / 2)), mask)
        self._begin(_enlarge(small, self.full))

    def _begin(self, image: Image.Image) -> None:
        self.image = image
        self._solid = ImageDraw.Draw(image)
        self._blend = ImageDraw.Draw(image, "RGBA")

    def _pen(self, colour: RGB, alpha: float) -> tuple[ImageDraw.ImageDraw, tuple[int, ...]]:
        # Plain drawing is seven times as fast as blending, so blend only what is translucent.
        return (self._solid, colour) if alpha >= 1 else (self._blend, (*colour, round(alpha * 255)))

    def _at(self, points: Sequence[Point]) -> list[Point]:
        s = self.scale
        return [(x * s, y * s) for x, y in points]

    # Hard shapes

    def poly(self, points: Sequence[Point], colour: RGB, alpha: float = 1) -> None:
        pen, fill = self._pen(colour, alpha)
        pen.polygon(self._at(points), fill=fill)

    def rect(self, x: float, y: float, w: float, h: float, colour: RGB, alpha: float = 1, radius: float = 0) -> None:
        pen, fill = self._pen(colour, alpha)
        s = self.scale
        # Pillow includes the last pixel, and refuses a box turned inside out.
        box = (x * s, y * s, max(x * s, (x + w) * s - 1), max(y * s, (y + h) * s - 1))
        if radius:
            pen.rounded_rectangle(box, radius * s, fill=fill)
        else:
            pen.rectangle(box, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float | None, colour: RGB, alpha: float = 1) -> None:
        """An ellipse around (x, y); `ry` None makes a circle."""
        pen, fill = self._pen(colour, alpha)
        s, ry = self.scale, rx if ry is None else ry
        pen.ellipse(((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s), fill=fill)

    def ring(self, x: float, y: float, rx: float, ry: float, colour: RGB, width: float, alpha: float = 1) -> None:
        pen, fill = self._pen(colour, alpha)
        s = self.scale
        box = ((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s)
        pen.ellipse(box, outline=fill, width=max(1, round(width * s)))

    def wedge(self, x: float, y: float, rx: float, ry: float, turn: tuple[float, float], colour: RGB) -> None:
        """A slice of an ellipse from `turn[0]` to `turn[1]` degrees, clockwise from three o'clock."""
        s = self.scale
        self._solid.pieslice(((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s), *turn, fill=colour)

    def line(
        self, points: Sequence[Point], colour: RGB, width: float, alpha: float = 1, round_ends: bool = False
    ) -> None:
        pen, fill = self._pen(colour, alpha)
        if len(points) == 2:
            pen.line(self._at(points), fill=fill, width=max(1, round(width * self.scale)))
        else:
            pen.polygon(self._at(_ribbon(points, max(width, 1 / self.scale))), fill=fill)
        if round_ends:
            for x, y in (points[0], points[-1]):
                self.oval(x, y, width / 2, None, colour, alpha)

    # Soft effects

    def fade(self, box: tuple[float, float, float, float], colour: RGB, alphas: Sequence[float]) -> None:
        """Lays `colour` over the box (x, y, w, h), its alpha running through `alphas` from top to bottom."""
        s = self.scale
        x, y, w, h = (round(v * s) for v in box)
        # Translucent rows are twice as fast as pasting through a mask.
        for row, level in enumerate(_ramp(alphas, h // 2)):
            top = y + 2 * row
            self._blend.rectangle((x, top, x + w - 1, top + 1), fill=(*colour, round(level * 255)))

    def mist(self, y: float, depth: float, alpha: float = 0.7, colour: RGB | None = None) -> None:
        """A bank of haze across the picture, thickest at its foot, which the next layer's edge cuts off."""
        self.fade((0, y, WIDTH, depth), colour or self.light.haze, (0, alpha * 0.45, alpha))

    def panel(self, box: tuple[float, float, float, float], stops: Sequence[RGB]) -> None:
        """A box (x, y, w, h) filled with a vertical gradient."""
        s = self.scale
        x, y, w, h = (round(v * s) for v in box)
        rows = max(1, h // 2)
        bands = zip(*(_ramp([stop[k] for stop in stops], rows) for k in range(3)), strict=True)
        for row, (r, g, b) in enumerate(bands):
            self._solid.rectangle((x, y + 2 * row, x + w - 1, y + 2 * row + 1), fill=(round(r), round(g), round(b)))

    def glow(self, x: float, y: float, r: float, colour: RGB, alpha: float, ry: float | None = None) -> None:
        """A soft spot of light (or, with a dark colour, of shadow) fading to nothing at its rim."""
        s, ry = self.scale, r if ry is None else ry
        w, h = max(2, round(2 * r * s)), max(2, round(2 * ry * s))
        left, top = round((x - r) * s), round((y - ry) * s)
        mask = _SPOT.point([round(v * alpha) for v in range(256)])
        # Only the part inside the picture is enlarged: a sun's halo is often half outside.
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(self.full[0], left + w), min(self.full[1], top + h)
        if x1 <= x0 or y1 <= y0:
            return
        kx, ky = _SPOT.width / w, _SPOT.height / h
        part = ((x0 - left) * kx, (y0 - top) * ky, (x1 - left) * kx, (y1 - top) * ky)
        mask = _enlarge(mask, (x1 - x0, y1 - y0), part)
        self.image.paste(colour, (x0, y0, x1, y1), mask)

    def mirror(self, y: float, depth: float, tint: RGB, alpha: float, deep: RGB) -> None:
        """Reflects what stands above the line `y` into the band of `depth` below it.

        The reflection is mixed `alpha` (0..1) with `tint`, and darkens to half `deep` towards the viewer.
        """
        s = self.scale
        top, h = round(y * s), round(depth * s)
        above = (0, max(0, top - h), self.full[0], top)
        # A quarter of the size and back makes the image soft, as moving water does, and costs a sixteenth.
        small = self.image.reduce((4, 6), box=above).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        small = Image.blend(small, Image.new("RGB", small.size, tint), alpha)
        column = Image.new("L", (1, 3))
        column.putdata([0, 38, 128])
        small.paste(deep, (0, 0), column.resize(small.size, Image.Resampling.BILINEAR))
        self.image.paste(_enlarge(small, (self.full[0], h)), (0, top))

    def finish(self) -> Image.Image:
        """The picture at the size asked for."""
        image = self.image.reduce(OVERSAMPLE)
        if image.size == self.size:
            return image
        left, top = (image.width - self.size[0]) // 2, (image.height - self.size[1]) // 2
        return image.crop((left, top, left + self.size[0], top + self.size[1]))


def _column(stops: Sequence[RGB], width: int, height: int) -> Image.Image:
    """A vertical gradient: a one-pixel column smoothed upwards, then repeated sideways."""
    tiny = Image.new("RGB", (1, len(stops)))
    tiny.putdata(list(stops))
    # Bicubic halves the visible banding of bilinear at the stops.
    return tiny.resize((1, height), Image.Resampling.BICUBIC).resize((width, height), Image.Resampling.NEAREST)


def _enlarge(
    small: Image.Image, size: tuple[int, int], part: tuple[float, float, float, float] | None = None
) -> Image.Image:
    """Smooth up to the final size, doubled from there: what is finer would be averaged away at the end.

    `part` is the box of `small` to enlarge (left, top, right, bottom), by default all of it.
    """
    half = (max(1, size[0] // OVERSAMPLE), max(1, size[1] // OVERSAMPLE))
    return small.resize(half, Image.Resampling.BILINEAR, box=part).resize(size, Image.Resampling.NEAREST)


def _ramp(levels: Sequence[float], steps: int) -> list[float]:
    """`steps` values running evenly through `levels`."""
    values = []
    for k in range(steps):
        place = k / max(1, steps - 1) * (len(levels) - 1)
        i = min(int(place), len(levels) - 2)
        values.append(levels[i] + (levels[i + 1] - levels[i]) * (place - i))
    return values


def _ribbon(points: Sequence[Point], width: float) -> list[Point]:
    """The outline of a curve drawn `width` wide; Pillow's own round joints are twenty times as slow."""
    left, right = [], []
    for k, (x, y) in enumerate(points):
        (x0, y0), (x1, y1) = points[max(0, k - 1)], points[min(len(points) - 1, k + 1)]
        dx, dy = x1 - x0, y1 - y0
        half = width / 2 / (math.hypot(dx, dy) or 1)
        left.append((x - dy * half, y + dx * half))
        right.append((x + dy * half, y - dx * half))
    return left + right[::-1]


def _spot(side: int = 128) -> Image.Image:
    """A round spot, 255 at its centre, falling like a bell to 0 at its rim."""
    spot = Image.new("L", (side, side))
    centre = (side - 1) / 2
    levels = []
    for k in range(side * side):
        t = min(1.0, math.hypot(k % side - centre, k // side - centre) / centre)
        levels.append(round(255 * (1 - t) ** 2 * (1 + 0.6 * t)))
    spot.putdata(levels)
    return spot


_SPOT = _spot()
