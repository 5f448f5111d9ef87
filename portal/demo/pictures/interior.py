"""A room: its wall with a window on the hills, light falling in, a plant in the corner."""

import math

from . import people, plants, scenery
from .canvas import HEIGHT, WIDTH, Canvas, Point, mix
from .palettes import PAPER, RGB, rgb


def view(c: Canvas, x: float, y: float, w: float, h: float, frame: RGB, bars: int = 3) -> None:
    """A window from its upper left corner, cut into `bars` panes, over the landscape already drawn behind it."""
    light = c.light
    shade = mix(frame, light.ink, 0.25)
    for k in range(bars + 1):
        c.rect(x + k * w / bars - 6, y, 12, h, frame)
    c.rect(x, y + h * 0.34, w, 8, frame)
    for bx, by, bw, bh in ((x - 20, y - 20, w + 40, 22), (x - 20, y, 22, h), (x + w - 2, y, 22, h)):
        c.rect(bx, by, bw, bh, frame)
    c.rect(x - 34, y + h - 2, w + 68, 24, frame)
    c.rect(x - 34, y + h + 16, w + 68, 8, shade)


def outside(c: Canvas, sun: Point, horizon: float) -> None:
    scenery.sky(c, sun, 54, (60, 200))
    scenery.ranges(c, horizon, 4, 230, 0.5)
    for _ in range(26):
        plants.tree(c, c.rng.uniform(-20, 1620), horizon + 8, c.rng.uniform(60, 110), far=0.2)


def wall(c: Canvas, hole: tuple[float, float, float, float], top: RGB, foot: RGB, floor: float) -> None:
    """A wall from top to `floor` with the window `hole` (x, y, w, h) left open."""
    x, y, w, h = hole
    seam = mix(top, foot, y / floor)
    low = mix(top, foot, (y + h) / floor)
    c.panel((0, 0, WIDTH, y), (top, seam))
    c.panel((0, y + h - 1, WIDTH, floor - y - h + 2), (low, foot))
    for bx, bw in ((0, x), (x + w, WIDTH - x - w)):
        c.panel((bx, y - 1, bw, h + 1), (seam, low))


def beam(c: Canvas, hole: tuple[float, float, float, float], lean: float) -> None:
    """Light falling in through the window; `lean` is how far it shifts sideways on its way to the floor."""
    x, y, w, h = hole
    for k in range(3):
        x0, x1 = x + w * (k + 0.06) / 3, x + w * (k + 0.94) / 3
        c.poly(
            [(x0, y + h * 0.3), (x1, y + h * 0.3), (x1 + lean, HEIGHT), (x0 + lean - 40, HEIGHT)], c.light.disc, 0.07
        )


def pot(c: Canvas, x: float, y: float, h: float) -> None:
    light = c.light
    for k in range(9):
        angle = math.radians(-165 + 18.5 * k)
        tip = (x + math.cos(angle) * h * 0.5, y - h * 0.36 + math.sin(angle) * h * 0.62)
        side = h * 0.055
        mid = ((x + tip[0]) / 2, (y - h * 0.36 + tip[1]) / 2)
        nx, ny = -math.sin(angle) * side, math.cos(angle) * side
        c.poly(
            [(x, y - h * 0.34), (mid[0] + nx, mid[1] + ny), tip, (mid[0] - nx, mid[1] - ny)],
            mix(light.leaf, light.leaf_light, (k % 3) * 0.35),
        )
    clay = light.on(rgb("c96b45"))
    people.shadow(c, x, y, h * 0.24)
    c.poly([(x - h * 0.19, y - h * 0.36), (x + h * 0.19, y - h * 0.36), (x + h * 0.14, y), (x - h * 0.14, y)], clay)
    c.rect(x - h * 0.21, y - h * 0.39, h * 0.42, h * 0.07, mix(clay, PAPER, 0.15))
