"""Small figures: a picture with someone in it is a place; without, a diagram.

`x`, `y` is the ground under the figure, `h` its height (for riders and rowers, the height of the person standing).
`face` is 1 for someone turned to the right and -1 to the left.
"""

from .canvas import Canvas, mix
from .palettes import CLOTHES, FRUITS, HAIR, RGB, SKIN, STRAW, TROUSERS, rgb

_WHITE = rgb("f7f4ec")


def shadow(c: Canvas, x: float, y: float, rx: float, alpha: float = 0.28) -> None:
    c.oval(x, y, rx, min(rx * 0.2, 4 + rx * 0.07), c.light.ink, alpha)


def head(c: Canvas, x: float, y: float, u: float, hat: str, face: int = 1) -> None:
    """A head centred on (x, y), `u` a tenth of the figure; `hat` is hair, bun, cap, non (a conical hat) or mask."""
    on = c.light.on
    if hat != "non":
        c.oval(x - 0.12 * u * face, y - 0.12 * u, 1.08 * u, 1.15 * u, on(HAIR))
    c.oval(x + 0.18 * u * face, y + 0.16 * u, 0.88 * u, 0.95 * u, on(SKIN))
    if hat == "bun":
        c.oval(x - 1.0 * u * face, y - 0.5 * u, 0.55 * u, None, on(HAIR))
    elif hat == "cap":
        c.wedge(x, y - 0.1 * u, 1.12 * u, 1.2 * u, (180, 360), c.light.accent)
        c.rect(x - (0.2 if face > 0 else 1.7) * u, y - 0.3 * u, 1.9 * u, 0.32 * u, c.light.accent, radius=0.1 * u)
    elif hat == "mask":
        c.wedge(x + 0.2 * u * face, y + 0.3 * u, 0.86 * u, 0.85 * u, (10, 170), on(rgb("bfe0e6")))
    elif hat == "non":
        straw = on(STRAW)
        left, right, top, low = x - 2.1 * u, x + 2.1 * u, y - 1.75 * u, y + 0.05 * u
        c.poly([(left, low), (x, top), (right, low), (x, low + 0.35 * u)], straw)
        c.poly([(x, top), (right, low), (x, low + 0.35 * u)], mix(straw, c.light.ink, 0.16))


def person(
    c: Canvas,
    x: float,
    y: float,
    h: float,
    *,
    shirt: RGB | None = None,
    hat: str = "hair",
    face: int = 1,
    walk: bool = True,
    dress: bool = False,
    pack: RGB | None = None,
    reach: float = 0,
) -> None:
    """Someone standing or walking; `dress` is an áo dài, `pack` a school bag, `reach` lifts the front hand (0..1)."""
    on, u = c.light.on, h / 10
    shirt = on(shirt or c.rng.choice(CLOTHES))
    deep = mix(shirt, c.light.ink, 0.22)
    stride = (1.25 if walk else 0.5) * u
    shadow(c, x + 0.4 * u, y, 2.6 * u)
    trousers = on(_WHITE if dress else TROUSERS)
    for side, tone in ((-1, mix(trousers, c.light.ink, 0.25)), (1, trousers)):
        c.line([(x + 0.35 * u * side, y - 4.6 * u), (x + stride * side, y)], tone, 0.95 * u)
        c.oval(x + (stride + 0.3 * u) * side * (side * face > 0 or 0.8), y - 0.1 * u, 0.62 * u, 0.32 * u, c.light.ink)
    if pack:
        c.rect(x - (2.1 if face > 0 else 0.1) * u, y - 7.9 * u, 2.2 * u, 3 * u, on(pack), radius=0.7 * u)
    hem = y - (1.6 * u if dress else 4.1 * u)
    flare = 0.7 * u if dress else 0
    c.line([(x - 1.15 * u * face, y - 7.5 * u), (x - 1.7 * u * face, y - 4.7 * u)], deep, 0.75 * u, round_ends=True)
    c.poly(
        [
            (x - 0.75 * u, y - 8.1 * u),
            (x + 0.75 * u, y - 8.1 * u),
            (x + 1.3 * u, y - 7.5 * u),
            (x + 1.05 * u, y - 5 * u),
            (x + 1.2 * u + flare, hem),
            (x - 1.2 * u - flare, hem),
            (x - 1.05 * u, y - 5 * u),
            (x - 1.3 * u, y - 7.5 * u),
        ],
        shirt,
    )
    hand = (x + (1.5 + 1.3 * reach) * u * face, y - (4.9 + 1.9 * reach) * u)
    elbow = (x + (1.5 + 0.3 * reach) * u * face, y - 6.1 * u)
    c.line([(x + 1.05 * u * face, y - 7.5 * u), elbow, hand], deep, 0.78 * u, round_ends=True)
    c.oval(*hand, 0.42 * u, None, on(SKIN))
    head(c, x, y - 9 * u, u, hat, face)


def carrier(c: Canvas, x: float, y: float, h: float, face: int = 1) -> None:
    """A vendor in a conical hat with two baskets on a shoulder pole."""
    u, on = h / 10, c.light.on
    pole, straw = mix(on(STRAW), c.light.ink, 0.45), on(STRAW)
    for side in (-1, 1):
        bx, top, low = x + 5 * u * side, y - 7.3 * u, y - 2.2 * u
        for edge in (-1.4, 1.4):
            c.line([(bx, top), (bx + edge * u, low)], pole, 0.16 * u)
        shadow(c, bx, y, 2.2 * u, 0.18)
        for k in range(5):
            colour = c.rng.choice(FRUITS)
            c.oval(bx + (k - 2) * 0.65 * u, low - (0.3 + 0.4 * (k % 2)) * u, 0.62 * u, None, on(colour))
        c.wedge(bx, low, 1.8 * u, 1.5 * u, (0, 180), mix(straw, c.light.ink, 0.22))
    person(c, x, y, h, hat="non", face=face)
    c.line([(x - 5.2 * u, y - 7.2 * u), (x, y - 8 * u), (x + 5.2 * u, y - 7.2 * u)], pole, 0.34 * u)


def cyclist(
    c: Canvas, x: float, y: float, h: float, *, hat: str = "non", face: int = 1, shirt: RGB | None = None
) -> None:
    u, on, ink = h / 10, c.light.on, c.light.ink
    shirt = on(shirt or c.rng.choice(CLOTHES))
    shadow(c, x, y, 5 * u, 0.2)
    back, front, hub = (
        (x - 3 * u * face, y - 1.9 * u),
        (x + 3 * u * face, y - 1.9 * u),
        (x - 0.2 * u * face, y - 1.8 * u),
    )
    seat, bar = (x - 1.2 * u * face, y - 4.6 * u), (x + 2.3 * u * face, y - 5.2 * u)
    for wx, wy in (back, front):
        c.ring(wx, wy, 1.9 * u, 1.9 * u, ink, 0.26 * u)
    frame = c.light.accent
    for path in ([back, seat, hub, back], [seat, (bar[0] - 0.3 * u * face, bar[1] + 1.2 * u), hub], [bar, front]):
        c.line(path, frame, 0.26 * u)
    trousers = on(TROUSERS)
    c.line(
        [(seat[0], seat[1] - 0.4 * u), (x + 1.1 * u * face, y - 3.4 * u), (x + 0.1 * u * face, y - 1 * u)], trousers, u
    )
    c.oval(x + 0.3 * u * face, y - 0.9 * u, 0.75 * u, 0.34 * u, ink)
    shoulder = (x - 0.2 * u * face, y - 8 * u)
    c.line([(seat[0], seat[1] - 0.5 * u), shoulder], shirt, 2 * u, round_ends=True)
    c.line([shoulder, (x + 1.2 * u * face, y - 6.3 * u), bar], mix(shirt, ink, 0.2), 0.7 * u, round_ends=True)
    head(c, shoulder[0] + 0.35 * u * face, shoulder[1] - 1.2 * u, u, hat, face)


def motorbike(c: Canvas, x: float, y: float, h: float, face: int = 1) -> None:
    u, on, ink = h / 10, c.light.on, c.light.ink
    body, shirt = on(c.rng.choice(CLOTHES)), on(c.rng.choice(CLOTHES))
    shadow(c, x, y, 5 * u, 0.25)
    for wx in (x - 3 * u, x + 3 * u):
        c.oval(wx, y - 1.5 * u, 1.5 * u, None, ink)
        c.oval(wx, y - 1.5 * u, 0.6 * u, None, mix(ink, (255, 255, 255), 0.5))
    c.poly(
        [
            (x - 3.8 * u * face, y - 3.8 * u),
            (x - 0.4 * u * face, y - 3.6 * u),
            (x + 0.6 * u * face, y - 2.2 * u),
            (x + 2 * u * face, y - 2.4 * u),
            (x + 2.1 * u * face, y - 5.4 * u),
            (x + 3 * u * face, y - 4.6 * u),
            (x + 3.4 * u * face, y - 2.2 * u),
            (x + 1.4 * u * face, y - 1.3 * u),
            (x - 2.8 * u * face, y - 1.6 * u),
        ],
        body,
    )
    seat, shoulder = (x - 1.5 * u * face, y - 4.2 * u), (x - 1.1 * u * face, y - 7.6 * u)
    c.line([seat, (x + 1 * u * face, y - 4 * u), (x + 0.9 * u * face, y - 1.9 * u)], on(TROUSERS), 1.1 * u)
    c.line([seat, shoulder], shirt, 2.1 * u, round_ends=True)
    c.line(
        [shoulder, (x + 0.6 * u * face, y - 6 * u), (x + 2.1 * u * face, y - 5.5 * u)], mix(shirt, ink, 0.2), 0.7 * u
    )
    hx, hy = shoulder[0] + 0.3 * u * face, shoulder[1] - 1.3 * u
    head(c, hx, hy, u, "hair", face)
    c.wedge(hx, hy, 1.3 * u, 1.35 * u, (180, 360), c.light.accent2)
    if c.light.dark:
        c.glow(x + 4.6 * u * face, y - 4.2 * u, 4 * u, c.light.lamp, 0.7)


def boat(c: Canvas, x: float, y: float, length: float, *, face: int = 1, rower: bool = True) -> None:
    """A wooden sampan with its reflection; (x, y) is the middle of its waterline."""
    half, ink, on = length / 2, c.light.ink, c.light.on
    hull = on(rgb("7a4a35"))
    c.oval(x, y + length * 0.03, half * 1.05, length * 0.045, ink, 0.3)
    for k in range(4):
        w = half * (0.8 - 0.17 * k)
        c.rect(x - w, y + length * (0.05 + 0.035 * k), 2 * w, length * 0.012, ink, 0.25)
    if rower:
        h = length * 0.52
        sx, u = x - half * 0.45 * face, h / 10
        shirt = on(c.rng.choice(CLOTHES))
        c.line([(sx, y - 2 * u), (sx + 0.5 * u * face, y - 6 * u)], shirt, 2.2 * u, round_ends=True)
        grip = (sx + 3.2 * u * face, y - 4.6 * u)
        c.line([(sx - 0.6 * u * face, y - 7.2 * u), (sx + 5.2 * u * face, y + 2 * u)], mix(hull, ink, 0.4), 0.35 * u)
        c.line([(sx + 0.5 * u * face, y - 5.8 * u), grip], mix(shirt, ink, 0.2), 0.75 * u, round_ends=True)
        head(c, sx + 0.6 * u * face, y - 7.4 * u, u, "non", face)
    rise, belly = length * 0.11, length * 0.055
    c.poly(
        [
            (x - half, y - rise),
            (x - half * 0.6, y - belly),
            (x + half * 0.6, y - belly),
            (x + half, y - rise),
            (x + half * 0.7, y + belly),
            (x - half * 0.7, y + belly),
        ],
        hull,
    )
    c.poly(
        [
            (x - half, y - rise),
            (x - half * 0.6, y - belly),
            (x + half * 0.6, y - belly),
            (x + half, y - rise),
            (x + half * 0.62, y - belly * 0.35),
            (x - half * 0.62, y - belly * 0.35),
        ],
        mix(hull, (255, 220, 180), 0.3),
    )
