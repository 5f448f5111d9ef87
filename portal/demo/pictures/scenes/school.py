"""The school."""

from .. import grounds, people, plants, scenery
from ..buildings import bunting, flag, window
from ..canvas import Canvas, mix
from ..palettes import RGB, rgb

_WHITE = rgb("f7f5ee")
_CREAM = rgb("f6d98f")


def school(c: Canvas) -> None:
    """A yellow school with red roofs and arcades; pupils arriving across the yard."""
    light, rng = c.light, c.rng
    side = rng.choice((-1, 1))
    scenery.sky(c, (800 + side * rng.uniform(380, 560), rng.uniform(120, 200)), 54, (60, 210))
    grounds.behind(c, 560)
    grounds.yard(c, 590, rgb("e9d3ae"))
    grounds.hedge(c, 590, (150, 1450))
    wall, trim = light.on(rng.choice((_CREAM, rgb("f3cf9a"), rgb("f4e2b4")))), light.on(_WHITE)
    dim, top, base, storey = mix(wall, light.ink, 0.2), 330, 606, 138
    for x0, x1 in ((150, 660), (940, 1450)):
        c.rect(x0, top, x1 - x0, base - top, wall)
        for floor in range(2):
            y = top + floor * storey
            c.rect(x0, y + 14, x1 - x0, storey - 14, mix(wall, light.ink, 0.3))
            bays = 5
            bay = (x1 - x0) / bays
            for k in range(bays):
                window(c, x0 + bay * (k + 0.28), y + 42, bay * 0.44, 62, mix(trim, light.ink, 0.08))
            c.fade((x0, y + 12, x1 - x0, 60), light.ink, (0.28, 0))
            for k in range(bays + 1):
                c.rect(x0 + bay * k - 8, y, 16, storey, wall)
                c.rect(x0 + bay * k + 3, y, 5, storey, dim)
            c.rect(x0 - 8, y - 4, x1 - x0 + 16, 18, trim)
            if floor == 0:
                c.rect(x0, y + storey - 44, x1 - x0, 44, mix(trim, wall, 0.3))
                for k in range(34):
                    c.rect(x0 + 8 + k * (x1 - x0 - 12) / 34, y + storey - 36, 4, 36, dim, 0.5)
        _tiles(c, x0 - 22, top - 74, x1 - x0 + 44, 76)
    _gable(c, wall, trim, dim, base)
    for k in range(8):
        x = 185 + k * 62 if k < 4 else 1230 + (k - 4) * 62
        plants.bush(c, x, base + 10, 66, light.leaf, rng.choice((light.accent, light.accent2, light.leaf_light)))
    c.fade((150, base, 1300, 34), light.ink, (0.26, 0))
    flag(c, 800 - side * 250, 646, 380, light.on(rgb("e0392f")))
    plants.tree(c, 800 + side * 640, 690, 470)
    plants.tree(c, 800 - side * 700, 668, 390)
    bunting(
        c, (800 - side * 250, 320), (800 + side * 560, 400), 70, 28, (light.accent, light.accent2, light.leaf_light)
    )
    scarf = light.on(rgb("e0392f"))
    pupils = [(x + rng.uniform(-24, 24), rng.uniform(672, 722)) for x in range(330, 1320, 112)]
    pupils += [
        (800 + side * rng.uniform(120, 200), 838),
        (800 + side * rng.uniform(230, 290), 850),
        (800 - side * rng.uniform(290, 380), 842),
    ]
    for x, y in sorted(pupils, key=lambda p: p[1]):
        h = 92 + (y - 670) * 0.55
        face = 1 if x < 800 else -1
        people.person(
            c,
            x,
            y,
            h,
            shirt=_WHITE,
            face=face,
            hat=rng.choice(("hair", "bun", "cap")),
            reach=rng.random(),
            pack=rng.choice((rgb("e0603f"), rgb("3f7fb0"), rgb("f0a93b"), rgb("4fa07a"))),
        )
        u = h / 10
        c.poly([(x - 0.7 * u, y - 8.1 * u), (x + 0.7 * u, y - 8.1 * u), (x + 0.2 * u * face, y - 6.5 * u)], scarf)
    people.person(
        c,
        800 - side * 190,
        846,
        226,
        hat="bun",
        dress=True,
        face=side,
        shirt=rng.choice((rgb("7d9fd0"), rgb("e58aa0"), rgb("5fae9c"))),
        reach=0.8,
    )


def _tiles(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    roof, ink = c.light.roof, c.light.ink
    c.poly([(x, y + h), (x + h * 0.8, y), (x + w - h * 0.8, y), (x + w, y + h)], roof)
    for k in range(1, 5):
        t = k / 5
        c.line([(x + h * 0.8 * (1 - t), y + h * t), (x + w - h * 0.8 * (1 - t), y + h * t)], mix(roof, ink, 0.2), 2)
    c.rect(x - 4, y + h - 4, w + 8, 10, mix(roof, ink, 0.3))
    c.rect(x + h * 0.8, y - 5, w - h * 1.6, 8, mix(roof, (255, 220, 190), 0.3))


def _gable(c: Canvas, wall: RGB, trim: RGB, dim: RGB, base: float) -> None:
    """The middle of the school: a gabled front with its clock, over the wide door."""
    light = c.light
    front = mix(wall, trim, 0.35)
    c.rect(640, 270, 320, base - 270, front)
    c.poly([(612, 276), (800, 150), (988, 276)], light.roof)
    c.poly([(800, 150), (988, 276), (930, 276)], mix(light.roof, light.ink, 0.22))
    c.poly([(668, 272), (800, 184), (932, 272)], front)
    c.oval(800, 246, 36, None, dim)
    c.oval(800, 246, 31, None, trim)
    for dx, dy in ((0, -21), (14, 8)):
        c.line([(800, 246), (800 + dx, 246 + dy)], light.ink, 4)
    for x in (676, 772, 868):
        window(c, x, 326, 56, 78, trim)
    c.rect(640, 430, 320, 14, trim)
    c.rect(700, 470, 200, base - 470, mix(light.near, light.lamp if light.dark else wall, 0.45))
    c.wedge(800, 474, 100, 46, (180, 360), mix(light.near, light.lamp if light.dark else wall, 0.5))
    for x in (640, 690, 898, 942):
        c.rect(x, 444, 14, base - 444, trim)
    for k in range(4):
        c.rect(672 - k * 16, base - 14 + k * 9, 256 + k * 32, 10, mix(light.on(_WHITE), light.ink, 0.05 + 0.05 * k))
