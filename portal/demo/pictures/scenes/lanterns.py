"""Lanterns over the walking street."""

import math

from .. import people, plants, scenery
from ..buildings import street
from ..canvas import WIDTH, Canvas, mix
from ..palettes import RGB, rgb

_SILKS = (rgb("f0533f"), rgb("f8b23c"), rgb("f07f9d"), rgb("5fb6a8"), rgb("9c6fc0"), rgb("f78b4a"))


def lanterns(c: Canvas) -> None:
    """Silk lanterns strung over the walking street, town houses lit behind, families strolling below."""
    light, rng = c.light, c.rng
    scenery.sky(c, (rng.uniform(350, 1250), 120), 46, (60, 160))
    scenery.ranges(c, 420, 2, 240, 0.4)
    street(c, 640, (128, 190), 104, (2, 4))
    c.fade((0, 200, WIDTH, 445), light.near, (0, 0.26, 0.06))
    stone = mix(light.on(rgb("d8bfa8")), light.near, 0.25)
    c.panel((0, 636, WIDTH, 268), (mix(stone, light.lamp, 0.3), stone, mix(stone, light.ink, 0.5)))
    for k in range(6):
        c.rect(0, 652 + 9 * k * k, WIDTH, 1.4 + 0.4 * k, light.ink, 0.14)
    for x in range(-10, WIDTH, 190):
        c.glow(x + 70, 640, 150, light.lamp, 0.34, 60)
    for dx in (90, 1510):
        for k in range(3):
            plants.tree(c, dx + (k - 1) * 60, 668 + 8 * k, 150, far=0.05)
    crowd = [(x + rng.uniform(-30, 30), rng.uniform(700, 752)) for x in range(150, 1500, 118)]
    for x, y in crowd:
        hat, dress = rng.choice(("hair", "bun", "non", "mask", "bun")), rng.random() < 0.3
        people.person(c, x, y, 118 + (y - 700) * 0.7, hat=hat, face=rng.choice((-1, 1)), dress=dress)
    for row, (y, size, count) in enumerate(((150, 30, 10), (215, 44, 7), (300, 64, 5))):
        _string(c, y, size, count, row)
    side = rng.choice((-1, 1))
    family = 800 + side * rng.uniform(60, 180)
    people.person(
        c,
        family,
        862,
        226,
        hat="bun",
        dress=True,
        face=-side,
        shirt=rng.choice((rgb("e05a4a"), rgb("f0b24a"), rgb("4f9c8c"))),
    )
    people.person(c, family - 74 * side, 868, 138, face=-side, reach=1, shirt=rgb("f4b13f"))
    people.person(c, family - 150 * side, 860, 236, face=side, walk=False, shirt=rgb("3f6fb0"))
    _lantern(c, family - 104 * side, 800, 20, _SILKS[0], 0)
    petal = mix(light.on(rgb("f49ab0")), rgb("f49ab0"), 0.5)
    plants.blossom(c, (-30 if side > 0 else WIDTH + 30, 610), -0.75 if side > 0 else math.pi + 0.75, 170, petal, 4)
    for _ in range(30):
        c.oval(rng.uniform(0, WIDTH), rng.uniform(300, 880), rng.uniform(3, 6), 2.6, petal, rng.uniform(0.4, 0.9))


def _string(c: Canvas, y: float, size: float, count: int, row: int) -> None:
    """A sagging line of lanterns across the picture, nearer (larger) ones hanging lower."""
    rng, light = c.rng, c.light
    sag, shift = 46 + 18 * row, rng.uniform(0, 80)
    line = [
        (x, y - size * 1.7 + sag * abs(math.sin(math.pi * (x + shift) / (860 - 90 * row))) - 40)
        for x in range(-20, WIDTH + 40, 20)
    ]
    c.line(line, light.ink, 2.2, 0.7)
    for k in range(count):
        x, ly = line[min(len(line) - 1, int((k + 0.5) / count * len(line)) + rng.choice((-1, 0, 1)))]
        drop = size * rng.uniform(0.5, 1.3)
        c.line([(x, ly), (x, ly + drop)], light.ink, 1.8, 0.7)
        _lantern(c, x, ly + drop + size * 0.9, size, rng.choice(_SILKS), rng.randrange(4))


def _lantern(c: Canvas, x: float, y: float, r: float, silk: RGB, kind: int) -> None:
    """A silk lantern centred on (x, y): round, tall, garlic-shaped or diamond, with ribs and a tassel."""
    light = c.light
    c.glow(x, y, r * 1.9, mix(silk, light.lamp, 0.5), 0.65)
    body, core = mix(silk, light.near, 0.12), mix(silk, rgb("fff0b8"), 0.55)
    half, tall = ((1.0, 0.84), (0.62, 1.05), (0.92, 0.95), (0.9, 1.05))[kind]
    power = (0.5, 0.26, 0.62, 1.0)[kind]

    def outline(k: float) -> list[tuple[float, float]]:
        turns = [t / 14 for t in range(15)]
        skew = 1.35 if kind == 2 else 1
        edge = [
            (r * half * k * max(0.2, math.sin(math.pi * t**skew) ** power), y + r * tall * (2 * t - 1)) for t in turns
        ]
        return [(x - dx, ey) for dx, ey in edge] + [(x + dx, ey) for dx, ey in reversed(edge)]

    for k, tone in ((1, body), (0.74, mix(body, core, 0.4)), (0.42, mix(body, core, 0.8))):
        c.poly(outline(k), tone)
    for k in (0.58, 0.22):
        points = outline(k)
        c.line(points[:15], mix(silk, light.ink, 0.35), max(1, r * 0.025), 0.55)
        c.line(points[15:], mix(silk, light.ink, 0.35), max(1, r * 0.025), 0.55)
    cap = mix(light.on(rgb("6b3b2a")), light.ink, 0.3)
    c.rect(x - r * 0.24, y - r * (tall + 0.08), r * 0.48, r * 0.15, cap, radius=r * 0.05)
    c.rect(x - r * 0.24, y + r * (tall - 0.07), r * 0.48, r * 0.15, cap, radius=r * 0.05)
    for dx in (-0.1, 0, 0.1):
        c.line(
            [(x + dx * r, y + r * (tall + 0.06)), (x + dx * r * 1.5, y + r * (tall + 0.75))],
            light.accent2,
            max(1.2, r * 0.06),
        )
