"""The one-stop office."""

from .. import interior, people
from ..canvas import WIDTH, Canvas, mix
from ..palettes import PAPER, rgb


def one_stop(c: Canvas) -> None:
    """The one-stop office: clerks behind a long counter, citizens with papers, a touch screen by the door."""
    light, rng = c.light, c.rng
    side = rng.choice((-1, 1))
    hole = (170.0 if side < 0 else 930.0, 120.0, 500.0, 300.0)
    interior.outside(c, (hole[0] + rng.uniform(120, 380), 190), 390)
    tone = rng.choice((rgb("f1e4cf"), rgb("e3ece4"), rgb("f3ddd0")))
    wall = light.on(tone)
    interior.wall(c, hole, mix(wall, PAPER, 0.3), wall, 640)
    interior.view(c, *hole, mix(wall, PAPER, 0.6))
    wood = light.on(rgb("b98255"))
    floor = light.on(rgb("d9cfc2"))
    c.panel((0, 636, WIDTH, 266), (mix(floor, PAPER, 0.2), mix(floor, light.near, 0.22)))
    for k in range(7):
        c.rect(0, 646 + 6 * k * k + 8 * k, WIDTH, 1.5, light.ink, 0.09)
    interior.beam(c, hole, -side * 260)
    board = 250 if side > 0 else 1010
    for k in range(2):
        bx = board + k * 190
        c.rect(bx, 150, 160, 108, mix(light.near, light.ink, 0.3), radius=8)
        c.rect(bx + 8, 158, 144, 92, mix(light.near, light.sky[0], 0.5), radius=4)
        for row in range(3):
            c.rect(bx + 22, 174 + 24 * row, 62, 10, light.accent2 if row == 0 else PAPER, 0.9, radius=5)
            c.rect(bx + 100, 174 + 24 * row, 36, 10, light.leaf_light, 0.9, radius=5)
    c.oval(board + 175, 340, 42, None, mix(wood, light.ink, 0.2))
    c.oval(board + 175, 340, 36, None, PAPER)
    c.line([(board + 175, 340), (board + 175, 314)], light.ink, 5)
    c.line([(board + 175, 340), (board + 193, 350)], light.ink, 5)
    top = 560
    for k in range(4):
        x = 250 + k * 365
        person_x = x + rng.uniform(-10, 10)
        people.person(
            c,
            person_x,
            698,
            238,
            shirt=rng.choice((rgb("f4f4ef"), rgb("cfe0ee"), rgb("f4f4ef"))),
            hat=rng.choice(("hair", "bun", "mask")),
            walk=False,
            face=rng.choice((-1, 1)),
            reach=0.4,
        )
        c.rect(x + 62, top - 84, 108, 74, mix(light.near, light.ink, 0.35), radius=6)
        c.rect(x + 108, top - 14, 16, 16, light.ink)
        c.rect(x - 150, top - 8, 72, 8, PAPER)
        c.rect(x - 146, top - 15, 70, 7, light.accent)
    c.rect(60, top - 2, 1480, 20, mix(wood, PAPER, 0.4))
    c.panel((80, top + 16, 1440, 130), (wood, mix(wood, light.ink, 0.2)))
    c.fade((80, top + 16, 1440, 34), light.ink, (0.3, 0))
    for k in range(5):
        c.rect(80 + k * 365 - 20, top - 148, 8, 150, mix(light.on(PAPER), light.sky[1], 0.3))
        if k < 4:
            c.rect(80 + k * 365 - 12, top - 148, 357, 112, mix(PAPER, light.sky[1], 0.4), 0.16)
            c.oval(
                80 + k * 365 + 176,
                top + 78,
                34,
                None,
                (light.accent, light.accent2, light.leaf, mix(light.leaf, light.sky[0], 0.6))[k],
            )
            c.oval(80 + k * 365 + 176, top + 78, 25, None, mix(wood, PAPER, 0.75))
    c.fade((80, top + 146, 1440, 34), light.ink, (0.3, 0))
    # Citizens stand a little to one side of the clerk they face, and leave the kiosk's end of the counter free.
    for k in (0, 1, 2) if side > 0 else (1, 2, 3):
        x = 250 + k * 365 - side * 98 + rng.uniform(-12, 12)
        face = side if rng.random() < 0.7 else -side
        people.person(c, x, 822, 306, face=face, hat=rng.choice(("hair", "bun", "mask", "non")), walk=False, reach=1)
        c.rect(x + face * 74 - 18, 604, 40, 50, PAPER)
        c.rect(x + face * 74 - 11, 618, 26, 4, light.ink, 0.4)
        c.rect(x + face * 74 - 11, 630, 26, 4, light.ink, 0.4)
    _kiosk(c, 800 + side * 640, 836)
    people.person(c, 800 + side * 510, 872, 300, face=side, reach=1, hat="bun", walk=False)
    interior.pot(c, 800 - side * 715, 870, 300)
    for k in range(3):
        _chair(c, 800 - side * (520 - 116 * k), 890)


def _kiosk(c: Canvas, x: float, y: float) -> None:
    light = c.light
    people.shadow(c, x, y, 74)
    c.rect(x - 14, y - 170, 28, 168, mix(light.near, light.on(PAPER), 0.4))
    c.rect(x - 60, y - 12, 120, 14, mix(light.near, light.ink, 0.2), radius=6)
    c.rect(x - 66, y - 300, 132, 168, mix(light.near, light.ink, 0.2), radius=12)
    c.rect(x - 55, y - 289, 110, 146, mix(light.sky[0], PAPER, 0.35), radius=5)
    for k in range(4):
        c.rect(
            x - 44 + 48 * (k % 2),
            y - 276 + 52 * (k // 2),
            40,
            40,
            (light.accent, light.accent2, light.leaf, PAPER)[k],
            radius=8,
        )
    c.rect(x - 44, y - 170, 88, 12, PAPER, radius=6)


def _chair(c: Canvas, x: float, y: float) -> None:
    light = c.light
    seat = light.on(rgb("4f86a8"))
    people.shadow(c, x, y, 52)
    for dx in (-34, 30):
        c.rect(x + dx, y - 54, 6, 54, light.ink)
    c.rect(x - 44, y - 128, 88, 66, mix(seat, light.ink, 0.1), radius=12)
    c.rect(x - 48, y - 68, 96, 18, seat, radius=8)
