"""The square on a holiday."""

import math

from .. import people, plants, scenery
from ..buildings import bunting, flag, lamp_post, skyline, street
from ..canvas import WIDTH, Canvas, mix
from ..palettes import CLOTHES, PAPER, STEEL, rgb


def square_flags(c: Canvas) -> None:
    """The central square dressed for a holiday: fountain, flower beds, strings of red and yellow pennants."""
    light, rng = c.light, c.rng
    sun_x = 800 + rng.choice((-1, 1)) * rng.uniform(260, 520)
    scenery.sky(c, (sun_x, rng.uniform(150, 230)), 58, (60, 230))
    scenery.ranges(c, 540, 3, 220, 0.4)
    skyline(c, 560, (50, 130), (60, 120), mix(light.far, light.haze, 0.4), 0.15 if light.dark else 0)
    c.mist(420, 150, 0.6)
    street(c, 572, (96, 140), 62, (2, 4))
    c.fade((0, 320, WIDTH, 255), light.haze, (0.15, 0.25, 0.5))
    for k in range(24):
        plants.tree(c, k * 70 + rng.uniform(-20, 20), 590, rng.uniform(90, 140), far=0.22)
    stone = light.on(rng.choice((rgb("ead6bd"), rgb("e6dccb"), rgb("e3cfc4"))))
    c.panel((0, 584, WIDTH, 318), (mix(stone, light.haze, 0.5), stone, mix(stone, light.near, 0.2)))
    for k, (rx, tone) in enumerate(((760, 0.1), (620, 0), (470, 0.12), (330, 0))):
        c.oval(
            800,
            706,
            rx,
            rx * 0.2,
            mix(mix(stone, light.accent, 0.16), light.ink, tone * 0.5) if k % 2 == 0 else mix(stone, PAPER, 0.3),
        )
    _fountain(c, 800, 700)
    red, gold = light.on(rgb("df3b30")), light.on(rgb("f6c02f"))
    for side in (-1, 1):
        for k in range(2):
            flag(c, 800 + side * (430 + 190 * k), 690 + 44 * k, 400 + 60 * k, (red, gold)[k], 0.24)
    for side in (-1, 1):
        far, near = (800 + side * 430, 304), (800 + side * 620, 292)
        bunting(c, (800, 168), far, 62, 30, (red, gold))
        bunting(c, far, near, 26, 32, (gold, red))
        bunting(c, near, (800 + side * 860, 210), 40, 44, (red, gold))
        bunting(c, (800, 168), (800 + side * 860, 96), 120, 46, (gold, red))
    mast = mix(light.on(STEEL), PAPER, 0.3)
    c.rect(796, 160, 8, 470, mast)
    c.oval(800, 158, 9, None, light.accent2)
    for side in (-1, 1):
        _bed(c, 800 + side * 560, 770, 250, side)
    for x in (90, 1510):
        lamp_post(c, x, 800, 360, 1 if x < 800 else -1)
    crowd = sorted(((rng.uniform(90, 1510), rng.uniform(640, 690)) for _ in range(16)), key=lambda p: p[1])
    for x, y in crowd:
        if abs(x - 800) > 190:
            people.person(
                c, x, y, 76 + (y - 640) * 0.6, hat=rng.choice(("hair", "bun", "non", "mask")), face=rng.choice((-1, 1))
            )
    face = rng.choice((-1, 1))
    _balloons(c, 800 + face * 300, 830, 200, face)
    people.person(c, 800 - face * 90, 852, 220, hat="bun", dress=True, face=face, shirt=rng.choice(CLOTHES))
    people.person(c, 800 - face * 4, 862, 132, face=face, reach=1, shirt=rgb("f0a93b"))
    people.person(c, 800 - face * 340, 846, 210, face=face, shirt=rgb("3f6fb0"))
    for _ in range(9):
        _dove(c, 800 + rng.uniform(-330, 330), rng.uniform(300, 520), rng.uniform(10, 19), rng.choice((-1, 1)))


def _fountain(c: Canvas, x: float, y: float) -> None:
    light = c.light
    stone, pool = mix(light.on(rgb("d9d2c6")), light.haze, 0.1), mix(light.water, light.sky[0], 0.3)
    c.oval(x, y + 10, 210, 50, light.ink, 0.2)
    c.rect(x - 190, y - 22, 380, 34, mix(stone, light.ink, 0.2))
    c.oval(x, y + 12, 190, 40, mix(stone, light.ink, 0.2))
    c.oval(x, y - 22, 190, 40, stone)
    c.oval(x, y - 22, 172, 33, pool)
    c.rect(x - 15, y - 108, 30, 86, mix(stone, light.ink, 0.1))
    c.oval(x, y - 104, 74, 16, stone)
    c.oval(x, y - 106, 64, 11, pool)
    jet = mix(light.water, (255, 255, 255), 0.72)
    for k in range(-5, 6):
        reach, high = k * 26, 128 - abs(k) * 9
        arc = [
            (x + reach * t, y - 104 - high * 4 * t * (1 - t) * 0.75 + 84 * t * t) for t in (i / 12 for i in range(13))
        ]
        c.line(arc, jet, 3.4, 0.75)
    for k in range(7):
        c.rect(x - 130 + k * 42, y - 26 + (k % 3) * 8, 34, 3, jet, 0.6, radius=1.5)
    c.glow(x, y - 120, 110, jet, 0.35)


def _bed(c: Canvas, x: float, y: float, w: float, side: int) -> None:
    """A bed of flowers in stripes, edged with stone."""
    light = c.light
    c.oval(x, y + 8, w * 1.03, w * 0.21, light.ink, 0.18)
    c.oval(x, y, w, w * 0.2, mix(light.on(rgb("efe6d6")), light.ink, 0.06))
    c.oval(x, y - 3, w * 0.96, w * 0.185, light.leaf)
    tones = [light.accent, light.accent2, mix(light.accent, (255, 255, 255), 0.62)]
    for k in range(200):
        a, d = k * 2.4, math.sqrt(k / 200)
        fx, fy = x + math.cos(a) * d * w * 0.9, y - 6 + math.sin(a) * d * w * 0.165
        tone = tones[int(d * 3.4) % 3]
        c.oval(fx, fy, 8, 5.4, mix(tone, light.ink, 0.16))
        c.oval(fx - 1.4, fy - 1.8, 5.4, 3.4, tone)
    plants.cypress(c, x + side * 4, y - 10, 150)


def _balloons(c: Canvas, x: float, y: float, h: float, face: int) -> None:
    people.person(c, x, y, h, hat="non", face=-face, walk=False, reach=1)
    hand = (x - 2.8 * h / 10 * face, y - h * 0.68)
    for k in range(9):
        colour = c.light.on(c.rng.choice(CLOTHES))
        bx, by = (
            hand[0] + math.sin(k * 2.4) * 13 * math.sqrt(k + 1) * 1.25,
            hand[1] - 120 - 16 * k + math.cos(k * 2.4) * 22,
        )
        c.line([hand, (bx, by + 24)], c.light.ink, 1.2, 0.5)
        c.oval(bx, by, 22, 27, colour)
        c.oval(bx - 7, by - 9, 6, 9, (255, 255, 255), 0.4)


def _dove(c: Canvas, x: float, y: float, s: float, face: int) -> None:
    white = mix(c.light.on(PAPER), (255, 255, 255), 0.4)
    c.oval(x, y, s * 0.8, s * 0.3, white)
    c.oval(x + 0.8 * s * face, y - s * 0.18, s * 0.24, None, white)
    c.poly([(x - 0.7 * s * face, y), (x - 1.3 * s * face, y - 0.2 * s), (x - 1.2 * s * face, y + 0.25 * s)], white)
    c.poly(
        [(x + 0.3 * s * face, y), (x - 0.5 * s * face, y), (x - 0.6 * s * face, y - 1.2 * s)],
        mix(white, c.light.ink, 0.14),
    )
