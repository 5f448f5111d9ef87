"""The one abstract scene: services that reach the citizen's telephone, above the city they belong to."""

import math

from .. import scenery
from ..buildings import skyline
from ..canvas import WIDTH, Canvas, Point, mix
from ..palettes import PAPER, RGB


def network(c: Canvas) -> None:
    """A telephone with a tick on it, joined by arcs of light to round signs of what it can do."""
    light, rng = c.light, c.rng
    focus = (800 + rng.uniform(-60, 60), 430)
    c.backdrop(light.sky, (*focus, 620, mix(light.sky[-1], light.disc, 0.5), 0.75), (*focus, 330, light.disc, 0.5))
    if light.hour == "night":
        scenery.stars(c, 620, 90)
    _mesh(c)
    for k, tall in enumerate(((70, 190), (50, 140))):
        skyline(
            c,
            905,
            tall,
            (56, 110),
            mix(mix(light.far, light.near, 0.35 + 0.45 * k), light.haze, 0.15 * (1 - k)),
            0.3 if k else 0.14,
        )
        c.mist(760 + 60 * k, 145 - 60 * k, 0.35 - 0.2 * k)
    signs = [_person, _paper, _shield, _place, _chart, _house, _card, _lock]
    rng.shuffle(signs)
    colours = [
        light.accent,
        light.accent2,
        light.leaf,
        light.roof,
        mix(light.leaf, light.sky[0], 0.55),
        light.leaf_light,
    ]
    places: list[Point] = []
    for k in range(6):
        side, row = (-1 if k < 3 else 1), k % 3
        reach = (430, 560, 400)[row] + rng.uniform(-40, 50)
        places.append((focus[0] + side * reach, 190 + row * 205 + rng.uniform(-34, 34)))
    for k, (x, y) in enumerate(places):
        bend = ((focus[0] * 0.45 + x * 0.55), min(y, focus[1]) - 90 + 40 * (k % 3))
        _arc(c, focus, bend, (x, y), colours[k])
    for k, (x, y) in enumerate(places):
        r = (66, 80, 62)[k % 3]
        c.glow(x, y + 18, r * 1.6, light.ink, 0.38)
        c.oval(x, y, r, None, mix(light.on(PAPER), PAPER, 0.5))
        c.oval(x, y, r * 0.84, None, colours[k])
        c.oval(x - r * 0.2, y - r * 0.24, r * 0.56, None, PAPER, 0.1)
        signs[k](c, x, y, r * 0.5, mix(PAPER, colours[k], 0.04), colours[k])
    _telephone(c, *focus)


def _mesh(c: Canvas) -> None:
    """A wide net of faint lines, rolling like a landscape behind the signs."""
    light, rng = c.light, c.rng
    shift, pale = rng.uniform(0, math.tau), mix(light.haze, PAPER, 0.4)
    rows = []
    for r in range(9):
        t = r / 8
        y = 520 + 330 * t**1.3
        rows.append([(x, y + (14 + 26 * t) * math.sin(x / 210 + shift + r * 0.55)) for x in range(-40, WIDTH + 80, 80)])
    for r, row in enumerate(rows):
        c.line(row, pale, 1.5, 0.16 + 0.03 * r)
    for k in range(len(rows[0])):
        c.line([row[k] for row in rows], pale, 1.3, 0.22)
    for row in rows:
        for x, y in row:
            if rng.random() < 0.3:
                c.oval(x, y, rng.uniform(2.5, 5), None, pale, 0.7)
    for _ in range(9):
        x, y = rng.choice(rng.choice(rows))
        c.glow(x, y, 34, light.accent2, 0.8)
        c.oval(x, y, 5, None, mix(light.accent2, PAPER, 0.5))


def _arc(c: Canvas, a: Point, b: Point, d: Point, colour: RGB) -> None:
    """A curve of light from `a` by way of `b` to `d`, with beads running along it."""
    path = []
    for k in range(25):
        t = k / 24
        path.append(
            (
                (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * b[0] + t * t * d[0],
                (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * b[1] + t * t * d[1],
            )
        )
    c.line(path, PAPER, 12, 0.14)
    c.line(path, mix(PAPER, colour, 0.35), 3.4)
    for k in (9, 12, 15, 18):
        c.oval(*path[k], 6, None, PAPER)
        c.oval(*path[k], 3.6, None, colour)


def _telephone(c: Canvas, x: float, y: float) -> None:
    light, w, h = c.light, 250, 480
    c.glow(x + 10, y + 60, 360, light.ink, 0.5)
    c.rect(x - w / 2, y - h / 2, w, h, mix(light.near, light.ink, 0.55), radius=36)
    screen = (x - w / 2 + 13, y - h / 2 + 13, w - 26, h - 26)
    c.rect(*screen, mix(light.sky[1], PAPER, 0.72), radius=25)
    c.rect(x - 36, y - h / 2 + 13, 72, 15, mix(light.near, light.ink, 0.55), radius=7)
    c.rect(screen[0] + 18, screen[1] + 40, 188, 66, light.accent, radius=16)
    c.oval(screen[0] + 52, screen[1] + 73, 21, None, PAPER)
    c.rect(screen[0] + 86, screen[1] + 58, 100, 10, PAPER, 0.95, radius=5)
    c.rect(screen[0] + 86, screen[1] + 78, 68, 8, PAPER, 0.7, radius=4)
    c.oval(x, y + 10, 70, None, mix(light.leaf, PAPER, 0.68))
    c.oval(x, y + 10, 54, None, light.leaf)
    c.line([(x - 25, y + 12), (x - 7, y + 30), (x + 27, y - 10)], PAPER, 12, round_ends=True)
    for k in range(3):
        cx = screen[0] + 18 + k * 66
        c.rect(cx, screen[1] + 318, 56, 56, (light.accent2, light.leaf_light, light.roof)[k], radius=14)
        c.rect(cx + 14, screen[1] + 340, 28, 7, PAPER, 0.9, radius=3)
        c.rect(cx + 14, screen[1] + 352, 18, 6, PAPER, 0.7, radius=3)
    c.rect(screen[0] + 18, screen[1] + 394, 188, 36, mix(light.near, PAPER, 0.1), radius=18)
    c.rect(x - 40, screen[1] + 407, 80, 9, PAPER, 0.9, radius=4)


def _person(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    c.oval(x, y - 0.42 * s, 0.44 * s, None, pen)
    c.wedge(x, y + 0.85 * s, 0.85 * s, 0.8 * s, (180, 360), pen)


def _paper(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    c.poly(
        [
            (x - 0.62 * s, y - 0.9 * s),
            (x + 0.25 * s, y - 0.9 * s),
            (x + 0.62 * s, y - 0.5 * s),
            (x + 0.62 * s, y + 0.9 * s),
            (x - 0.62 * s, y + 0.9 * s),
        ],
        pen,
    )
    for k in range(3):
        c.rect(x - 0.36 * s, y - 0.25 * s + 0.34 * s * k, (0.72 - 0.14 * k) * s, 0.12 * s, hole)


def _shield(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    c.poly(
        [
            (x, y - s),
            (x + 0.8 * s, y - 0.66 * s),
            (x + 0.72 * s, y + 0.2 * s),
            (x + 0.4 * s, y + 0.7 * s),
            (x, y + s),
            (x - 0.4 * s, y + 0.7 * s),
            (x - 0.72 * s, y + 0.2 * s),
            (x - 0.8 * s, y - 0.66 * s),
        ],
        pen,
    )
    c.line(
        [(x - 0.34 * s, y), (x - 0.08 * s, y + 0.28 * s), (x + 0.4 * s, y - 0.3 * s)], hole, 0.2 * s, round_ends=True
    )


def _place(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    c.oval(x, y - 0.25 * s, 0.68 * s, None, pen)
    c.poly([(x - 0.6 * s, y + 0.06 * s), (x + 0.6 * s, y + 0.06 * s), (x, y + s)], pen)
    c.oval(x, y - 0.25 * s, 0.28 * s, None, hole)


def _chart(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    for k, tall in enumerate((0.7, 1.15, 0.9, 1.6)):
        c.rect(x - 0.86 * s + 0.46 * s * k, y + 0.8 * s - tall * s, 0.32 * s, tall * s, pen, radius=0.06 * s)


def _house(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    c.poly([(x - s, y), (x, y - 0.92 * s), (x + s, y)], pen)
    c.rect(x - 0.66 * s, y - 0.1 * s, 1.32 * s, 0.95 * s, pen)
    c.rect(x - 0.18 * s, y + 0.25 * s, 0.36 * s, 0.6 * s, hole)


def _card(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    c.rect(x - s, y - 0.66 * s, 2 * s, 1.32 * s, pen, radius=0.16 * s)
    c.rect(x - s, y - 0.38 * s, 2 * s, 0.26 * s, hole)
    c.rect(x - 0.78 * s, y + 0.2 * s, 0.7 * s, 0.16 * s, hole)


def _lock(c: Canvas, x: float, y: float, s: float, pen: RGB, hole: RGB) -> None:
    c.ring(x, y - 0.3 * s, 0.46 * s, 0.55 * s, pen, 0.18 * s)
    c.rect(x - 0.7 * s, y - 0.15 * s, 1.4 * s, 1.05 * s, pen, radius=0.14 * s)
    c.oval(x, y + 0.26 * s, 0.16 * s, None, hole)
    c.rect(x - 0.07 * s, y + 0.3 * s, 0.14 * s, 0.34 * s, hole)
