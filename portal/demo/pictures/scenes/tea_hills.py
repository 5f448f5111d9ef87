"""The tea hills."""

import math

from .. import people, plants, scenery
from ..canvas import HEIGHT, WIDTH, Canvas, mix
from ..palettes import STRAW


def tea_hills(c: Canvas) -> None:
    """Round hills combed with rows of tea, mist in the hollows, pickers at work."""
    light, rng = c.light, c.rng
    sun = (rng.uniform(1000, 1250), rng.uniform(180, 250))
    scenery.sky(c, sun, 56)
    scenery.ranges(c, 430, 3, 210, 0.42)
    c.panel((0, 425, WIDTH, 300), (mix(light.leaf_light, light.haze, 0.7), light.leaf))
    layout = [
        (1240, 405, 640, 0.42),
        (330, 425, 700, 0.36),
        (900, 500, 620, 0.22),
        (150, 580, 760, 0.1),
        (1380, 600, 760, 0.05),
    ]
    if rng.random() < 0.5:
        layout = [(WIDTH - x, y, w, far) for x, y, w, far in layout]
    for k, (x, y, half, far) in enumerate(layout):
        x, y = x + rng.uniform(-60, 60), y + rng.uniform(-14, 14)
        if k >= 2:
            _pickers(c, x, y, half, 66 + 22 * (k - 2), rng.randint(1, 2))
        _hill(c, x, y, half, far)
        if k < 2:
            for dx in (-0.16, -0.05, 0.1):
                plants.tree(c, x + dx * half, y + 16, rng.uniform(58, 92), far=far)
        c.fade((0, y + 50, WIDTH, 130), light.haze, (0, 0.3 - 0.05 * k, 0))
    x = rng.uniform(560, 1040)
    _pickers(c, x, 738, 900, 182, rng.randint(2, 3))
    _hill(c, x, 738, 900, 0)
    for x in range(-40, WIDTH + 80, 62):
        y, w = HEIGHT + rng.uniform(6, 26), rng.uniform(120, 160)
        plants.bush(
            c, x, y, w, mix(light.leaf, light.ink, rng.uniform(0.1, 0.3)), mix(light.leaf, light.leaf_light, 0.4)
        )


def _pickers(c: Canvas, x: float, y: float, half: float, h: float, count: int) -> None:
    """Pickers along the crest of a hill that is drawn next, so that its rows hide them to the thigh."""
    places = c.rng.sample((-0.3, -0.17, 0.02, 0.16, 0.29), count)
    for place in sorted(places):
        dx = half * (place + c.rng.uniform(-0.03, 0.03))
        crest = y + half * 0.62 * (1 - math.sqrt(1 - (dx / half) ** 2))
        if 60 < x + dx < WIDTH - 60:
            _picker(c, x + dx, crest + h * 0.3, h)


def _hill(c: Canvas, x: float, y: float, half: float, far: float) -> None:
    """A rounded hill with its summit at (x, y), ringed by rows of bushes that widen towards the viewer."""
    light = c.light
    base = mix(mix(light.leaf, light.ink, 0.18), light.haze, far)
    lit, dim = mix(mix(light.leaf_light, light.leaf, 0.25), light.haze, far), mix(light.leaf, light.haze, far)
    height = half * 0.62
    c.oval(x, y + height, half, height, base)
    rows = 13
    for k in range(rows):
        # Rows are nested ellipses sharing the hill's left foot, so that they sweep round it like contour lines.
        t = (k / rows) ** 1.25
        top = y + 7 + t * height * 0.95
        rx, cx = half * (1 - 0.2 * t), x - half * 0.12 * t
        thick = 5 + 13 * t
        line = []
        for a in range(196, 345, 6):
            angle = math.radians(a)
            line.append((cx + rx * math.cos(angle), top + height + height * math.sin(angle)))
        c.line([(px, py + thick * 0.7) for px, py in line], mix(base, light.ink, 0.16), thick)
        c.line(line, dim, thick)
        c.line([(px - 1, py - thick * 0.22) for px, py in line[: len(line) * 3 // 4]], lit, thick * 0.5)


def _picker(c: Canvas, x: float, y: float, h: float) -> None:
    """A tea picker with a basket on her back."""
    light, u = c.light, h / 10
    face = c.rng.choice((-1, 1))
    straw = mix(light.on(STRAW), light.ink, 0.3)
    people.person(c, x, y, h, hat="non", face=face, walk=False, reach=0.7)
    bx = x - 1.5 * u * face
    c.poly(
        [(bx - u, y - 7.6 * u), (bx + u, y - 7.6 * u), (bx + 0.7 * u, y - 4.8 * u), (bx - 0.7 * u, y - 4.8 * u)], straw
    )
    c.oval(bx, y - 7.6 * u, u, 0.5 * u, light.leaf_light)
