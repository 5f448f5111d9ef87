"""The health station."""

from .. import grounds, people, plants, scenery
from ..buildings import skyline, window
from ..canvas import Canvas, mix
from ..palettes import RGB, STEEL, rgb

_WHITE = rgb("f7f5ee")


def clinic(c: Canvas) -> None:
    """A white health station with a green cross; a nurse meets an old couple, an ambulance stands by."""
    light, rng = c.light, c.rng
    side = rng.choice((-1, 1))
    scenery.sky(c, (800 + side * rng.uniform(420, 560), rng.uniform(120, 190)), 54, (60, 230))
    grounds.behind(c, 560)
    skyline(c, 566, (60, 170), (80, 140), mix(light.far, light.haze, 0.5))
    c.mist(420, 150, 0.55)
    grounds.yard(c, 596, rgb("dfe0d6"))
    grounds.hedge(c, 596, (240, 1360))
    wall, teal, base = light.on(_WHITE), mix(light.leaf, rgb("24a08c"), 0.55), 616
    dim = mix(wall, light.ink, 0.14)
    for x, y, w in ((240, 336, 1120), (560, 250, 480)):
        c.rect(x, y, w, base - y, wall)
        c.rect(x - 12, y - 16, w + 24, 20, teal)
        c.rect(x + w - 26, y + 4, 26, base - y - 4, dim)
    for floor in range(2):
        for k in range(4):
            for x in (276 + k * 68, 1064 + k * 68):
                window(c, x, 366 + floor * 118, 44, 70, mix(teal, wall, 0.72))
    c.rect(240, 462, 1120, 8, dim)
    c.oval(800, 322, 56, None, dim)
    c.oval(800, 320, 54, None, teal)
    c.rect(787, 284, 26, 72, light.on(_WHITE), radius=5)
    c.rect(764, 307, 72, 26, light.on(_WHITE), radius=5)
    c.panel(
        (640, 456, 320, base - 456),
        (mix(light.lamp if light.dark else light.sky[1], wall, 0.35), mix(light.near, wall, 0.55)),
    )
    for x in (640, 716, 796, 876, 952):
        c.rect(x, 456, 8, base - 456, teal)
    c.rect(590, 420, 420, 26, teal)
    c.rect(590, 440, 420, 8, mix(teal, light.ink, 0.3))
    for x in (604, 984):
        c.rect(x, 446, 12, base - 446, dim)
    c.fade((640, 448, 320, 70), light.ink, (0.3, 0))
    c.fade((240, base, 1120, 34), light.ink, (0.24, 0))
    for x in (300, 420, 540, 1060, 1180, 1300):
        plants.bush(c, x + rng.uniform(-16, 16), base + 10, 96, None, rng.choice((light.leaf_light, light.accent2)))
    _ambulance(c, 800 + side * 430, 742, 380, -side, teal)
    plants.tree(c, 800 - side * 640, 706, 470)
    plants.palm(c, 800 - side * 470, 660, 330, lean=0.04)
    for k, x in enumerate((560, 660, 1010)):
        people.person(c, x + rng.uniform(-24, 24), 688 + 6 * k, 122, hat="mask", face=rng.choice((-1, 1)))
    focus = 800 - side * 120
    people.person(
        c, focus + 70 * side, 838, 232, shirt=rgb("f4f6f2"), dress=True, hat="mask", face=-side, walk=False, reach=0.8
    )
    c.rect(focus + 70 * side - 13, 838 - 244, 26, 11, light.on(_WHITE), radius=4)
    people.person(c, focus - 72 * side, 848, 214, hat="mask", face=side, walk=False, shirt=rgb("b98a5a"), reach=0.4)
    stick = focus - 20 * side
    c.line([(stick, 752), (stick + 6 * side, 850)], light.on(rgb("6b4a34")), 5)
    people.person(c, focus - 146 * side, 844, 204, hat="bun", face=side, walk=False, shirt=rgb("7d5a96"))


def _ambulance(c: Canvas, x: float, y: float, w: float, face: int, stripe: RGB) -> None:
    light, u = c.light, w / 20
    white, ink = light.on(_WHITE), light.ink
    people.shadow(c, x, y + 0.4 * u, w * 0.54, 0.3)
    c.rect(x - 10 * u, y - 8.4 * u, 20 * u, 7.4 * u, white, radius=1.2 * u)
    cab = x + 6 * u * face
    c.poly(
        [
            (cab, y - 8.4 * u),
            (cab + 1.6 * u * face, y - 8.4 * u),
            (cab + 4.4 * u * face, y - 4.8 * u),
            (cab + 4.6 * u * face, y - u),
            (cab, y - u),
        ],
        white,
    )
    c.poly(
        [
            (cab + 0.2 * u * face, y - 7.5 * u),
            (cab + 1.4 * u * face, y - 7.5 * u),
            (cab + 3.6 * u * face, y - 4.8 * u),
            (cab + 0.2 * u * face, y - 4.8 * u),
        ],
        mix(light.on(rgb("5f8fa5")), light.sky[1], 0.25),
    )
    c.rect(x - 10 * u, y - 4.2 * u, 20 * u, 1.3 * u, stripe)
    c.rect(x - 10 * u, y - 2 * u, 20 * u, u, mix(white, ink, 0.18))
    mid = x - 3.4 * u * face
    c.rect(mid - 0.55 * u, y - 7.7 * u, 1.1 * u, 3 * u, stripe)
    c.rect(mid - 1.5 * u, y - 6.75 * u, 3 * u, 1.1 * u, stripe)
    c.rect(x + 1.2 * u, y - 9.2 * u, 2.6 * u, 0.9 * u, light.accent, radius=0.4 * u)
    c.glow(x + 2.5 * u, y - 9 * u, 3 * u, light.accent, 0.4)
    for wx in (x - 5.6 * u, x + 5.8 * u):
        c.oval(wx, y - 0.9 * u, 1.75 * u, None, ink)
        c.oval(wx, y - 0.9 * u, 0.8 * u, None, light.on(STEEL))
