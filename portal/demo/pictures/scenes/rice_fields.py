"""The rice fields."""

import math
from itertools import pairwise

from .. import people, plants, scenery
from ..canvas import HEIGHT, WIDTH, Canvas, Point, mix
from ..palettes import rgb


def rice_fields(c: Canvas) -> None:
    """Paddies between winding banks under a big sky, a child on a buffalo, a path to the houses under the palms."""
    light, rng = c.light, c.rng
    horizon, side = 430, rng.choice((-1, 1))
    home = (800 - side * rng.uniform(240, 380), horizon + 26)
    scenery.sky(c, (800 + side * rng.uniform(120, 330), rng.uniform(200, 280)), 64)
    scenery.ranges(c, horizon, 4, 200, 0.45)
    scenery.ground(c, horizon)
    _paddies(c, home[0], horizon)
    for dx in (-150, 30, 250):
        _farmhouse(c, home[0] + dx + rng.uniform(-30, 30), horizon + 22)
    for _ in range(18):
        plants.tree(c, rng.uniform(-20, 1620), horizon + 16, rng.uniform(34, 66), far=0.3)
    walk = _path(c, home, 800 + side * 120)
    people.cyclist(c, walk[8][0], walk[8][1], 74, face=side)
    people.carrier(c, walk[15][0], walk[15][1], 142, face=-side)
    bx = 800 + side * rng.uniform(430, 500)
    _buffalo(c, bx, 735, 220, -side)
    scenery.birds(c, bx - 330, 330, 6)
    edge = mix(mix(light.leaf, light.near, 0.55), light.ink, 0.2)
    plants.grass(c, 912, 130, mix(light.leaf, light.near, 0.25), count=130)
    plants.grass(c, 914, 80, edge, count=150)
    plants.palm(c, 800 - side * 690, 915, 660, lean=0.1 * side, colour=edge)


def _paddies(c: Canvas, vanish: float, horizon: float) -> None:
    """Wavy bands of field from far to near, each cut across by banks that run towards the vanishing point."""
    light, rng = c.light, c.rng
    greens = [light.leaf_light, mix(light.leaf_light, light.accent2, 0.42), mix(light.leaf, light.leaf_light, 0.5)]
    bank = mix(light.ground, light.near, 0.22)
    bands, shift, drop = 8, rng.uniform(0, math.tau), HEIGHT - horizon
    for r in range(bands):
        t = r / (bands - 1)
        y, wave, thick = horizon + 10 + drop * 0.9 * t**1.7, 5 + 24 * t, 3 + 7 * t
        line = [(x, y + wave * math.sin(x / (330 + 240 * t) + shift + r * 0.9)) for x in range(-20, WIDTH + 60, 40)]
        colour = mix(greens[r % 3], light.haze, 0.4 * (1 - t))
        c.poly(scenery.below([(x, v - thick) for x, v in line]), bank)
        c.poly(scenery.below(line), colour)
        deep = drop * 0.9 * (min(1.3, (r + 1) / (bands - 1)) ** 1.7 - t**1.7) + 2 * wave
        cuts = sorted(rng.uniform(-300, WIDTH + 300) for _ in range(9 - r // 2))
        for x0, x1 in pairwise(cuts):
            spread = 1 + deep / (y - horizon + 60)
            if rng.random() < 0.34:
                pool = mix(mix(light.sky[-1], light.water, 0.4), light.haze, 0.2 * (1 - t))
                near = [(vanish + (x - vanish) * spread, y + deep) for x in (x1, x0)]
                c.poly([*(p for p in line if x0 <= p[0] <= x1), *near], pool)
            for wide, tone in ((thick, bank),):
                c.line([(x0, y - wave), (vanish + (x0 - vanish) * spread, y + deep)], tone, wide)
        for k in range(1, 5 + r // 2):
            dy = deep * k / (5 + r // 2)
            c.line([(x, v + dy) for x, v in line], mix(colour, light.leaf, 0.5), 1.2 + 1.8 * t, 0.5)


def _path(c: Canvas, home: Point, foot: float) -> list[Point]:
    """A winding dirt path from the houses to the viewer; returns its middle line, far to near, 21 points."""
    light = c.light
    earth = mix(light.on(rgb("e8cfa0")), light.ground, 0.25)
    middle, left, right = [], [], []
    for k in range(21):
        t = k / 20
        y = home[1] + (HEIGHT + 20 - home[1]) * t**1.5
        x = home[0] + (foot - home[0]) * t + 190 * math.sin(t * 5.6) * (0.25 + 0.75 * t)
        half = 3 + 58 * t**1.6
        middle.append((x, y))
        left.append((x - half, y))
        right.append((x + half, y))
    grow = [(x - 5 - 9 * k / 20, y) for k, (x, y) in enumerate(left)] + [
        (x + 5 + 9 * k / 20, y) for k, (x, y) in enumerate(right)
    ][::-1]
    c.poly(grow, mix(light.leaf, light.ground, 0.3))
    c.poly(left + right[::-1], earth)
    c.poly(
        [((a * 2 + b) / 3, y) for (a, y), (b, _) in zip(left, right, strict=True)]
        + [((a + b * 2) / 3, y) for (a, y), (b, _) in zip(left, right, strict=True)][::-1],
        mix(earth, light.disc, 0.25),
    )
    return middle


def _farmhouse(c: Canvas, x: float, y: float) -> None:
    light = c.light
    wall = mix(light.on(rgb("f3e2c4")), light.haze, 0.15)
    c.rect(x - 46, y - 30, 92, 30, wall)
    c.poly([(x - 56, y - 28), (x - 40, y - 58), (x + 40, y - 58), (x + 56, y - 28)], mix(light.roof, light.haze, 0.12))
    for k in (-28, -4, 20):
        c.rect(x + k, y - 22, 10, 16, light.lamp if light.dark else mix(light.near, wall, 0.3))
    plants.palm(c, x + 66, y + 2, 108)
    plants.palm(c, x + 86, y + 2, 84, lean=0.06)
    plants.tree(c, x - 74, y + 2, 74, far=0.12)


def _buffalo(c: Canvas, x: float, y: float, w: float, face: int) -> None:
    """A water buffalo with a child on its back."""
    hide = c.light.on(rgb("5a5560"))
    dim, u = mix(hide, c.light.ink, 0.35), w / 10
    people.shadow(c, x, y, w * 0.55)
    for k, tone in ((-2.9, dim), (2.2, dim), (-2.1, hide), (1.5, hide)):
        c.poly(
            [
                (x + (k - 0.55) * u, y - 3 * u),
                (x + (k + 0.55) * u, y - 3 * u),
                (x + (k + 0.36) * u, y),
                (x + (k - 0.36) * u, y),
            ],
            tone,
        )
    c.oval(x, y - 3.7 * u, 3.6 * u, 1.75 * u, hide)
    c.oval(x + 2.2 * u * face, y - 4.1 * u, 1.7 * u, 1.5 * u, hide)
    c.poly(
        [
            (x + 3 * u * face, y - 5.2 * u),
            (x + 5.4 * u * face, y - 4.6 * u),
            (x + 5.6 * u * face, y - 3 * u),
            (x + 4.8 * u * face, y - 2.8 * u),
            (x + 3 * u * face, y - 3.2 * u),
        ],
        hide,
    )
    horn = mix(c.light.on(rgb("e8dcc0")), c.light.ink, 0.25)
    c.line(
        [(x + 4.3 * u * face, y - 5 * u), (x + 3.9 * u * face, y - 6.1 * u), (x + 2.6 * u * face, y - 6.4 * u)],
        horn,
        0.4 * u,
    )
    c.line([(x - 3.5 * u * face, y - 4.2 * u), (x - 4.1 * u * face, y - 2 * u)], dim, 0.28 * u)
    h, sx, sy = u * 4.6, x - 0.2 * u * face, y - 5.2 * u
    c.line(
        [(sx, sy), (sx + 0.9 * u * face, sy + 1.5 * u)],
        mix(c.light.on(rgb("37415c")), c.light.ink, 0.1),
        0.75 * u,
        round_ends=True,
    )
    c.line([(sx, sy), (sx, sy - 1.3 * u)], c.light.accent, 1.15 * u, round_ends=True)
    people.head(c, sx, sy - 2.3 * u, h / 10 * 1.25, "non", face)
