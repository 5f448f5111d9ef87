"""The stadium on a sports day."""

import math

from .. import people, plants, scenery
from ..buildings import bunting, flag
from ..canvas import WIDTH, Canvas, mix
from ..palettes import CLOTHES, PAPER, RGB, STEEL, rgb


def stadium(c: Canvas) -> None:
    """The stadium on a sports day: the stand full, flags on its roof, runners coming round the red track."""
    light, rng = c.light, c.rng
    sun_x = rng.choice((rng.uniform(150, 420), rng.uniform(1180, 1450)))
    scenery.sky(c, (sun_x, rng.uniform(110, 160)), 54, (50, 150))
    scenery.ranges(c, 400, 3, 230, 0.42)
    for x in (70, 1530):
        _floodlight(c, x, 470, 390)
    for k in range(30):
        plants.tree(c, k * 56, 430, rng.uniform(70, 120), far=0.3)
    _stand(c)
    turf, lit = mix(light.leaf, light.leaf_light, 0.45), mix(light.leaf, light.leaf_light, 0.8)
    c.rect(0, 500, WIDTH, 400, mix(light.leaf, light.near, 0.2))
    track = mix(light.on(rgb("c8553d")), light.roof, 0.3)
    c.oval(800, 690, 1120, 196, mix(track, light.ink, 0.25))
    c.oval(800, 686, 1120, 192, track)
    for k in range(1, 6):
        c.ring(800, 686 - 3.4 * k, 1120 - 52 * k, 192 - 21 * k, mix(PAPER, track, 0.15), 2.2)
    c.oval(800, 668, 820, 76, turf)
    for k in range(-4, 5):
        # Mown stripes: slices of the pitch, foreshortened towards the middle.
        x0, x1 = 800 + k * 176 - 44, 800 + k * 176 + 44
        y = 74 * math.sqrt(max(0.0, 1 - ((k * 176) / 820) ** 2)) - 3
        c.poly(
            [
                (x0 * 0.94 + 48, 668 - y),
                (x1 * 0.94 + 48, 668 - y),
                (x1 * 1.04 - 32, 668 + y),
                (x0 * 1.04 - 32, 668 + y),
            ],
            lit,
        )
    for box in ((800, 668, 640, 56), (800, 668, 120, 24)):
        c.ring(*box, PAPER, 2.4, 0.85)
    c.line([(800, 612), (800, 724)], PAPER, 2.6)
    for _ in range(10):
        people.person(
            c,
            800 + rng.uniform(-520, 520),
            rng.uniform(640, 708),
            62,
            face=rng.choice((-1, 1)),
            shirt=rng.choice((rgb("f6c02f"), rgb("3f6fb0"))),
        )
    face = rng.choice((-1, 1))
    for k, x in enumerate((-430, -215, 10, 260)):
        _runner(
            c,
            800 + face * (x + rng.uniform(-26, 26)),
            822 + 12 * (k % 2) + 8 * k,
            206,
            face,
            CLOTHES[(k * 2 + rng.randrange(2)) % len(CLOTHES)],
        )
    edge = mix(light.near, light.ink, 0.35)
    for k in range(44):
        x = k * 38 + rng.uniform(-10, 10)
        c.oval(x, 900, 24, 30, edge)
        if rng.random() < 0.3:
            c.line([(x, 900), (x + rng.uniform(-14, 14), 850)], edge, 8, round_ends=True)
            c.poly([(x, 858), (x + 34, 844), (x + 4, 836)], rng.choice((light.accent, light.accent2)))
    bunting(c, (-20, 60), (WIDTH + 20, 60), 46, 34, (light.accent, light.accent2, light.leaf_light))


def _stand(c: Canvas) -> None:
    light, rng = c.light, c.rng
    concrete = mix(light.on(rgb("d8d6d0")), light.haze, 0.2)
    c.poly([(120, 340), (1480, 340), (1580, 520), (20, 520)], concrete)
    for row in range(9):
        y = 350 + row * 17
        half = 672 + row * 9.5
        c.rect(800 - half, y + 10, 2 * half, 3, mix(concrete, light.ink, 0.25))
        for k in range(int(half / 10)):
            if rng.random() < 0.72:
                x = 800 - half + 20 * k + rng.uniform(2, 12)
                c.rect(x - 5, y, 10, 11, mix(light.on(rng.choice(CLOTHES)), light.haze, 0.25), radius=3)
                c.oval(x, y - 3, 4.4, None, mix(light.on(rgb("d9a27c")), light.haze, 0.2))
    for x in (420, 800, 1180):
        c.poly([(x - 14, 344), (x + 14, 344), (x + 18, 516), (x - 18, 516)], mix(concrete, light.ink, 0.12))
    c.rect(0, 500, WIDTH, 24, light.accent)
    c.rect(0, 500, WIDTH, 6, mix(light.accent, PAPER, 0.4))
    for x in range(190, 1480, 152):
        c.line([(x, 350), (x + (800 - x) * 0.03, 262)], mix(light.on(STEEL), light.ink, 0.2), 6)
    c.poly([(90, 268), (170, 222), (1430, 222), (1510, 268)], mix(light.on(PAPER), light.haze, 0.2))
    c.poly([(90, 268), (1510, 268), (1500, 280), (100, 280)], mix(light.roof, light.ink, 0.1))
    c.fade((130, 280, 1340, 74), light.ink, (0.34, 0.05))
    for k in range(8):
        flag(c, 210 + k * 168, 224, 84, (light.accent, light.accent2)[k % 2], 0.5)


def _floodlight(c: Canvas, x: float, y: float, h: float) -> None:
    light = c.light
    steel = mix(light.on(STEEL), light.ink, 0.3)
    c.poly([(x - 9, y), (x + 9, y), (x + 4, y - h), (x - 4, y - h)], steel)
    c.rect(x - 48, y - h - 40, 96, 52, steel, radius=5)
    for row in range(2):
        for k in range(4):
            c.oval(x - 33 + 22 * k, y - h - 26 + 24 * row, 8, None, light.lamp if light.dark else PAPER)
    if light.dark:
        c.glow(x, y - h - 14, 150, light.lamp, 0.7)


def _runner(c: Canvas, x: float, y: float, h: float, face: int, shirt: RGB) -> None:
    light, u, on = c.light, h / 10, c.light.on
    skin, shirt = on(rgb("e0a981")), on(shirt)
    people.shadow(c, x, y, 3.4 * u, 0.3)
    hip, neck = (x, y - 4.6 * u), (x + 0.8 * u * face, y - 8 * u)
    dim = mix(skin, light.ink, 0.25)
    c.line([hip, (x - 1.3 * u * face, y - 2.9 * u), (x - 3.2 * u * face, y - 2.5 * u)], dim, 0.9 * u, round_ends=True)
    c.line([neck, (x - 1.2 * u * face, y - 6.9 * u), (x - 1.7 * u * face, y - 5.4 * u)], dim, 0.7 * u, round_ends=True)
    c.line([hip, (x + 1.7 * u * face, y - 3.7 * u), (x + 1.3 * u * face, y - 0.4 * u)], skin, 0.95 * u, round_ends=True)
    c.oval(x + 1.7 * u * face, y - 0.25 * u, 0.75 * u, 0.36 * u, PAPER)
    c.oval(x - 3.4 * u * face, y - 2.3 * u, 0.36 * u, 0.7 * u, PAPER)
    c.line([(hip[0], hip[1] - 0.3 * u), (x + 0.9 * u * face, y - 4.1 * u)], on(rgb("37415c")), 1.9 * u, round_ends=True)
    c.line([hip, neck], shirt, 2.1 * u, round_ends=True)
    c.rect(x - 0.3 * u + 0.35 * u * face, y - 7.2 * u, 1.1 * u, 1.3 * u, PAPER, 0.9)
    c.line([neck, (x + 2 * u * face, y - 6.6 * u), (x + 2.9 * u * face, y - 7.6 * u)], skin, 0.7 * u, round_ends=True)
    people.head(c, neck[0] + 0.5 * u * face, neck[1] - 1.3 * u, u, c.rng.choice(("hair", "bun")), face)
