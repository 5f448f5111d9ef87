"""The fire brigade's drill."""

import math
from itertools import pairwise

from .. import people, plants, scenery
from ..buildings import skyline, window
from ..canvas import WIDTH, Canvas, mix
from ..palettes import PAPER, RGB, STEEL, rgb


def fire_drill(c: Canvas) -> None:
    """A fire engine before its station, the crew sending an arc of water over the yard in a drill."""
    light, rng = c.light, c.rng
    side = rng.choice((-1, 1))
    scenery.sky(c, (800 - side * rng.uniform(300, 480), rng.uniform(150, 210)), 58, (60, 230))
    scenery.ranges(c, 550, 3, 230, 0.42)
    skyline(c, 570, (60, 160), (70, 130), mix(light.far, light.haze, 0.4))
    c.mist(420, 160, 0.6)
    for k in range(30):
        plants.tree(c, k * 56 + rng.uniform(-14, 14), 592, rng.uniform(70, 120), far=0.2)
    paving = light.on(rgb("d6cdbf"))
    c.panel((0, 586, WIDTH, 318), (mix(paving, light.haze, 0.5), paving, mix(paving, light.near, 0.25)))
    x = 800 + side * 330
    _station(c, x, 634)
    _engine(c, x - side * 60, 752, 560, -side)
    for k in range(4):
        people.person(
            c,
            800 - side * (40 + 74 * k),
            642 + 3 * (k % 2),
            94,
            hat=rng.choice(("hair", "bun", "mask")),
            face=-side,
            walk=False,
        )
    target = 800 - side * 560
    _smoke(c, target, 690, side)
    crew = 800 - side * 150
    nozzle = (crew - side * 62, 664)
    jet = mix(light.water, (255, 255, 255), 0.75)
    for k in range(5):
        arc = []
        for i in range(17):
            t = i / 16
            arc.append(
                (
                    nozzle[0] + (target - nozzle[0]) * t,
                    nozzle[1] + (36 + 5 * k) * t - (230 + 24 * k) * t * (1 - t) * 1.7,
                )
            )
        c.line(arc, jet, 12 - 1.6 * k, 0.42)
    c.glow(target + side * 16, 700, 120, jet, 0.75)
    for _ in range(34):
        c.oval(target + rng.gauss(0, 60), 708 - abs(rng.gauss(0, 34)), rng.uniform(2, 5), None, jet, 0.8)
    hose = [(x - side * 250, 742), (crew + side * 130, 800), (crew + side * 70, 770), (crew, 700), nozzle]
    smooth = [_along(hose, k / 24) for k in range(25)]
    c.line(smooth, mix(light.on(rgb("e8dcc0")), light.ink, 0.1), 9)
    coat = rgb("2f3f66")
    for dx, h in ((0, 196), (76, 200)):
        people.person(c, crew + side * dx, 800 + dx * 0.1, h, hat="cap", shirt=coat, face=-side, reach=0.9)
        c.rect(crew + side * dx - 24, 800 - h * 0.6, 48, 6, light.accent2)
    c.line([(crew - side * 26, 680), nozzle], mix(light.on(STEEL), light.ink, 0.3), 9)
    people.person(c, 800 + side * 20, 866, 218, hat="cap", shirt=coat, face=-side, walk=False, reach=1)
    for k in range(3):
        _cone(c, 800 - side * (300 - 150 * k), 866 + 8 * (k % 2))


def _along(path: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """The point at `t` (0..1) of the Bézier curve with these control points."""
    while len(path) > 1:
        path = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(path)]
    return path[0]


def _station(c: Canvas, x: float, y: float) -> None:
    light = c.light
    wall, red = light.on(rgb("f4e4cd")), light.on(rgb("c9402f"))
    c.rect(x - 380, y - 330, 760, 330, wall)
    c.rect(x - 400, y - 346, 800, 24, red)
    for k in range(4):
        window(c, x - 330 + k * 186, y - 294, 92, 66, mix(wall, PAPER, 0.6))
    for k in range(3):
        dx = x - 350 + k * 240
        c.rect(dx - 10, y - 196, 220, 196, red)
        c.panel(
            (dx, y - 186, 200, 186),
            (mix(light.near, wall, 0.25), mix(light.near, light.lamp if light.dark else wall, 0.35)),
        )
        for row in range(3):
            c.rect(dx, y - 186 + row * 18, 200, 15, mix(light.on(PAPER), light.ink, 0.06 + 0.04 * row))
    tower = x + (330 if x > 800 else -330)
    c.rect(tower - 56, y - 480, 112, 480, mix(wall, PAPER, 0.25))
    c.rect(tower + 26, y - 480, 30, 480, mix(wall, light.ink, 0.14))
    c.poly([(tower - 74, y - 478), (tower, y - 548), (tower + 74, y - 478)], red)
    for k in range(3):
        window(c, tower - 24, y - 446 + k * 96, 44, 58, red)
    c.fade((x - 380, y, 760, 40), light.ink, (0.3, 0))


def _engine(c: Canvas, x: float, y: float, w: float, face: int) -> None:
    light, u = c.light, w / 20
    red, pane = light.on(rgb("d8402f")), mix(light.on(rgb("5f8fa5")), light.sky[1], 0.25)
    dim = mix(red, light.ink, 0.25)
    people.shadow(c, x, y, w * 0.54, 0.32)
    body, cab = x - 2.6 * u * face, x + 6.6 * u * face
    c.rect(body - 7.2 * u, y - 6.6 * u, 14.4 * u, 5.4 * u, red, radius=0.4 * u)
    c.rect(cab - 3.2 * u, y - 6.9 * u, 6.4 * u, 5.7 * u, red, radius=0.9 * u)
    c.rect(cab + (0.6 * u if face > 0 else -2.7 * u), y - 6.2 * u, 2.1 * u, 2.2 * u, pane, radius=0.25 * u)
    c.rect(cab - (2.5 * u if face > 0 else -0.5 * u), y - 6.2 * u, 2 * u, 2.2 * u, pane, radius=0.25 * u)
    for k in range(4):
        c.rect(body - 6.6 * u + k * 3.4 * u, y - 5.9 * u, 3 * u, 2.6 * u, dim, radius=0.2 * u)
        for row in range(4):
            c.rect(
                body - 6.5 * u + k * 3.4 * u,
                y - 5.75 * u + row * 0.62 * u,
                2.8 * u,
                0.4 * u,
                mix(light.on(STEEL), PAPER, 0.3),
            )
    c.rect(x - 9.8 * u, y - 2.9 * u, 19.6 * u, 0.6 * u, light.accent2)
    c.rect(x - 9.8 * u, y - 2.2 * u, 19.6 * u, 0.35 * u, PAPER)
    ladder = mix(light.on(STEEL), PAPER, 0.35)
    for dy in (7.5, 8.5):
        c.line([(body - 7 * u * face, y - dy * u), (cab + 1.4 * u * face, y - (dy + 0.5) * u)], ladder, 0.22 * u)
    for k in range(15):
        px = body - 7 * u * face + k * 1.05 * u * face
        c.line([(px, y - (7.5 + k * 0.03) * u), (px, y - (8.5 + k * 0.03) * u)], ladder, 0.18 * u)
    c.rect(cab - 1.4 * u, y - 7.5 * u, 2.8 * u, 0.65 * u, rgb("4f8fe0"), radius=0.3 * u)
    c.glow(cab, y - 7.3 * u, 3.4 * u, rgb("6fa8f5"), 0.6)
    for wx in (-6.6, 6.4):
        c.oval(x + wx * u * face, y - 1.1 * u, 1.5 * u, None, light.ink)
        c.oval(x + wx * u * face, y - 1.1 * u, 0.7 * u, None, light.on(STEEL))


def _smoke(c: Canvas, x: float, y: float, side: int) -> None:
    """The drill's burning tray, a controlled fire with a modest plume."""
    light, rng = c.light, c.rng
    for k in range(13):
        t = k / 12
        c.oval(
            x - side * 130 * t * t + rng.uniform(-14, 14),
            y - 30 - 330 * t,
            26 + 62 * t,
            22 + 44 * t,
            mix(light.far, light.ink, 0.35 * (1 - t)),
            0.34 - 0.2 * t,
        )
    c.glow(x, y - 24, 110, light.accent2, 0.8)
    for w, h, tone in ((64, 132, light.accent), (44, 96, light.accent2), (22, 56, (255, 244, 200))):
        flame = [
            (x + w * s * math.sin(math.pi * t) * (1 - t) ** 0.4, y - h * t)
            for s, ts in ((-1, range(11)), (1, range(10, -1, -1)))
            for t in (i / 10 for i in ts)
        ]
        c.poly(flame, tone)
    c.rect(x - 62, y - 6, 124, 20, mix(light.on(STEEL), light.ink, 0.5), radius=4)


def _cone(c: Canvas, x: float, y: float) -> None:
    red: RGB = c.light.on(rgb("ec6a35"))
    people.shadow(c, x, y, 22)
    c.rect(x - 19, y - 6, 38, 7, mix(red, c.light.ink, 0.25), radius=2)
    c.poly([(x - 14, y - 5), (x - 3, y - 46), (x + 3, y - 46), (x + 14, y - 5)], red)
    c.poly([(x - 10, y - 18), (x - 6.5, y - 31), (x + 6.5, y - 31), (x + 10, y - 18)], PAPER)
