"""The city's hall."""

from .. import grounds, people, plants, scenery
from ..buildings import flag, window
from ..canvas import Canvas, mix
from ..palettes import rgb

_WHITE = rgb("f7f5ee")


def council_hall(c: Canvas) -> None:
    """The city's hall: columns, wide steps, a flag, clipped trees either side, citizens coming and going."""
    light, rng = c.light, c.rng
    sun_x = 800 + rng.choice((-1, 1)) * rng.uniform(400, 560)
    scenery.sky(c, (sun_x, rng.uniform(120, 200)), 56, (60, 230))
    grounds.behind(c, 560)
    grounds.yard(c, 606, rgb("e2d4c0"))
    grounds.hedge(c, 606, (130, 1470))
    wall = light.on(rng.choice((rgb("f3e0bd"), rgb("f2e9da"), rgb("efd3b4"))))
    trim, dim, base = light.on(_WHITE), mix(wall, light.ink, 0.2), 612
    for x in (130, 1030):
        c.rect(x, 330, 440, base - 330, wall)
        c.rect(x - 10, 312, 460, 22, trim)
        for floor in range(2):
            for k in range(5):
                window(c, x + 36 + k * 82, 362 + floor * 128, 40, 80, trim)
        c.rect(x, 458, 440, 8, dim)
        c.rect(x, base - 26, 440, 26, dim)
    c.rect(540, 262, 520, base - 262, wall)
    c.panel(
        (580, 300, 440, base - 300),
        (mix(light.near, wall, 0.35), mix(light.near, light.lamp if light.dark else wall, 0.5)),
    )
    for k in range(5):
        c.rect(600 + k * 84, 330, 60, 96, mix(light.lamp if light.dark else light.sky[2], wall, 0.2))
        c.rect(600 + k * 84, 456, 60, base - 456, mix(light.lamp if light.dark else light.sky[1], light.near, 0.25))
    c.fade((580, 300, 440, 90), light.ink, (0.4, 0))
    for k in range(6):
        x = 566 + k * 86
        c.rect(x, 300, 38, base - 300, trim)
        c.rect(x + 26, 300, 12, base - 300, mix(trim, light.ink, 0.16))
        c.rect(x - 6, 296, 50, 14, trim)
        c.rect(x - 6, base - 16, 50, 16, mix(trim, light.ink, 0.08))
    c.rect(520, 248, 560, 50, trim)
    c.rect(520, 290, 560, 8, dim)
    c.poly([(506, 250), (800, 150), (1094, 250)], light.roof)
    c.poly([(580, 242), (800, 168), (1020, 242)], trim)
    c.oval(800, 215, 26, None, light.accent2)
    c.oval(800, 215, 20, None, light.accent)
    c.fade((130, base, 1340, 34), light.ink, (0.26, 0))
    for k in range(7):
        c.rect(520 - k * 22, base - 4 + k * 9, 560 + k * 44, 10, mix(trim, light.ink, 0.05 + 0.035 * k))
    flag(c, 800, 156, 130, light.on(rgb("e0392f")), 0.5)
    for side in (-1, 1):
        for k in range(3):
            flag(
                c,
                800 + side * (330 + 74 * k),
                690 + 8 * k,
                300,
                (light.accent, light.accent2, light.leaf_light)[k],
                0.2,
            )
        for k in range(3):
            plants.cypress(c, 800 + side * (455 + 118 * k), 668 + 14 * k, 190 + 22 * k)
        for k in range(6):
            plants.bush(
                c, 800 + side * (320 + 96 * k), 712 + 6 * k, 110, None, rng.choice((light.accent, light.accent2))
            )
        plants.tree(c, 800 + side * 740, 760, 520)
    for k in range(5):
        people.person(
            c,
            520 + 130 * k + rng.uniform(-36, 36),
            rng.uniform(694, 716),
            104,
            face=rng.choice((-1, 1)),
            hat=rng.choice(("hair", "bun", "mask")),
        )
    face = rng.choice((-1, 1))
    people.person(c, 800 - face * 130, 846, 212, dress=True, hat="bun", face=face, reach=0.3)
    people.person(c, 800 - face * 30, 852, 218, face=-face, walk=False, shirt=rgb("f3ead9"), reach=0.7)
    people.cyclist(c, 800 + face * 290, 858, 190, face=-face)
