"""A pot of tea by the window."""

import math

from .. import interior, plants
from ..canvas import HEIGHT, WIDTH, Canvas, mix
from ..palettes import PAPER, RGB, rgb


def tea_table(c: Canvas) -> None:
    """A pot of tea and small cups on a wooden table, steam rising before the hills where it was picked."""
    light, rng = c.light, c.rng
    hole = (180.0, 70.0, 1240.0, 500.0)
    sun = (rng.uniform(480, 1120), rng.uniform(190, 270))
    interior.outside(c, sun, 450)
    for k, x in enumerate((380, 1180, 800)):
        y = 440 + 34 * k
        c.oval(x, y + 320, 560, 320, mix(mix(light.leaf, light.ink, 0.1), light.haze, 0.35 - 0.1 * k))
        for row in range(8):
            line = [
                (
                    x + 560 * (1 - 0.03 * row) * math.cos(math.radians(a)),
                    y + 322 + 20 * row + 320 * math.sin(math.radians(a)),
                )
                for a in range(200, 342, 6)
            ]
            c.line(line, mix(light.leaf_light, light.haze, 0.4 - 0.12 * k), 5 + row, 0.8)
    wood = light.on(rng.choice((rgb("9a5f3f"), rgb("7d4a38"), rgb("a8754d"))))
    wall = mix(light.on(rgb("e9d6b8")), wood, 0.12)
    interior.wall(c, hole, wall, mix(wall, light.ink, 0.14), 640)
    interior.view(c, *hole, mix(wood, light.ink, 0.2), 4)
    top = 640
    c.panel((0, top, WIDTH, HEIGHT - top + 2), (mix(wood, PAPER, 0.28), wood, mix(wood, light.ink, 0.35)))
    for k in range(6):
        c.rect(0, top + 20 + 9 * k * k, WIDTH, 2, light.ink, 0.16)
    c.fade((0, top, WIDTH, 40), light.disc, (0.45, 0))
    clay = light.on(rng.choice((rgb("9c4f3a"), rgb("3f6f66"), rgb("3d5f8a"), rgb("ece3d2"), rgb("6b4a3f"))))
    side = rng.choice((-1, 1))
    x = 800 - side * 130
    c.oval(800, 814, 600, 70, light.ink, 0.3)
    c.oval(800, 802, 600, 70, mix(wood, light.ink, 0.42))
    c.oval(800, 794, 578, 61, mix(wood, light.ink, 0.2))
    _teapot(c, x, 800, 310, clay, side)
    for k, dx in enumerate((268, 392, 505)):
        cx, cy = x + side * dx, 792 + (0, 26, -4)[k]
        _cup(c, cx, cy, 52, clay)
        _steam(c, cx, cy - 62, 130)
    _steam(c, x + side * 222, 610, 200)
    _leaf_dish(c, x - side * 310, 806, 100)
    if rng.random() < 0.5:
        petal = mix(light.on(rgb("f4a0b4")), rgb("f4a0b4"), 0.4)
        plants.blossom(
            c, (-20, 120) if side > 0 else (WIDTH + 20, 120), 0.5 if side > 0 else math.pi - 0.5, 150, petal, 4
        )
    else:
        interior.pot(c, 800 - side * 640, 760, 330)


def _teapot(c: Canvas, x: float, y: float, w: float, clay: RGB, side: int) -> None:
    light = c.light
    dim, lit = mix(clay, light.ink, 0.28), mix(clay, PAPER, 0.3)
    c.oval(x, y + 4, w * 0.5, w * 0.07, light.ink, 0.35)
    c.line(
        [
            (x - side * w * 0.36, y - w * 0.52),
            (x - side * w * 0.6, y - w * 0.56),
            (x - side * w * 0.68, y - w * 0.34),
            (x - side * w * 0.56, y - w * 0.16),
            (x - side * w * 0.38, y - w * 0.14),
        ],
        dim,
        w * 0.065,
    )
    c.poly(
        [
            (x + side * w * 0.34, y - w * 0.16),
            (x + side * w * 0.52, y - w * 0.3),
            (x + side * w * 0.6, y - w * 0.58),
            (x + side * w * 0.74, y - w * 0.6),
            (x + side * w * 0.66, y - w * 0.3),
            (x + side * w * 0.42, y - w * 0.04),
        ],
        dim,
    )
    c.oval(x, y - w * 0.33, w * 0.47, w * 0.34, dim)
    c.oval(x - w * 0.025, y - w * 0.345, w * 0.43, w * 0.31, clay)
    c.oval(x - w * 0.16, y - w * 0.46, w * 0.17, w * 0.1, lit, 0.7)
    c.rect(x - w * 0.3, y - w * 0.04, w * 0.6, w * 0.05, dim, radius=w * 0.02)
    c.oval(x, y - w * 0.63, w * 0.24, w * 0.055, dim)
    c.wedge(x, y - w * 0.63, w * 0.22, w * 0.13, (180, 360), clay)
    c.oval(x, y - w * 0.77, w * 0.05, None, dim)
    for k in range(3):
        c.oval(x + (k - 1) * w * 0.2, y - w * 0.27 + abs(k - 1) * w * 0.03, w * 0.045, w * 0.03, light.accent2, 0.8)


def _cup(c: Canvas, x: float, y: float, r: float, clay: RGB) -> None:
    light = c.light
    c.oval(x, y + 6, r * 1.35, r * 0.26, light.ink, 0.3)
    c.oval(x, y + 2, r * 1.3, r * 0.24, mix(clay, PAPER, 0.15))
    c.poly([(x - r, y - r * 1.15), (x + r, y - r * 1.15), (x + r * 0.62, y - 2), (x - r * 0.62, y - 2)], clay)
    c.poly(
        [(x + r * 0.45, y - r * 1.15), (x + r, y - r * 1.15), (x + r * 0.62, y - 2), (x + r * 0.3, y - 2)],
        light.ink,
        0.18,
    )
    c.oval(x, y - r * 1.15, r, r * 0.27, mix(clay, PAPER, 0.45))
    c.oval(x, y - r * 1.13, r * 0.86, r * 0.2, light.on(rgb("c9b24a")))
    c.oval(x - r * 0.2, y - r * 1.17, r * 0.4, r * 0.07, PAPER, 0.5)


def _steam(c: Canvas, x: float, y: float, h: float) -> None:
    for k in (-1, 1):
        wave = [(x + k * 9 + math.sin(t * 5 + k) * 15 * (0.3 + t), y - h * t) for t in (i / 14 for i in range(15))]
        for part in range(4):
            c.line(wave[part * 3 : part * 3 + 4], (255, 255, 255), 9 - part * 1.5, 0.42 - 0.1 * part)


def _leaf_dish(c: Canvas, x: float, y: float, r: float) -> None:
    light, rng = c.light, c.rng
    c.oval(x, y + 6, r * 1.06, r * 0.28, light.ink, 0.3)
    c.oval(x, y, r, r * 0.26, mix(light.on(PAPER), light.ink, 0.1))
    c.oval(x, y - 4, r * 0.92, r * 0.21, light.on(PAPER))
    for _ in range(60):
        a, d = rng.uniform(0, math.tau), math.sqrt(rng.random())
        lx, ly = x + math.cos(a) * d * r * 0.62, y - 8 - (1 - d) * r * 0.3 + math.sin(a) * d * r * 0.12
        turn = rng.uniform(0, math.pi)
        dx, dy = math.cos(turn) * 12, math.sin(turn) * 6
        c.poly(
            [(lx - dx, ly - dy), (lx + dy * 0.5, ly - dx * 0.3), (lx + dx, ly + dy), (lx - dy * 0.5, ly + dx * 0.3)],
            mix(mix(light.leaf, light.ink, 0.35), light.leaf_light, rng.random() * 0.7),
        )
