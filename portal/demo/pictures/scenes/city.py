"""The city by night, across its river."""

from .. import people, plants, scenery
from ..buildings import lamp_post, skyline
from ..canvas import HEIGHT, WIDTH, Canvas, mix
from ..palettes import rgb


def city_night(c: Canvas) -> None:
    """Lit towers doubled in the river, a promenade with lamps and strollers in front."""
    light, rng = c.light, c.rng
    shore = 560
    moon = (rng.choice((rng.uniform(230, 480), rng.uniform(1120, 1370))), rng.uniform(130, 200))
    scenery.sky(c, moon, 50, (70, 230))
    scenery.ranges(c, shore - 40, 2, 230, 0.4)
    for depth, (tall, wide, lit) in enumerate(
        (((70, 150), (50, 90), 0.16), ((80, 185), (62, 110), 0.3), ((45, 110), (90, 160), 0.42))
    ):
        skyline(c, shore, tall, wide, mix(mix(light.far, light.haze, 0.2), light.near, 0.3 + 0.3 * depth), lit)
        if depth == 1:
            _tower(c, 800 + rng.uniform(-170, 170), shore, rng.uniform(250, 290))
        c.mist(shore - 120, 124, 0.34 - 0.08 * depth)
    for _ in range(26):
        plants.tree(c, rng.uniform(0, WIDTH), shore + 2, rng.uniform(30, 58), far=0.08)
    for x in range(40, WIDTH, 84):
        c.glow(x, shore - 10, 26, light.lamp, 0.85)
    scenery.water(c, shore, moon[0], clear=0.26)
    for x in range(40, WIDTH, 84):
        for k in range(5):
            w = rng.uniform(10, 26)
            c.rect(x - w / 2, shore + 8 + k * 19 + rng.uniform(0, 8), w, 3, light.lamp, 0.62 - 0.11 * k, radius=1.5)
    people.boat(c, rng.uniform(500, 1100), rng.uniform(648, 672), 170, face=rng.choice((-1, 1)))
    _promenade(c)


def _tower(c: Canvas, x: float, y: float, h: float) -> None:
    """The tallest building, stepped, with a light at its tip: the point where the eye rests."""
    light = c.light
    body, side = mix(light.near, light.far, 0.25), mix(light.near, light.ink, 0.2)
    for w, k in ((168, 0.62), (120, 0.84), (64, 1)):
        c.rect(x - w / 2, y - h * k, w, h * k, body)
        c.rect(x + w * 0.2, y - h * k, w * 0.3, h * k, side)
        c.rect(x - w / 2, y - h * k, w, 4, light.accent2)
    for row in range(int(h / 15)):
        half = 78 if row * 15 < h * 0.56 else 54 if row * 15 < h * 0.78 else 26
        for dx in range(-half + 4, half - 8, 13):
            if c.rng.random() < 0.6:
                c.rect(x + dx, y - 13 - row * 15, 7, 8, mix(light.lamp, body, c.rng.uniform(0, 0.5)))
    c.rect(x - 2, y - h - 74, 4, 76, body)
    c.glow(x, y - h - 76, 46, light.accent, 0.9)
    c.oval(x, y - h - 76, 5, None, (255, 240, 220))


def _promenade(c: Canvas) -> None:
    light, rng = c.light, c.rng
    top = 770
    stone = mix(light.on(rgb("c9b8ae")), light.near, 0.35)
    c.panel((0, top, WIDTH, HEIGHT - top + 2), (stone, mix(stone, light.ink, 0.55)))
    for k in range(4):
        c.rect(0, top + 26 + 30 * k, WIDTH, 2, light.ink, 0.25)
    rail = mix(light.near, light.ink, 0.4)
    c.rect(0, top - 50, WIDTH, 6, rail)
    for x in range(12, WIDTH, 34):
        c.rect(x, top - 46, 4, 48, rail)
    for x in (230, 690, 1150, 1560):
        lamp_post(c, x, top + 18, 300, 1 if x < 800 else -1)
        c.oval(x + (60 if x < 800 else -60), top + 30, 190, 26, light.lamp, 0.16)
    walkers = sorted(rng.sample(range(160, 1440, 128), 6))
    for k, x in enumerate(walkers):
        if k % 3 == 1:
            people.cyclist(c, x, 872, 150, hat="cap", face=rng.choice((-1, 1)))
        else:
            face = rng.choice((-1, 1))
            people.person(
                c, x, 866 + rng.uniform(-8, 14), 156, hat=rng.choice(("hair", "bun", "mask")), face=face, dress=k == 3
            )
            people.person(c, x + 48, 872, rng.choice((96, 148)), hat="hair", face=face)
