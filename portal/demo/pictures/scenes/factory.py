"""The industrial park."""

from .. import people, plants, scenery
from ..buildings import glass, lamp_post, skyline, window
from ..canvas import WIDTH, Canvas, mix
from ..palettes import CLOTHES, PAPER, STEEL, rgb


def factory(c: Canvas) -> None:
    """An industrial park: saw-tooth halls with solar panels, tanks, a lorry loading, the shift arriving."""
    light, rng = c.light, c.rng
    side = rng.choice((-1, 1))
    sun = (800 + side * rng.uniform(250, 480), rng.uniform(190, 260))
    scenery.sky(c, sun, 62, (60, 240))
    scenery.ranges(c, 520, 3, 240, 0.45)
    for k in range(3):
        _pylon(c, 800 + side * (360 + 190 * k), 530, 190 - 40 * k)
    skyline(c, 560, (40, 110), (120, 220), mix(light.far, light.haze, 0.3))
    c.mist(400, 170, 0.55)
    for k in range(30):
        plants.tree(c, k * 56 + rng.uniform(-16, 16), 584, rng.uniform(60, 100), far=0.22)
    asphalt = mix(light.on(rgb("b3b0ad")), light.near, 0.12)
    c.panel((0, 578, WIDTH, 324), (mix(asphalt, light.haze, 0.5), asphalt, mix(asphalt, light.near, 0.3)))
    left = 800 - side * 260
    _tanks(c, 800 + side * 420, 640)
    _hall(c, left - 520, 640, 1040)
    c.fade((left - 520, 640, 1040, 40), light.ink, (0.3, 0))
    for k in range(5):
        c.poly(
            [
                (left - 430 + k * 190, 700),
                (left - 380 + k * 190, 700),
                (left - 420 + k * 200, 760),
                (left - 480 + k * 200, 760),
            ],
            PAPER,
            0.35,
        )
    _lorry(c, 800 + side * 330, 770, 440, side)
    for k in range(5):
        people.person(
            c,
            left - 260 + k * 104 + rng.uniform(-24, 24),
            rng.uniform(700, 724),
            112,
            hat="cap",
            shirt=rgb("3f78b0"),
            face=side,
        )
    for k in range(3):
        people.motorbike(c, 800 - side * (130 + 200 * k) + rng.uniform(-30, 30), 846 + 10 * (k % 2), 180, face=side)
    worker = 800 + side * 610
    people.person(c, worker, 842, 212, hat="cap", face=-side, walk=False, reach=0.7, shirt=rgb("e08a2f"))
    c.rect(worker - side * 62 - 14, 702, 28, 38, PAPER)
    for k in range(9):
        plants.bush(c, 800 - side * (790 - 66 * k), 912, 130)
    lamp_post(c, 800 + side * 130, 690, 330, side)


def _hall(c: Canvas, x: float, y: float, w: float) -> None:
    """The main hall from its left edge: saw-tooth roof with glazing and solar panels, gates below."""
    light = c.light
    wall, top, teeth = light.on(rgb("eae6dc")), y - 190, 6
    c.rect(x, top, w, 190, wall)
    step = w / teeth
    for k in range(teeth):
        x0 = x + k * step
        c.poly([(x0, top), (x0, top - 96), (x0 + step, top)], mix(wall, light.ink, 0.12))
        c.poly(
            [(x0, top - 96), (x0 + step, top), (x0 + step, top - 10), (x0 + 4, top - 108)],
            mix(light.near, light.sky[0], 0.35),
        )
        for i in range(4):
            t = i / 4 + 0.03
            c.line(
                [(x0 + step * t + 4, top - 106 + 98 * t), (x0 + step * (t + 0.19), top - 106 + 98 * (t + 0.19))],
                mix(light.sky[0], PAPER, 0.3),
                3,
            )
        c.poly([(x0 + 8, top - 8), (x0 + 8, top - 76), (x0 + step * 0.62, top - 8)], glass(c), 0.8)
    for k in range(int(w / 26)):
        c.rect(x + 26 * k, top, 2, 190, light.ink, 0.07)
    c.rect(x, top, w, 16, light.accent)
    c.rect(x, top + 22, w, 6, light.accent2)
    for k in range(7):
        bx = x + w * (k + 0.24) / 7
        if k % 3 == 1:
            c.rect(bx - 8, y - 128, w / 7 * 0.62 + 16, 128, mix(wall, light.ink, 0.25))
            for row in range(9):
                c.rect(bx, y - 120 + row * 13.4, w / 7 * 0.62, 10, mix(light.on(STEEL), light.haze, 0.25))
        else:
            window(c, bx, y - 118, w / 7 * 0.52, 46, mix(wall, light.ink, 0.2))
    c.rect(x, y - 22, w, 22, mix(wall, light.ink, 0.3))


def _tanks(c: Canvas, x: float, y: float) -> None:
    light = c.light
    steel = mix(light.on(rgb("dfe5e6")), light.haze, 0.15)
    for dx, w, h in ((-128, 86, 300), (-30, 86, 300), (72, 96, 230)):
        c.rect(x + dx, y - h, w, h, steel)
        c.wedge(x + dx + w / 2, y - h, w / 2, 26, (180, 360), steel)
        c.rect(x + dx + w * 0.66, y - h, w * 0.34, h, mix(steel, light.ink, 0.16))
        c.rect(x + dx + w * 0.14, y - h, w * 0.1, h, PAPER, 0.5)
        for k in range(1, 5):
            c.rect(x + dx, y - h * k / 5, w, 3, mix(steel, light.ink, 0.22))
        c.rect(x + dx, y - h * 0.72, w, 22, light.accent)
    c.rect(x - 140, y - 238, 330, 7, mix(light.on(STEEL), light.ink, 0.3))
    for k in range(16):
        c.rect(x - 140 + 22 * k, y - 262, 2.5, 26, mix(light.on(STEEL), light.ink, 0.3))
    c.rect(x - 140, y - 264, 332, 3, mix(light.on(STEEL), light.ink, 0.3))


def _pylon(c: Canvas, x: float, y: float, h: float) -> None:
    steel = mix(c.light.near, c.light.haze, 0.5)
    for dx in (-0.14, 0.14):
        c.line([(x + dx * h, y), (x + dx * h * 0.15, y - h)], steel, 2.4)
    for k in range(6):
        t0, t1 = k / 6, (k + 1) / 6
        c.line([(x - 0.14 * h * (1 - t0 * 0.85), y - h * t0), (x + 0.14 * h * (1 - t1 * 0.85), y - h * t1)], steel, 1.6)
        c.line([(x + 0.14 * h * (1 - t0 * 0.85), y - h * t0), (x - 0.14 * h * (1 - t1 * 0.85), y - h * t1)], steel, 1.6)
    for t in (0.74, 0.88):
        c.line([(x - 0.24 * h, y - h * t), (x + 0.24 * h, y - h * t)], steel, 2.4)


def _lorry(c: Canvas, x: float, y: float, w: float, face: int) -> None:
    """A container lorry; (x, y) is the ground under its middle."""
    light, u = c.light, w / 20
    box, cab = light.on(c.rng.choice(CLOTHES)), light.accent2
    people.shadow(c, x, y, w * 0.54, 0.3)
    bx = x - 2.6 * u * face
    c.rect(bx - 7 * u, y - 8.6 * u, 14 * u, 7 * u, box)
    c.rect(bx - 7 * u, y - 8.6 * u, 14 * u, 0.7 * u, mix(box, PAPER, 0.35))
    for k in range(14):
        c.rect(bx - 6.6 * u + k * u, y - 7.7 * u, 0.3 * u, 5.8 * u, mix(box, light.ink, 0.18))
    front = x + 4.8 * u * face
    c.poly(
        [
            (front, y - 7 * u),
            (front + 2.6 * u * face, y - 7 * u),
            (front + 4.2 * u * face, y - 4.4 * u),
            (front + 4.6 * u * face, y - 1.2 * u),
            (front, y - 1.2 * u),
        ],
        cab,
    )
    c.poly(
        [
            (front + 0.8 * u * face, y - 6.3 * u),
            (front + 2.3 * u * face, y - 6.3 * u),
            (front + 3.5 * u * face, y - 4.2 * u),
            (front + 0.8 * u * face, y - 4.2 * u),
        ],
        mix(light.on(rgb("5f8fa5")), light.sky[1], 0.25),
    )
    c.rect(x - 9.6 * u, y - 1.7 * u, 19.2 * u, 0.7 * u, light.ink)
    for wx in (-7.6, -5.2, 6.6):
        c.oval(x + wx * u * face, y - 1.1 * u, 1.25 * u, None, light.ink)
        c.oval(x + wx * u * face, y - 1.1 * u, 0.55 * u, None, light.on(STEEL))
