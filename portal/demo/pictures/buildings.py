"""Houses and street furniture, seen from the front. `x` is a left edge or a middle as said, `y` the ground."""

import math

from .canvas import Canvas, Point, mix
from .palettes import RGB, STEEL, WALLS, rgb

_GLASS = rgb("7fa6b5")


def glass(c: Canvas) -> RGB:
    """The colour of a window now: some lit after dark, sky in it by day."""
    light = c.light
    if light.dark and c.rng.random() < 0.68:
        return mix(light.lamp, (255, 255, 255), c.rng.uniform(0, 0.25))
    return mix(light.on(_GLASS), light.sky[0], 0.3)


def window(c: Canvas, x: float, y: float, w: float, h: float, frame: RGB) -> None:
    pane = glass(c)
    c.rect(x - w * 0.09, y - w * 0.09, w * 1.18, h + w * 0.18, frame)
    c.rect(x, y, w, h, pane)
    c.poly([(x, y + h), (x, y + h * 0.35), (x + w, y), (x + w, y + h * 0.25)], (255, 255, 255), 0.16)
    c.rect(x + w * 0.46, y, w * 0.08, h, frame)
    c.rect(x - w * 0.16, y + h + w * 0.05, w * 1.32, w * 0.1, mix(frame, c.light.ink, 0.2))


def tube_house(c: Canvas, x: float, y: float, w: float, floors: int, storey: float, wall: RGB | None = None) -> float:
    """A narrow Vietnamese town house from its left edge `x`; returns the height of its roof line (a y)."""
    light, rng = c.light, c.rng
    wall = light.on(wall or rng.choice(WALLS))
    dim, trim = mix(wall, light.ink, 0.16), mix(wall, light.on((255, 255, 255)), 0.5)
    top = y - floors * storey
    c.rect(x, top, w, y - top, wall)
    c.rect(x + w * 0.88, top, w * 0.12, y - top, dim)
    for floor in range(1, floors):
        base = y - floor * storey
        if rng.random() < 0.6:
            ww = w * 0.2
            for k in (0.17, 0.57):
                window(c, x + w * k, base - storey * 0.78, ww, storey * 0.5, trim)
        else:
            window(c, x + w * 0.3, base - storey * 0.82, w * 0.36, storey * 0.7, trim)
            c.rect(x + w * 0.06, base - storey * 0.1, w * 0.8, storey * 0.1, dim)
            for k in range(9):
                c.rect(
                    x + w * (0.08 + 0.095 * k),
                    base - storey * 0.36,
                    w * 0.015,
                    storey * 0.28,
                    mix(light.near, wall, 0.2),
                )
            c.rect(x + w * 0.06, base - storey * 0.38, w * 0.8, storey * 0.045, mix(light.near, wall, 0.2))
            if rng.random() < 0.7:
                for k in range(4):
                    c.oval(x + w * (0.14 + 0.12 * k), base - storey * 0.4, w * 0.06, storey * 0.07, light.leaf)
        c.rect(x, base - storey * 0.03, w, storey * 0.05, trim)
    c.panel((x + w * 0.1, y - storey * 0.78, w * 0.72, storey * 0.78), (glass(c), mix(glass(c), light.ink, 0.35)))
    awning(
        c,
        x + w * 0.03,
        y - storey * 0.92,
        w * 0.88,
        storey * 0.26,
        rng.choice((light.accent, light.accent2, light.roof, light.leaf)),
    )
    return _roof(c, x, top, w, storey, wall, trim)


def _roof(c: Canvas, x: float, top: float, w: float, storey: float, wall: RGB, trim: RGB) -> float:
    light, kind = c.light, c.rng.randrange(4)
    if kind == 0:
        c.poly([(x - w * 0.06, top), (x + w / 2, top - storey * 0.55), (x + w * 1.06, top)], light.roof)
        c.poly(
            [(x + w / 2, top - storey * 0.55), (x + w * 1.06, top), (x + w * 0.62, top)],
            mix(light.roof, light.ink, 0.25),
        )
        return top - storey * 0.55
    c.rect(x - w * 0.03, top - storey * 0.12, w * 1.06, storey * 0.14, trim)
    if kind == 1:
        c.rect(x + w * 0.25, top - storey * 0.5, w * 0.42, storey * 0.4, mix(wall, light.ink, 0.1))
        c.poly(
            [
                (x + w * 0.2, top - storey * 0.5),
                (x + w * 0.46, top - storey * 0.74),
                (x + w * 0.72, top - storey * 0.5),
            ],
            light.roof,
        )
    elif kind == 2:
        # The steel water tank that shines on every roof.
        c.rect(x + w * 0.5, top - storey * 0.46, w * 0.34, storey * 0.24, light.on(rgb("c9d6dc")), radius=storey * 0.11)
        c.rect(x + w * 0.55, top - storey * 0.24, w * 0.03, storey * 0.14, light.ink)
        c.rect(x + w * 0.76, top - storey * 0.24, w * 0.03, storey * 0.14, light.ink)
    else:
        for k in range(4):
            c.oval(x + w * (0.2 + 0.2 * k), top - storey * 0.2, w * 0.11, storey * 0.13, light.leaf)
    return top - storey * 0.12


def awning(c: Canvas, x: float, y: float, w: float, h: float, colour: RGB, stripes: int = 7) -> None:
    """A striped awning with a scalloped hem, from its upper left corner; it spreads a little towards the street."""
    pale = mix(c.light.on((255, 248, 232)), colour, 0.06)
    spread = w * 0.05
    for k in range(stripes):
        a, b = k / stripes, (k + 1) / stripes
        tone = colour if k % 2 == 0 else pale
        xa, xb = x - spread + (w + 2 * spread) * a, x - spread + (w + 2 * spread) * b
        c.poly([(x + w * a, y), (x + w * b, y), (xb, y + h), (xa, y + h)], tone)
        c.wedge((xa + xb) / 2, y + h - 0.5, (xb - xa) / 2, h * 0.24, (0, 180), mix(tone, c.light.ink, 0.1))
    c.poly([(x, y), (x + w, y), (x + w + spread * 0.3, y + h * 0.3), (x - spread * 0.3, y + h * 0.3)], c.light.ink, 0.1)


def street(
    c: Canvas, y: float, width: tuple[float, float], storey: float, floors: tuple[int, int], start: float = -30
) -> None:
    """A row of town houses across the picture."""
    x = start
    while x < 1620:
        w = c.rng.uniform(*width)
        tube_house(c, x, y, w, c.rng.randint(*floors), storey * c.rng.uniform(0.94, 1.06))
        x += w + 1


def skyline(
    c: Canvas, y: float, tall: tuple[float, float], width: tuple[float, float], colour: RGB, lit: float = 0
) -> None:
    """A row of blocks in one colour, far away; `lit` is the share of windows with a light on."""
    rng, x = c.rng, -c.rng.uniform(0, 60)
    while x < 1620:
        w, h = rng.uniform(*width), rng.uniform(*tall) * (0.75 + 0.5 * rng.random() ** 3)
        c.rect(x, y - h, w, h + 4, colour)
        if rng.random() < 0.3:
            c.rect(x + w * 0.25, y - h - h * 0.08, w * 0.5, h * 0.1, colour)
        if rng.random() < 0.15:
            c.rect(x + w * 0.48, y - h * 1.22, 2.4, h * 0.24, colour)
        if lit:
            cell = max(9.0, w / 8)
            for row in range(int(h / (cell * 1.25))):
                for col in range(int(w / cell) - 1):
                    if rng.random() < lit:
                        c.rect(
                            x + cell * (col + 0.75),
                            y - h + cell * (row * 1.25 + 0.6),
                            cell * 0.5,
                            cell * 0.62,
                            mix(c.light.lamp, colour, rng.uniform(0, 0.55)),
                        )
        x += w * rng.uniform(0.92, 1.25)


def lamp_post(c: Canvas, x: float, y: float, h: float, side: int = 1) -> None:
    light = c.light
    steel = mix(light.on(STEEL), light.ink, 0.45)
    c.rect(x - h * 0.01, y - h, h * 0.02, h, steel)
    c.rect(x - h * 0.022, y - h * 0.07, h * 0.044, h * 0.07, steel)
    arm = [(x, y - h * 0.98), (x + side * h * 0.08, y - h * 1.03), (x + side * h * 0.2, y - h * 1.03)]
    c.line(arm, steel, h * 0.014)
    c.rect(
        x + side * h * 0.16 - h * 0.05,
        y - h * 1.035,
        h * 0.1,
        h * 0.022,
        light.lamp if light.dark else steel,
        radius=h * 0.01,
    )
    if light.dark:
        c.glow(x + side * h * 0.16, y - h * 1.01, h * 0.34, light.lamp, 0.75)


def bunting(c: Canvas, a: Point, b: Point, sag: float, size: float, colours: tuple[RGB, ...]) -> None:
    """A string of plain pennants hanging between two points."""
    n = max(4, int(math.dist(a, b) / (size * 1.15)))
    path = [
        (a[0] + (b[0] - a[0]) * k / n, a[1] + (b[1] - a[1]) * k / n + sag * math.sin(math.pi * k / n))
        for k in range(n + 1)
    ]
    c.line(path, mix(c.light.ink, c.light.haze, 0.2), 1.6)
    for k in range(n):
        (x0, y0), (x1, y1) = path[k], path[k + 1]
        colour = colours[k % len(colours)]
        tip = ((x0 + x1) / 2 + c.rng.uniform(-0.12, 0.12) * size, (y0 + y1) / 2 + size)
        ax, bx = x0 + (x1 - x0) * 0.08, x0 + (x1 - x0) * 0.92
        c.poly([(ax, y0), (bx, y1), tip], colour)
        c.poly([((ax + bx) / 2, (y0 + y1) / 2), (bx, y1), tip], mix(colour, c.light.ink, 0.16))


def flag(c: Canvas, x: float, y: float, h: float, colour: RGB, wide: float = 0.34) -> None:
    """A plain flag on a pole standing at (x, y)."""
    steel = mix(c.light.on(STEEL), (255, 255, 255), 0.35)
    thick = max(4, h * 0.016)
    c.rect(x - thick / 2, y - h, thick, h, steel)
    c.oval(x, y - h, thick, None, c.light.accent2)
    w, top = h * wide, y - h * 0.97
    steps = [k / 10 for k in range(11)]
    edge = [(x + w * t, top + h * 0.025 * math.sin(t * 5.2)) for t in steps]
    c.poly(edge + [(px, py + w * 0.64) for px, py in edge[::-1]], colour)
    fold = edge[4:7]
    c.poly(fold + [(px, py + w * 0.64) for px, py in fold[::-1]], mix(colour, c.light.ink, 0.2), 0.6)
