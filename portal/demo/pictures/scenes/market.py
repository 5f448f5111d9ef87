"""The morning market."""

import math

from .. import people, scenery
from ..buildings import awning, bunting, skyline, street
from ..canvas import WIDTH, Canvas, mix
from ..palettes import CLOTHES, FRUITS, PAPER, STRAW, WOOD, rgb


def market(c: Canvas) -> None:
    """A morning market: striped awnings, heaps of fruit and greens, sellers, shoppers and a flower bicycle."""
    light, rng = c.light, c.rng
    scenery.sky(c, (rng.uniform(250, 1350), rng.uniform(90, 150)), 50, (50, 160))
    skyline(c, 420, (60, 150), (60, 130), mix(light.far, light.haze, 0.4))
    c.mist(300, 130, 0.6)
    street(c, 530, (118, 168), 92, (2, 4))
    c.fade((0, 130, WIDTH, 400), light.haze, (0, 0.24, 0.5))
    c.panel(
        (0, 520, WIDTH, 385),
        (mix(light.ground, light.haze, 0.55), mix(light.on(rgb("e6d3b3")), light.haze, 0.15), light.on(rgb("c9ae8c"))),
    )
    for k in range(9):
        c.rect(0, 560 + 5 * k * k + 12 * k, WIDTH, 1 + k * 0.35, light.ink, 0.07)
    bunting(
        c,
        (-20, 250),
        (760, 228),
        70,
        34,
        (light.accent, light.accent2, light.leaf_light, mix(light.accent, (255, 255, 255), 0.6)),
    )
    bunting(
        c,
        (700, 228),
        (1640, 240),
        84,
        34,
        (light.accent2, light.accent, mix(light.accent, (255, 255, 255), 0.6), light.leaf_light),
    )
    tones = [light.accent, light.leaf, light.accent2, light.roof, mix(light.leaf, light.sky[0], 0.6)]
    rng.shuffle(tones)
    x, k = -110 + rng.uniform(-40, 40), 0
    while x < WIDTH:
        w = rng.uniform(330, 400)
        _stall(c, x, 660, w, tones[k % len(tones)])
        x, k = x + w + rng.uniform(48, 74), k + 1
    for px in (rng.uniform(180, 330), rng.uniform(560, 660), rng.uniform(1240, 1400)):
        people.person(
            c,
            px,
            rng.uniform(716, 744),
            172,
            face=rng.choice((-1, 1)),
            hat=rng.choice(("bun", "hair", "mask")),
            reach=0.8,
            walk=False,
        )
        _bag(c, px + 34, 690)
    side = rng.choice((-1, 1))
    _flower_bicycle(c, 800 + side * 150, 850, 225, side)
    people.carrier(c, 800 - side * 420, 856, 215, face=side)
    people.person(c, 800 + side * 560, 826, 205, hat="bun", face=-side, dress=rng.random() < 0.5)
    people.person(c, 800 + side * 612, 834, 130, face=-side, pack=rgb("e0603f"))


def _stall(c: Canvas, x: float, y: float, w: float, colour: tuple[int, int, int]) -> None:
    """A stall from its left edge, counter foot at `y`; its awning is 300 units up."""
    light, rng = c.light, c.rng
    wood, top = light.on(WOOD), y - 292
    people.shadow(c, x + w / 2, y + 6, w * 0.56, 0.22)
    c.rect(x + 10, top + 40, w - 20, 210, mix(light.near, light.on(WOOD), 0.35), 0.55)
    for px in (x + 6, x + w - 14):
        c.rect(px, top + 20, 8, 272, mix(wood, light.ink, 0.25))
    for k in range(rng.randint(4, 6)):
        hx = x + w * (k + 0.7) / 6.2
        c.rect(hx, top + 70, 2, 22, light.ink, 0.6)
        c.oval(hx + 1, top + 104, rng.uniform(9, 14), rng.uniform(12, 19), light.on(rng.choice(FRUITS)))
    people.person(
        c, x + w * rng.uniform(0.3, 0.7), y - 8, 178, hat="non", face=rng.choice((-1, 1)), walk=False, reach=0.5
    )
    counter = y - 92
    goods = [rng.choice(FRUITS) for _ in range(4)]
    for k, fruit in enumerate(goods):
        bx, bw = x + 8 + k * (w - 16) / 4, (w - 16) / 4
        c.poly(
            [(bx + 3, counter - 18), (bx + bw - 3, counter - 18), (bx + bw, counter + 12), (bx, counter + 12)],
            mix(wood, light.on(STRAW), 0.4),
        )
        leafy = rng.random() < 0.3
        for row in range(4, 0, -1):
            for i in range(row + 1):
                r = bw * 0.088
                fx = bx + bw / 2 + (i - row / 2) * r * 1.75
                fy = counter - 8 - (4 - row) * r * 1.5
                tone = light.on(mix(fruit, (255, 240, 200), rng.uniform(0, 0.2)))
                if leafy:
                    tone = mix(light.leaf_light, light.leaf, rng.random())
                c.oval(fx, fy, r * 1.05, r * (1.3 if leafy else 1.05), mix(tone, light.ink, 0.12))
                c.oval(fx - r * 0.14, fy - r * 0.16, r * 0.84, None, tone)
    c.rect(x, counter + 8, w, 84, mix(wood, light.on(STRAW), 0.18))
    c.rect(x, counter + 8, w, 10, mix(wood, (255, 235, 200), 0.4))
    for k in range(1, 8):
        c.rect(x + w * k / 8, counter + 18, 2, 74, light.ink, 0.16)
    c.fade((x, counter + 50, w, 42), light.ink, (0, 0.22))
    awning(c, x - 4, top, w + 8, 78, colour, 9)
    c.fade((x - 10, top + 84, w + 20, 60), light.ink, (0.26, 0))
    if light.dark:
        c.glow(x + w / 2, top + 120, w * 0.6, light.lamp, 0.55)


def _bag(c: Canvas, x: float, y: float) -> None:
    colour = c.light.on(c.rng.choice(CLOTHES))
    c.ring(x, y - 36, 8, 12, mix(colour, c.light.ink, 0.2), 2.5)
    c.poly([(x - 14, y - 30), (x + 14, y - 30), (x + 17, y), (x - 17, y)], colour)
    for k in range(4):
        c.line([(x - 6 + k * 4, y - 30), (x - 12 + k * 8, y - 48)], c.light.leaf_light, 3)


def _flower_bicycle(c: Canvas, x: float, y: float, h: float, face: int) -> None:
    """A bicycle laden with flowers and the seller walking beside it."""
    light, rng, u = c.light, c.rng, h / 10
    people.person(c, x - 5.4 * u * face, y - 0.4 * u, h, hat="non", face=face, reach=0.9, dress=rng.random() < 0.4)
    people.shadow(c, x, y, 5.6 * u)
    for wx in (x - 2.8 * u, x + 2.8 * u):
        c.ring(wx, y - 1.9 * u, 1.9 * u, 1.9 * u, light.ink, 0.24 * u)
        for k in range(6):
            a = math.pi * k / 6
            dx, dy = math.cos(a) * 1.8 * u, math.sin(a) * 1.8 * u
            c.line([(wx - dx, y - 1.9 * u - dy), (wx + dx, y - 1.9 * u + dy)], light.ink, 0.07 * u, 0.6)
    seat, bar = (x - 1.3 * u * face, y - 4.6 * u), (x + 2.2 * u * face, y - 5.4 * u)
    back, front = (x - 2.8 * u * face, y - 1.9 * u), (x + 2.8 * u * face, y - 1.9 * u)
    for path in (
        [back, seat, (x, y - 1.8 * u), back],
        [seat, (x + 1.9 * u * face, y - 4.2 * u), (x, y - 1.8 * u)],
        [bar, front],
    ):
        c.line(path, light.accent, 0.28 * u)
    straw = mix(light.on(STRAW), light.ink, 0.2)
    for bx, by, r in ((x - 2.9 * u * face, y - 4.4 * u, 2.5 * u), (x + 2.9 * u * face, y - 5.8 * u, 1.7 * u)):
        for _ in range(24):
            a, d = rng.uniform(math.pi, math.tau), rng.uniform(0.1, 1.15)
            c.oval(
                bx + math.cos(a) * r * d,
                by + math.sin(a) * r * d * 0.9,
                r * 0.24,
                r * 0.15,
                mix(light.leaf, light.leaf_light, rng.random()),
            )
        tone = rng.choice((rgb("f27a9b"), rgb("f6c445"), rgb("f3efe6"), rgb("e4573d")))
        for _ in range(22):
            a, d = rng.uniform(math.pi, math.tau), rng.uniform(0, 1.1)
            fx, fy, s = bx + math.cos(a) * r * d, by + math.sin(a) * r * d * 0.95, r * rng.uniform(0.13, 0.19)
            petal = light.on(mix(tone, rng.choice((PAPER, tone, rgb("f2a65a"))), 0.4))
            c.oval(fx, fy, s, None, mix(petal, light.ink, 0.1))
            c.oval(fx - s * 0.2, fy - s * 0.2, s * 0.72, None, petal)
            c.oval(fx, fy, s * 0.28, None, light.accent2)
        c.poly([(bx - r, by), (bx + r, by), (bx + r * 0.72, by + r * 0.8), (bx - r * 0.72, by + r * 0.8)], straw)
        c.rect(bx - r * 1.04, by - r * 0.08, r * 2.08, r * 0.16, mix(straw, light.ink, 0.15), radius=r * 0.08)
