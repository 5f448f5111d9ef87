"""Scenes of water: the river and its bridge, the lake and its pavilion."""

import math

from .. import people, plants, scenery
from ..buildings import lamp_post
from ..canvas import WIDTH, Canvas, mix
from ..palettes import STEEL, rgb


def river_bridge(c: Canvas) -> None:
    """An arched road bridge over a slow river, hills behind, a boat passing below."""
    light, rng = c.light, c.rng
    shore = 500
    sun = (rng.choice((430, 1180)) + rng.uniform(-60, 60), rng.uniform(250, 330))
    scenery.sky(c, sun, 62)
    scenery.ranges(c, shore, 4, 215, 0.5)
    for _ in range(26):
        x = rng.uniform(-20, 1620)
        plants.tree(c, x, shore + 4, rng.uniform(40, 78), far=0.34)
    deck = 452
    _arches(c, deck, shore)
    scenery.water(c, shore, sun[0])
    _bank(c, shore)
    boat_x = 900 if sun[0] < 800 else 640
    people.boat(
        c, boat_x + rng.uniform(-60, 60), rng.uniform(640, 690), rng.uniform(200, 240), face=rng.choice((-1, 1))
    )
    people.boat(c, boat_x + rng.choice((-330, 330)), 570, 96, face=rng.choice((-1, 1)))
    scenery.birds(c, rng.uniform(500, 900), rng.uniform(210, 270), rng.randint(4, 7))
    edge = mix(light.near, light.ink, 0.45)
    plants.bamboo(c, 60, 930, 640, edge, 6)
    plants.grass(c, 910, 110, edge, (-20, 560), 60)
    plants.grass(c, 910, 70, edge, (1180, 1620), 46)


def _arches(c: Canvas, deck: float, shore: float) -> None:
    """Tied steel arches on stone piers, a thin deck, lamps, and traffic on it."""
    light, rng = c.light, c.rng
    spans = rng.choice((2, 3))
    left, right = 150, 1450
    steel = rng.choice((light.accent, mix(light.on((250, 246, 236)), light.haze, 0.1), light.roof))
    shade = mix(steel, light.ink, 0.3)
    stone = mix(light.on(STEEL), light.haze, 0.35)
    span = (right - left) / spans
    rise = 62 + 210 / spans
    for k in range(spans):
        x0 = left + k * span
        for depth, tone in ((12, shade), (0, steel)):
            arch = [
                (x0 + depth + span * t / 24, deck - depth * 0.5 - rise * math.sin(math.pi * t / 24)) for t in range(25)
            ]
            c.line(arch, tone, 11 - depth * 0.3)
            for t in range(2, 23, 2):
                c.line([arch[t], (arch[t][0], deck)], tone, 2.2)
    for k in range(spans + 1):
        x = left + k * span
        c.poly([(x - 19, deck), (x + 19, deck), (x + 25, shore + 8), (x - 25, shore + 8)], stone)
        c.poly([(x + 5, deck), (x + 19, deck), (x + 25, shore + 8), (x + 7, shore + 8)], mix(stone, light.ink, 0.2))
    for x, face in ((240, 1), (560, 1), (760, -1), (1120, 1), (1330, -1)):
        draw = rng.choice((people.cyclist, people.motorbike))
        draw(c, x + rng.uniform(-60, 60), deck - 1, 36, face=face)
    c.rect(0, deck, WIDTH, 13, mix(stone, light.ink, 0.25))
    c.rect(0, deck - 3, WIDTH, 5, mix(stone, (255, 255, 255), 0.35))
    for x in range(8, WIDTH, 22):
        c.rect(x, deck - 14, 2, 12, shade)
    c.rect(0, deck - 16, WIDTH, 3, shade)
    for x in range(120, WIDTH, 227):
        lamp_post(c, x, deck, 72, 1 if x < 800 else -1)


def _bank(c: Canvas, shore: float) -> None:
    light = c.light
    for side, reach in ((0, 330), (WIDTH, 250)):
        sign = 1 if side == 0 else -1
        line = [
            (side - sign * 10, shore - 26),
            (side + sign * reach * 0.4, shore - 14),
            (side + sign * reach, shore + 14),
            (side + sign * reach * 0.5, shore + 34),
            (side - sign * 10, shore + 60),
        ]
        c.poly(line, mix(light.leaf, light.near, 0.25))
        for k in range(4):
            plants.tree(c, side + sign * (20 + k * 58), shore + 12, c.rng.uniform(95, 150), far=0.08)


def lake_boats(c: Canvas) -> None:
    """A lake among hills: a pavilion on its causeway, rowing boats, lotus in the foreground."""
    rng = c.rng
    shore = 470
    side = rng.choice((-1, 1))
    sun = (800 - side * rng.uniform(180, 330), rng.uniform(190, 260))
    scenery.sky(c, sun, 60)
    scenery.ranges(c, shore, 4, 290, 0.6)
    for _ in range(34):
        plants.tree(c, rng.uniform(-20, 1620), shore + 3, rng.uniform(34, 70), far=0.3)
    px = 800 + side * 330
    _pavilion(c, px, shore + 6, 190, side)
    scenery.water(c, shore, sun[0], clear=0.32)
    for k in range(rng.randint(3, 4)):
        people.boat(
            c,
            300 + k * 290 + rng.uniform(-70, 70),
            550 + rng.choice((0, 46, 96)),
            rng.uniform(110, 150),
            face=rng.choice((-1, 1)),
        )
    people.boat(c, 800 - side * 140, 700, 270, face=side)
    scenery.birds(c, sun[0] + 120, 250, 5)
    for _ in range(34):
        x, t = rng.uniform(-40, 1640), rng.random()
        if abs(x - (800 - side * 140)) > 300 or t > 0.55:
            plants.lotus(c, x, 770 + 130 * t, 40 + 62 * t, rng.random() < 0.3)


def _pavilion(c: Canvas, x: float, y: float, w: float, side: int) -> None:
    light = c.light
    wood, roof = mix(light.on(rgb("9a4a35")), light.ink, 0.15), light.roof
    c.rect(x if side > 0 else x - 900, y - 14, 900, 8, wood)
    for k in range(24):
        c.rect(x + side * k * 38, y - 32, 3, 26, wood)
    c.rect(x if side > 0 else x - 900, y - 34, 900, 4, wood)
    c.rect(x - w * 0.62, y - 14, w * 1.24, 16, mix(light.on(STEEL), light.haze, 0.3))
    c.rect(x - w * 0.36, y - w * 0.56, w * 0.72, w * 0.5, mix(light.lamp if light.dark else light.haze, wood, 0.12))
    for k in range(5):
        c.rect(x + w * (-0.46 + 0.2175 * k), y - w * 0.58, w * 0.045, w * 0.52, wood)
    for level, width in ((0.55, 1.0), (0.98, 0.62)):
        half, base = w * 0.66 * width, y - w * level
        eave = [
            (x - half * 1.06, base - w * 0.07),
            (x - half * 0.86, base),
            (x + half * 0.86, base),
            (x + half * 1.06, base - w * 0.07),
        ]
        c.poly([*eave, (x + half * 0.42, base - w * 0.28), (x - half * 0.42, base - w * 0.28)], roof)
        c.poly(
            [
                eave[3],
                eave[2],
                (x + half * 0.2, base),
                (x + half * 0.3, base - w * 0.28),
                (x + half * 0.42, base - w * 0.28),
            ],
            mix(roof, light.ink, 0.22),
        )
        if level < 0.9:
            c.rect(x - w * 0.2, base - w * 0.44, w * 0.4, w * 0.2, mix(light.haze, wood, 0.4))
    c.rect(x - 3, y - w * 1.42, 6, w * 0.2, light.accent2)
