"""A craft village."""

import math

from .. import people, plants, scenery
from ..canvas import HEIGHT, WIDTH, Canvas, mix
from ..palettes import STRAW, rgb


def village_yard(c: Canvas) -> None:
    """A craft village: the brick yard of an old tiled house, jars under straw hats, trays of tea, areca palms."""
    light, rng = c.light, c.rng
    side = rng.choice((-1, 1))
    scenery.sky(c, (800 + side * rng.uniform(330, 520), rng.uniform(140, 220)), 56, (60, 220))
    scenery.ranges(c, 520, 3, 250, 0.45)
    for _ in range(30):
        plants.tree(c, rng.uniform(-20, 1620), 570, rng.uniform(110, 210), far=0.25)
    for dx in (-640, -560, 600, 690):
        plants.palm(c, 800 + side * dx, 600, rng.uniform(390, 470), lean=rng.uniform(-0.05, 0.05))
    brick = light.on(rgb("cf8f6a"))
    c.panel((0, 590, WIDTH, 312), (mix(brick, light.haze, 0.4), brick, mix(brick, light.near, 0.25)))
    for k in range(9):
        c.rect(0, 598 + 3.8 * k * k + 4 * k, WIDTH, 1.2 + 0.3 * k, light.ink, 0.12)
    for k in range(-12, 13):
        c.line([(800 + k * 80, 590), (800 + k * 260, HEIGHT)], light.ink, 1.6, 0.08)
    _tiled_house(c, 800 - side * 90, 618, 860)
    plants.banana(c, 800 + side * 560, 650, 230)
    plants.banana(c, 800 + side * 640, 664, 190)
    for row in range(3):
        for k in range(4 + row):
            _jar(c, 800 + side * (250 + row * 18 + k * (104 + row * 16)), 694 + row * 78, 74 + row * 20)
    _weaver(c, 800 - side * 300, 826, 250, side)
    people.person(c, 800 + side * 60, 800, 216, hat="non", face=-side, reach=0.8, walk=False)
    for dx, y, r in ((470, 736, 78), (630, 772, 84), (-20, 858, 88), (520, 850, 92)):
        _tray(c, 800 - side * dx, y, r)
    people.person(c, 800 - side * 690, 706, 128, face=side, shirt=rgb("f0a93b"))
    edge = mix(light.near, light.ink, 0.35)
    plants.frond(c, (WIDTH if side > 0 else 0, 10), math.pi - 0.1 if side > 0 else 0.1, 420, edge)
    plants.frond(c, (WIDTH if side > 0 else 0, -10), math.pi - 0.6 if side > 0 else 0.6, 400, edge)


def _tiled_house(c: Canvas, x: float, y: float, w: float) -> None:
    """A low wooden house of three bays under a big brown-tiled roof."""
    light = c.light
    wood, wall = light.on(rgb("7b4a35")), light.on(rgb("f0dcb4"))
    c.rect(x - w * 0.46, y - 150, w * 0.92, 150, wall)
    for k in range(3):
        dx = x + w * (-0.36 + 0.26 * k)
        c.rect(dx, y - 132, w * 0.2, 126, mix(wood, light.ink, 0.25))
        for i in range(4):
            c.rect(
                dx + 4 + i * w * 0.05,
                y - 128,
                w * 0.044,
                118,
                mix(wood, light.lamp if light.dark else light.on(rgb("b98a5f")), 0.35 if i in (1, 2) else 0.12),
            )
    for k in range(5):
        c.rect(x + w * (-0.45 + 0.22 * k), y - 156, 15, 156, wood)
    c.fade((x - w * 0.46, y - 152, w * 0.92, 56), light.ink, (0.42, 0))
    tile = mix(light.roof, light.on(rgb("8c4a35")), 0.5)
    c.poly([(x - w * 0.54, y - 134), (x - w * 0.42, y - 290), (x + w * 0.42, y - 290), (x + w * 0.54, y - 134)], tile)
    for k in range(9):
        t = k / 9
        yy, half = y - 290 + 156 * t, w * (0.42 + 0.12 * t)
        c.rect(x - half, yy, 2 * half, 3, mix(tile, light.ink, 0.22))
        for i in range(int(half / 15)):
            c.wedge(
                x - half + 15 + i * 30 + 15 * (k % 2),
                yy + 5,
                13,
                11,
                (0, 180),
                mix(tile, (255, 214, 180), 0.12 + 0.1 * ((i + k) % 3)),
            )
    c.rect(x - w * 0.44, y - 302, w * 0.88, 18, mix(tile, light.on((250, 240, 220)), 0.4), radius=6)
    for end in (-1, 1):
        c.poly(
            [(x + end * w * 0.44, y - 300), (x + end * w * 0.47, y - 330), (x + end * w * 0.41, y - 300)],
            mix(tile, light.on((250, 240, 220)), 0.4),
        )
    c.rect(x - w * 0.48, y - 8, w * 0.96, 14, mix(light.on(rgb("d8c8b0")), light.ink, 0.1))
    c.fade((x - w * 0.5, y + 6, w, 40), light.ink, (0.3, 0))


def _jar(c: Canvas, x: float, y: float, h: float) -> None:
    light = c.light
    clay = light.on(rgb("8a4b38"))
    people.shadow(c, x, y, h * 0.5)
    c.oval(x, y - h * 0.42, h * 0.42, h * 0.42, mix(clay, light.ink, 0.3))
    c.oval(x - h * 0.03, y - h * 0.43, h * 0.38, h * 0.4, clay)
    c.oval(x - h * 0.16, y - h * 0.56, h * 0.09, h * 0.14, mix(clay, (255, 225, 190), 0.5), 0.6)
    c.rect(x - h * 0.24, y - h * 0.05, h * 0.48, h * 0.06, mix(clay, light.ink, 0.35))
    straw = light.on(STRAW)
    c.poly([(x - h * 0.46, y - h * 0.74), (x, y - h * 1.12), (x + h * 0.46, y - h * 0.74)], straw)
    c.poly([(x, y - h * 1.12), (x + h * 0.46, y - h * 0.74), (x + h * 0.08, y - h * 0.7)], mix(straw, light.ink, 0.18))


def _tray(c: Canvas, x: float, y: float, r: float) -> None:
    """A round bamboo tray of tea leaves."""
    light, rng = c.light, c.rng
    c.oval(x, y + 7, r * 1.04, r * 0.33, light.ink, 0.25)
    c.oval(x, y, r, r * 0.32, mix(light.on(STRAW), light.ink, 0.2))
    c.oval(x, y - 2, r * 0.9, r * 0.26, light.leaf)
    for _ in range(44):
        a, d = rng.uniform(0, math.tau), math.sqrt(rng.random()) * 0.84
        c.oval(
            x + math.cos(a) * d * r,
            y - 3 + math.sin(a) * d * r * 0.25,
            6,
            2.6,
            mix(light.leaf, light.leaf_light, rng.random()),
        )


def _weaver(c: Canvas, x: float, y: float, h: float, face: int) -> None:
    """Someone on a low stool weaving a basket."""
    light, u = c.light, h / 10
    shirt, trousers = light.on(rgb("7a5a8c")), light.on(rgb("37415c"))
    people.shadow(c, x + u * face, y, 3.6 * u)
    c.rect(x - 1.2 * u, y - 1.9 * u, 2.4 * u, 1.9 * u, mix(light.on(rgb("8a5a3c")), light.ink, 0.2), radius=0.2 * u)
    c.line(
        [(x, y - 2.2 * u), (x + 2.5 * u * face, y - 2.6 * u), (x + 2.7 * u * face, y - 0.3 * u)],
        trousers,
        1.3 * u,
        round_ends=True,
    )
    c.line([(x, y - 2.6 * u), (x + 0.4 * u * face, y - 5.2 * u)], shirt, 2.3 * u, round_ends=True)
    straw = light.on(STRAW)
    bx = x + 3.1 * u * face
    c.poly(
        [
            (bx - 1.5 * u, y - 4.3 * u),
            (bx + 1.5 * u, y - 4.3 * u),
            (bx + 1.1 * u, y - 2.4 * u),
            (bx - 1.1 * u, y - 2.4 * u),
        ],
        straw,
    )
    for k in range(4):
        c.line(
            [(bx - 1.4 * u, y - (4 - 0.45 * k) * u), (bx + 1.4 * u, y - (4 - 0.45 * k) * u)],
            mix(straw, light.ink, 0.3),
            0.14 * u,
        )
    for k in range(6):
        c.line(
            [(bx - 1.3 * u + k * 0.52 * u, y - 4.2 * u), (bx - 1.7 * u + k * 0.7 * u, y - 5.5 * u)],
            mix(straw, light.ink, 0.15),
            0.12 * u,
        )
    c.line(
        [(x + 0.5 * u * face, y - 5.2 * u), (x + 1.3 * u * face, y - 3.7 * u), (x + 2.6 * u * face, y - 4 * u)],
        mix(shirt, light.ink, 0.2),
        0.8 * u,
        round_ends=True,
    )
    c.oval(x + 2.6 * u * face, y - 4 * u, 0.45 * u, None, light.on(rgb("e0a981")))
    people.head(c, x + 0.8 * u * face, y - 6.9 * u, u, "non", face)
