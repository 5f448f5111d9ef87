"""Trees, grass and flowers. `x`, `y` is the ground at the stem, `h` the height in logical units."""

import math

from .canvas import Canvas, Point, mix
from .palettes import RGB, WOOD, rgb


def tree(
    c: Canvas, x: float, y: float, h: float, *, leaf: RGB | None = None, lit: RGB | None = None, far: float = 0
) -> None:
    """A broad-leaved tree lit from the upper left; `far` (0..1) fades it into the haze."""
    light, rng = c.light, c.rng
    leaf, lit = mix(leaf or light.leaf, light.haze, far), mix(lit or light.leaf_light, light.haze, far)
    trunk = mix(mix(light.on(WOOD), light.ink, 0.35), light.haze, far)
    r = h * 0.3
    c.poly([(x - h * 0.035, y), (x - h * 0.018, y - h * 0.5), (x + h * 0.018, y - h * 0.5), (x + h * 0.035, y)], trunk)
    # A big tree near the viewer needs more clumps than a small one far away, not larger ones.
    count, size = (6, 0.6) if h < 160 else (11, 0.46) if h < 420 else (26, 0.34)
    blobs = [(x, y - h * 0.66, r * 0.86)]
    for k in range(count):
        angle = k * 2.4  # the golden angle spreads clumps evenly, as seeds in a sunflower
        reach = 0.95 * math.sqrt((k + 0.8) / count) * rng.uniform(0.88, 1.08)
        br = r * size * rng.uniform(0.82, 1.15)
        blobs.append((x + math.cos(angle) * r * reach, y - h * 0.66 + math.sin(angle) * r * reach * 0.76, br))
    deep, mid = mix(leaf, light.ink, 0.24 * (1 - far)), mix(leaf, lit, 0.34)
    for bx, by, br in blobs:
        c.oval(bx + br * 0.1, by + br * 0.16, br, br * 0.9, deep)
    for bx, by, br in sorted(blobs[1:], key=lambda blob: blob[1]):
        # Clumps low in the crown sit in the shade of those above.
        shade = min(1.0, max(0.0, (by - (y - h * 0.84)) / (h * 0.42)))
        c.oval(bx + br * 0.06, by + br * 0.12, br * 0.96, br * 0.84, mix(deep, leaf, 0.35 * (1 - shade)))
        c.oval(bx - br * 0.04, by - br * 0.04, br * 0.88, br * 0.76, mix(leaf, deep, 0.5 * shade))
        c.oval(bx - br * 0.16, by - br * 0.16, br * 0.64, br * 0.5, mix(mid, leaf, shade))
        if shade < 0.62:
            c.oval(bx - br * 0.24, by - br * 0.26, br * 0.4, br * 0.28, mix(lit, leaf, 0.25 + 0.75 * shade))


def cypress(c: Canvas, x: float, y: float, h: float, far: float = 0) -> None:
    leaf = mix(c.light.leaf, c.light.haze, far)
    w = h * 0.16
    c.rect(x - h * 0.015, y - h * 0.1, h * 0.03, h * 0.1, mix(leaf, c.light.ink, 0.5))
    left = [(x - w * math.sin(math.pi * t) ** 0.8 * (1.15 - 0.45 * t), y - h * (0.06 + 0.94 * t)) for t in _steps(12)]
    right = [(2 * x - px, py) for px, py in left]
    c.poly(left + right[::-1], mix(leaf, c.light.ink, 0.22))
    c.poly(left + [(x + (px - x) * 0.25, py) for px, py in right[::-1]], leaf)


def palm(c: Canvas, x: float, y: float, h: float, *, lean: float = 0, colour: RGB | None = None) -> None:
    """An areca palm; `lean` moves its crown sideways by that share of the height."""
    light, rng = c.light, c.rng
    leaf = colour or mix(light.leaf, light.ink, 0.15)
    stem = mix(light.on(WOOD), light.ink, 0.3) if colour is None else colour
    top = (x + lean * h, y - h)
    bend = [(x + lean * h * t * t, y - h * t) for t in _steps(8)]
    c.line(bend, stem, h * 0.028)
    fronds = 11
    for k in range(fronds):
        # Back fronds first, then the ones nearer the viewer, which hang lower.
        angle = math.radians(-178 + k * 176 / (fronds - 1) + rng.uniform(-6, 6))
        tone = leaf if colour is not None or k % 2 else mix(leaf, light.leaf_light, 0.4)
        frond(c, top, angle, h * rng.uniform(0.3, 0.38), tone)


def frond(c: Canvas, start: Point, angle: float, length: float, colour: RGB) -> None:
    """One feathered leaf, leaving `start` at `angle` (radians) and bending down under its own weight."""
    droop = 0.35 + 0.3 * abs(math.cos(angle))
    out = 1 if math.cos(angle) >= 0 else -1
    leaflets = 9 if length < 250 else 22
    spine = [
        (start[0] + math.cos(angle) * length * t, start[1] + math.sin(angle) * length * t + droop * length * t * t)
        for t in _steps(leaflets)
    ]
    for k in range(leaflets):
        (x0, y0), (x1, y1) = spine[k], spine[k + 1]
        feather = length * 0.36 * math.sin(math.pi * (0.22 + 0.72 * k / leaflets))
        c.poly([(x0, y0), (x1, y1), (x1 + out * feather * 0.35, y1 + feather * 0.75)], colour)
        c.poly([(x0, y0), (x1, y1), (x1 + out * feather * 0.75, y1 - feather * 0.1)], colour)
    c.line(spine, colour, max(1, length * 0.025))


def banana(c: Canvas, x: float, y: float, h: float) -> None:
    light, rng = c.light, c.rng
    for k in range(7):
        angle = math.radians(-160 + k * 23 + rng.uniform(-8, 8))
        tip = (x + math.cos(angle) * h * 0.62, y - h * 0.45 + math.sin(angle) * h * 0.55)
        mid = ((x + tip[0]) / 2, (y - h * 0.42 + tip[1]) / 2 - h * 0.12)
        side = (-(tip[1] - y + h * 0.42) * 0.13, (tip[0] - x) * 0.13)
        tone = light.leaf if k % 2 else mix(light.leaf, light.leaf_light, 0.6)
        c.poly(
            [(x, y - h * 0.4), (mid[0] + side[0], mid[1] + side[1]), tip, (mid[0] - side[0], mid[1] - side[1])], tone
        )
    c.poly(
        [(x - h * 0.045, y), (x - h * 0.03, y - h * 0.45), (x + h * 0.03, y - h * 0.45), (x + h * 0.045, y)],
        mix(light.leaf_light, light.ink, 0.2),
    )


def bamboo(c: Canvas, x: float, y: float, h: float, colour: RGB, stems: int = 7) -> None:
    """A clump of bamboo as a leaning silhouette, to frame a view from its edge."""
    rng = c.rng
    for _ in range(stems):
        lean, tall = rng.uniform(-0.25, 0.45), h * rng.uniform(0.7, 1)
        root = x + rng.uniform(-0.09, 0.09) * h
        path = [(root + lean * tall * t**2.4, y - tall * t) for t in _steps(10)]
        c.line(path, colour, h * 0.012)
        for px, py in path[4:]:
            for _ in range(3):
                angle = rng.uniform(0.1, 2.9)
                ex, ey = px + math.cos(angle) * h * 0.1, py + math.sin(angle) * h * 0.06
                c.poly(
                    [
                        (px, py),
                        ((px + ex) / 2 + 3, (py + ey) / 2 - 5),
                        (ex, ey),
                        ((px + ex) / 2 - 3, (py + ey) / 2 + 4),
                    ],
                    colour,
                )


def bush(c: Canvas, x: float, y: float, w: float, colour: RGB | None = None, lit: RGB | None = None) -> None:
    colour = colour or c.light.leaf
    c.wedge(x, y, w / 2, w * 0.42, (180, 360), mix(colour, c.light.ink, 0.2))
    c.wedge(x - w * 0.07, y, w * 0.4, w * 0.36, (180, 360), colour)
    c.oval(x - w * 0.14, y - w * 0.2, w * 0.18, w * 0.09, lit or c.light.leaf_light, 0.7)


def grass(
    c: Canvas, y: float, tall: float, colour: RGB, span: tuple[float, float] = (0, 1600), count: int = 90
) -> None:
    """A fringe of blades along the height `y`, for the nearest edge."""
    rng = c.rng
    for _ in range(count):
        x, h = rng.uniform(*span), tall * rng.uniform(0.4, 1)
        lean = rng.uniform(-0.35, 0.35) * h
        c.poly([(x - 4, y), (x + lean, y - h), (x + 4, y)], colour)


def lotus(c: Canvas, x: float, y: float, r: float, flower: bool = False) -> None:
    """A lotus leaf lying on water, perhaps with its flower."""
    light = c.light
    c.oval(x, y + r * 0.08, r, r * 0.34, light.ink, 0.25)
    c.oval(x, y, r, r * 0.33, light.leaf)
    c.oval(x - r * 0.1, y - r * 0.05, r * 0.8, r * 0.22, mix(light.leaf, light.leaf_light, 0.7))
    c.poly([(x, y), (x + r * 0.98, y + r * 0.1), (x + r * 0.85, y + r * 0.2)], mix(light.water, light.ink, 0.15))
    if flower:
        pink = light.on(rgb("f08fa8"))
        fx, fy = x - r * 0.25, y - r * 0.55
        c.line([(x - r * 0.2, y), (fx, fy)], light.leaf, r * 0.06)
        for turn, tone in ((-0.42, 0.1), (0.42, 0.1), (-0.2, 0.3), (0.2, 0.3), (0, 0.5)):
            tip = (fx + math.sin(turn * 1.6) * r * 0.62, fy - math.cos(turn * 1.6) * r * 0.62)
            side = r * 0.15
            c.poly(
                [(fx, fy), (fx + turn * r * 0.7 - side, fy - r * 0.3), tip, (fx + turn * r * 0.7 + side, fy - r * 0.3)],
                mix(pink, (255, 255, 255), tone),
            )


def blossom(c: Canvas, start: Point, angle: float, length: float, petal: RGB, depth: int = 4) -> None:
    """A flowering branch, drawn from `start` outwards by halving; `angle` in radians."""
    rng = c.rng
    end = (start[0] + math.cos(angle) * length, start[1] + math.sin(angle) * length)
    c.line([start, end], mix(c.light.on(WOOD), c.light.ink, 0.5), 2 + depth * 2.2)
    if depth <= 2:
        for _ in range(5):
            t, r = rng.uniform(0.2, 1), rng.uniform(7, 12)
            bx, by = (
                start[0] + (end[0] - start[0]) * t + rng.uniform(-9, 9),
                start[1] + (end[1] - start[1]) * t + rng.uniform(-9, 9),
            )
            c.oval(bx, by, r, None, petal)
            c.oval(bx - r * 0.2, by - r * 0.2, r * 0.55, None, mix(petal, (255, 255, 255), 0.45))
            c.oval(bx, by, r * 0.22, None, c.light.accent2)
    if depth:
        for turn in (rng.uniform(0.25, 0.6), -rng.uniform(0.25, 0.6)):
            blossom(c, end, angle + turn, length * rng.uniform(0.62, 0.78), petal, depth - 1)


def _steps(n: int) -> list[float]:
    return [k / n for k in range(n + 1)]
